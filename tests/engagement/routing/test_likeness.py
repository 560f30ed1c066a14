"""Which texts are most alike."""

from engagement.routing.likeness import closest

DAMP = "The damp in our flat makes my daughter ill and the landlord ignores it"


def test_the_one_that_shares_most_rare_words_comes_first():
    others = {
        "same": "Damp in the flat, my daughter is ill, and our landlord ignores us",
        "near": "Our landlord ignores the broken window in the flat",
        "far": "The bus never comes on Sundays",
    }
    assert closest(DAMP, others) == ["same", "near"]


def test_nothing_is_offered_when_nothing_is_like_it():
    assert closest(DAMP, {"far": "The bus never comes on Sundays"}) == []
    assert closest("", {"far": "The bus"}) == []
    assert closest(DAMP, {}) == []
