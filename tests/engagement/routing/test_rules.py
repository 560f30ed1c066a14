"""Who should hear of a matter: the rules, one at a time and together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.routing.because import explain, in_words, kept
from engagement.routing.rules import Condition, Reason, Recipient, Rule, Signs, recipients

HOMES, MONEY, BOARD, OTHER = 1, 2, 10, 11


def rule(number=1, *conditions, to="board", board=BOARD, name="R"):
    return Rule(
        number, name, tuple(Condition(what, value) for what, value in conditions), to, board
    )


def to(signs, *rules):
    return [(found.board, found.theme) for found in recipients(signs, rules)]


def test_a_rule_with_nothing_filled_in_sends_everything():
    assert to(Signs(), rule()) == [(BOARD, None)]


@pytest.mark.parametrize(
    ("condition", "fits", "fits_not"),
    [
        (
            ("theme", HOMES),
            Signs(themes=frozenset({HOMES, MONEY})),
            Signs(themes=frozenset({MONEY})),
        ),
        (("action", 7), Signs(actions=frozenset({7})), Signs(actions=frozenset({8}))),
        (("district", 3), Signs(district=3), Signs(district=4)),
        (("space", 5), Signs(space=5), Signs()),
        (
            ("flag", "replied"),
            Signs(flags=frozenset({"replied"})),
            Signs(flags=frozenset({"other"})),
        ),
    ],
)
def test_each_condition_holds_for_what_it_names_and_for_nothing_else(condition, fits, fits_not):
    assert to(fits, rule(1, condition)) == [(BOARD, None)]
    assert to(fits_not, rule(1, condition)) == []


def test_all_conditions_must_hold():
    both = rule(1, ("theme", HOMES), ("district", 3))
    assert to(Signs(themes=frozenset({HOMES}), district=3), both) == [(BOARD, None)]
    assert to(Signs(themes=frozenset({HOMES}), district=4), both) == []


def test_a_volume_holds_from_its_number_on_for_the_theme_it_names():
    jump = rule(1, ("theme", HOMES), ("volume", 5))
    themes = frozenset({HOMES, MONEY})
    assert to(Signs(themes=themes, volumes={HOMES: 4, MONEY: 9}), jump) == []
    assert to(Signs(themes=themes, volumes={HOMES: 5}), jump) == [(BOARD, None)]
    anywhere = rule(2, ("volume", 5))
    assert to(Signs(themes=themes, volumes={HOMES: 4, MONEY: 9}), anywhere) == [(BOARD, None)]


def test_leads_of_each_of_its_themes_that_has_some_are_sent_it():
    signs = Signs(themes=frozenset({HOMES, MONEY, 3}), led=frozenset({HOMES, MONEY}))
    assert to(signs, rule(to="leads", board=None)) == [(None, HOMES), (None, MONEY)]
    assert to(signs, rule(1, ("theme", MONEY), to="leads", board=None)) == [(None, MONEY)]


def test_a_rule_to_a_board_that_names_none_sends_nothing():
    assert to(Signs(), rule(board=None)) == []


def test_one_address_is_sent_it_once_with_every_reason():
    found = recipients(Signs(district=3), [rule(1), rule(2, ("district", 3)), rule(3, board=OTHER)])
    assert found == [
        Recipient(
            board=BOARD,
            because=(Reason(1, "R", ()), Reason(2, "R", (Condition("district", 3),))),
        ),
        Recipient(board=OTHER, because=(Reason(3, "R", ()),)),
    ]


def test_a_condition_nobody_knows_never_holds():
    assert to(Signs(), rule(1, ("weather", "rain"))) == []


numbers = st.integers(1, 4)
conditions = st.tuples(st.sampled_from(["theme", "action", "district", "space", "volume"]), numbers)
rules = st.builds(
    lambda number, some, where, board: rule(number, *dict(some).items(), to=where, board=board),
    numbers,
    st.lists(conditions, max_size=3),
    st.sampled_from(["board", "leads"]),
    st.none() | numbers,
)
signs = st.builds(
    Signs,
    themes=st.frozensets(numbers),
    actions=st.frozensets(numbers),
    district=st.none() | numbers,
    space=st.none() | numbers,
    volumes=st.dictionaries(numbers, numbers),
    led=st.frozensets(numbers),
)


@given(signs, st.lists(rules, max_size=8))
def test_for_any_rules_each_address_comes_once_with_a_reason_and_the_same_answer_again(known, some):
    found = recipients(known, some)
    addresses = [(recipient.board, recipient.theme) for recipient in found]
    assert len(addresses) == len(set(addresses))
    assert all((board is None) != (theme is None) for board, theme in addresses)
    assert all(recipient.because for recipient in found)
    assert {theme for _board, theme in addresses if theme} <= known.themes & known.led
    assert recipients(known, some) == found


def test_reasons_are_said_in_words_with_the_names_of_their_day():
    reason = Reason(
        1,
        "Oldham homes",
        (
            Condition("theme", 1, "Homes"),
            Condition("district", 3, "Oldham"),
            Condition("volume", 5),
        ),
    )
    assert in_words(kept([reason, Reason(2, "All", ())])) == [
        "It is about Homes, is from Oldham and is one of at least 5 like it in a week "
        "(rule “Oldham homes”).",
        "Everything comes here (rule “All”).",
    ]


def test_a_rule_explains_itself_to_its_editor():
    homes = Rule(1, "R", (Condition("theme", 1, "Homes"), Condition("flag", "replied", "replied")))
    assert explain(homes, board="Programme Board") == (
        "When it is about Homes and is marked “replied”, it goes to Programme Board."
    )
    assert explain(Rule(1, "R", (), "leads")) == "Everything goes to those who lead its themes."
    assert explain(Rule(1, "R")) == "This sends nothing: choose a board."
