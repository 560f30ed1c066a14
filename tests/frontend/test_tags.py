"""Icons, dates, counts and receipt numbers, as pages write them."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from heard.templatetags import heard

HOMES = SimpleNamespace(slug="homes-housing", short="Homes", title="Homes and housing")


def rendered(source, **context):
    return Template("{% load heard %}" + source).render(Context(context))


@pytest.fixture
def today(monkeypatch):
    """Saturday 21 November 2026."""
    monkeypatch.setattr(heard.timezone, "localdate", lambda: date(2026, 11, 21))


def test_an_icon_is_drawn_in_the_page_and_hidden_from_screen_readers():
    svg = rendered("{% icon 'homes' 'hd-icon--l' %}")
    assert svg.startswith('<svg class="hd-icon hd-icon--l" viewBox="0 0 24 24" width="24"')
    assert ' aria-hidden="true" focusable="false">' in svg
    assert "<path" in svg


def test_only_the_arrow_turns_round_in_right_to_left():
    assert "hd-icon--turn" in rendered("{% icon 'arrow' %}")
    assert "hd-icon--turn" not in rendered("{% icon 'clock' %}")


def test_an_icon_that_nobody_drew_is_an_error():
    with pytest.raises(KeyError):
        rendered("{% icon 'unicorn' %}")


def test_every_theme_of_the_programme_has_its_own_look_and_others_a_plain_one():
    assert len(set(heard.THEME_LOOKS.values())) == 8
    assert heard.theme_look(HOMES) == "homes"
    assert heard.theme_look("a-new-theme") == "other"
    for look in [*heard.THEME_LOOKS.values(), "other"]:
        assert rendered(f"{{% icon '{look}' %}}")


def test_a_date_is_said_as_people_say_it(today):
    assert heard.spoken_date(date(2026, 11, 27)) == "Friday 27 November"
    assert heard.spoken_date(date(2026, 11, 27), "short") == "27 November"
    assert heard.spoken_date(None) == ""


def test_a_date_of_another_year_says_which(today):
    assert heard.spoken_date(date(2027, 3, 2)) == "Tuesday 2 March 2027"


def test_a_time_is_said_by_the_clocks_here(today):
    late = datetime(2026, 7, 1, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert heard.spoken_date(late) == "Thursday 2 July"


def test_a_date_is_said_in_the_language_of_the_page(today):
    with translation.override("ur"):
        assert "نومبر" in heard.spoken_date(date(2026, 11, 27))


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (None, "fewer than 5 people"),
        (0, "fewer than 5 people"),
        (4, "fewer than 5 people"),
        (5, "about 5 people"),
        (7, "about 5 people"),
        (8, "about 10 people"),
        (47, "about 45 people"),
        (48, "about 50 people"),
        (1266, "about 1,265 people"),
    ],
)
def test_a_count_points_at_nobody(count, said):
    assert heard.about_count(count) == said


def test_a_receipt_number_is_read_in_fours():
    assert heard.grouped("47180362995520417386") == "4718 0362 9955 2041 7386"
    assert heard.in_fours("4718-0362 9955") == ["4718", "0362", "9955"]


def test_a_title_leaves_out_what_is_empty():
    title = rendered("{% filter page_title %}What <happened>?\n\nHeard{% endfilter %}")
    assert title == "What <happened>? - Heard"


def test_a_script_carries_the_answers_nonce_and_asks_early_for_what_it_imports():
    html = rendered("{% vite_js 'heard' %}", request=SimpleNamespace(csp_nonce="abc"))
    assert html.count('nonce="abc"') == html.count("<link") + 1
    assert '<link rel="modulepreload" href="/static/assets/' in html
    assert 'type="module" src="/static/assets/heard.' in html


def test_a_theme_tag_says_its_name_beside_its_drawing():
    html = rendered(
        "{% include 'components/theme_tag.html' with theme=theme suggested=True %}", theme=HOMES
    )
    assert 'class="hd-theme hd-theme--suggested is-homes"' in html
    assert "Homes" in html
    assert "(suggested)" in html
