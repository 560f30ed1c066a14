"""Receipt numbers: derived, forgiven in the typing, and kept only as keyed digests."""

import pytest

from engagement.experiences import receipts


def test_the_same_key_always_gives_the_same_twenty_digits():
    receipt = receipts.derive("a key")

    assert receipt == receipts.derive("a key")
    assert len(receipt) == 20
    assert receipt.isdecimal()


def test_another_server_secret_gives_another_receipt_and_another_digest(settings):
    receipt, digest = receipts.derive("a key"), receipts.digest("1" * 20)

    settings.SECRET_KEY = "another secret of the same kind, long enough to be one"

    assert receipts.derive("a key") != receipt
    assert receipts.digest("1" * 20) != digest


def test_a_hundred_thousand_receipts_are_all_different_and_evenly_spread():
    made = {receipts.derive(f"key {number}") for number in range(100_000)}

    assert len(made) == 100_000
    for place in (0, 10, 19):
        for digit in "0123456789":
            share = sum(receipt[place] == digit for receipt in made) / len(made)
            assert share == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize(
    "typed",
    [
        "47180362995520417386",
        " 4718 0362 9955 2041 7386 ",
        "4718-0362-9955-2041-7386",
        "4718\u20130362\u20139955\u20132041\u20137386",
        "4718\u00a00362\u202f9955\u20092041\t7386\r\n",
        "\u200e4718 0362 9955 2041 7386\u200f",
        "٤٧١٨ ٠٣٦٢ ٩٩٥٥ ٢٠٤١ ٧٣٨٦",
        "۴۷۱۸ ۰۳۶۲ ۹۹۵۵ ۲۰۴۱ ۷۳۸۶",
    ],
)
def test_a_receipt_is_read_however_it_was_typed(typed):
    assert receipts.normalise(typed) == "47180362995520417386"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "4718",
        "4718036299552041738",
        "471803629955204173861",
        "4718036299552041738x",
        "+47180362995520417386",
        "²7180362995520417386",
        "HD-7K2M-Q9",
        "\x00" * 20,
        "\ud800" * 20,
        "1" * 10_000,
        None,
        47180362995520417386,
        ["47180362995520417386"],
    ],
)
def test_anything_else_is_no_receipt(typed):
    assert receipts.normalise(typed) is None


def test_a_receipt_is_read_out_in_fours():
    assert receipts.group_in_fours("47180362995520417386") == "4718 0362 9955 2041 7386"


def test_no_digest_holds_what_it_stands_for():
    receipt = receipts.derive("a key")

    stored = (
        receipts.digest(receipt),
        receipts.key_digest("a key"),
        receipts.body_digest({"a": "b"}),
    )

    assert len(set(stored)) == 3
    assert all(len(digest) == 64 and receipt not in digest for digest in stored)


def test_bodies_differ_by_any_word_and_not_by_the_order_of_their_parts():
    one = receipts.body_digest({"text": "O'Brien", "about": "me"})

    assert one == receipts.body_digest({"about": "me", "text": "O'Brien"})
    assert one != receipts.body_digest({"about": "me", "text": "O’Brien"})
