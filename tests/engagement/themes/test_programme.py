"""Loading the programme: what it makes, that repeating is safe, what a wrong file is told."""

import copy
import json

import pytest
from django.conf import settings

from engagement.themes.models import Action, Characteristic, District, Framework, Principle, Theme
from engagement.themes.programme import ProgrammeError
from engagement.themes.services import load_programme

PROGRAMME = json.loads((settings.ROOT / "engagement/themes/programme.json").read_text("utf-8"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def data():
    """The programme's file, which a test may change."""
    return copy.deepcopy(PROGRAMME)


def counts():
    return [
        model.objects.count()
        for model in (Framework, Theme, Action, Principle, District, Characteristic)
    ]


def test_the_programme_file_gives_its_themes_actions_places_and_characteristics(data):
    loaded = load_programme(data)
    assert counts() == [1, 8, 39, 6, 10, 30]
    assert loaded.framework.title == "Making Manchester Fairer"
    assert [theme.number for theme in Theme.objects.current()] == [1, 2, 3, 4, 5, 6, 7, 8]
    homes = Theme.objects.get(slug="homes-housing")
    assert homes.actions.get(number=2).title.startswith("Private rented standards")
    assert "damp" in homes.keywords


def test_loading_twice_changes_nothing(data):
    load_programme(data)
    ids = list(Theme.objects.values_list("pk", flat=True))
    again = load_programme(data)
    assert counts() == [1, 8, 39, 6, 10, 30]
    assert set(again.counts) == {"unchanged"}
    assert list(Theme.objects.values_list("pk", flat=True)) == ids


def test_a_changed_title_is_changed_in_place(data):
    load_programme(data)
    before = Theme.objects.get(slug="homes-housing").pk
    data["themes"][4]["title"] = "Homes, housing and streets"
    data["themes"][4]["actions"][0]["title"] = "More homes"
    loaded = load_programme(data)
    assert loaded.counts["changed"] == 2
    assert Theme.objects.get(pk=before).title == "Homes, housing and streets"


def test_what_the_file_left_out_is_kept_and_named(data):
    load_programme(data)
    del data["themes"][7]
    loaded = load_programme(data)
    assert Theme.objects.count() == 8
    assert loaded.kept == ["theme: Communities and power"]


def test_a_higher_version_is_current_and_leaves_the_old_words_alone(data):
    load_programme(data)
    data["programme"]["version"] = 2
    data["themes"][0]["title"] = "Children"
    load_programme(data)
    assert Theme.objects.count() == 16
    assert Theme.objects.current().count() == 8
    assert Theme.objects.current().first().title == "Children"
    assert Theme.objects.get(framework__version=1, number=1).title.startswith("Early years")


def test_loading_an_older_version_again_does_not_make_it_current(data):
    newer = copy.deepcopy(data)
    newer["programme"]["version"] = 2
    load_programme(newer)
    load_programme(data)
    assert Framework.objects.get(is_current=True).version == 2


def test_a_wrong_file_says_all_that_is_wrong_and_where_and_writes_nothing(data):
    data["themes"][2]["slug"] = "work and employment"
    data["themes"][3]["number"] = 1
    data["themes"][5]["actions"][0]["title"] = ""
    data["districts"] = "all ten"
    with pytest.raises(ProgrammeError) as refusal:
        load_programme(data)
    assert refusal.value.problems == [
        "themes[2].slug: 'work and employment' may hold only letters, digits, - and _",
        "themes[5].actions[0].title: must be words",
        "themes: the number 1 stands there twice",
        "districts: must be a list",
    ]
    assert counts() == [0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("wrong", [None, [], "words", 7, {}, {"programme": {}}, {"themes": [3]}])
def test_nonsense_is_refused_with_words(wrong):
    with pytest.raises(ProgrammeError) as refusal:
        load_programme(wrong)
    assert all(": " in problem for problem in refusal.value.problems)
