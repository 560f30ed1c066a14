"""The order of the questions."""

from engagement.experiences import journey


def walk(answers, questions=0):
    """Every page from the first to the check page, going by what follows what."""
    path = [journey.WORDS]
    while path[-1] != journey.CHECK:
        path.append(journey.after(path[-1], answers, questions))
    return path


def test_everything_is_asked_one_page_each():
    assert walk({}) == [
        "what-happened",
        "who",
        "better",
        "where",
        "themes",
        "use-it",
        "quote",
        "pass-on",
        "research",
        "contact",
        "about-you",
        "check",
    ]


def test_a_calls_questions_follow_what_happened():
    assert walk({}, questions=2)[2:6] == ["better", "question-1", "question-2", "where"]


def test_after_a_no_to_use_nothing_that_rests_on_it_is_asked():
    assert walk({"consent_insight": "no"})[5:] == ["use-it", "contact", "about-you", "check"]


def test_an_address_is_asked_only_after_a_yes_to_contact():
    assert "reach-you" in walk({"consent_contact": "yes"})
    assert "reach-you" not in walk({"consent_contact": "no"})


def test_back_is_the_way_that_was_come():
    answers = {"consent_contact": "yes"}
    path = walk(answers)

    assert [journey.before(step, answers) for step in path[1:]] == path[:-1]
    assert journey.before(path[0], answers) is None


def test_a_change_leads_back_to_check_but_for_consents_never_asked():
    asked = {f"consent_{purpose}": "no" for purpose in journey.PURPOSES.values()}

    assert journey.after_change(asked) == "check"
    assert journey.after_change({"consent_insight": "yes", "consent_contact": "no"}) == "quote"
    assert journey.after_change({**asked, "consent_contact": "yes"}) == "reach-you"
    assert journey.after_change({**asked, "consent_contact": "yes", "email": ""}) == "check"


def test_three_words_are_short_and_four_are_not():
    assert journey.is_short("cold, damp, mould")
    assert not journey.is_short("cold and damp flat")
    assert not journey.is_short("")
