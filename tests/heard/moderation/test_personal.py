"""Details that could lead to a person are pointed out, and everyday numbers are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.moderation.personal import find, find_in, marker, pieces, take_out

DETAILS = {
    "phone": [
        "07700 900123", "07700900123", "+44 7700 900 123", "0044 7700 900123", "(0161) 496 0123",
        "0161 496 0123", "0161-496-0123", "01204 960 123", "07700.900.123", "020 7946 0958", "0800 1111 222",
        "٠٧٧٠٠ ٩٠٠١٢٣",
    ],
    "email": ["rosa@heard.test", "r.o-sa+home@mail.heard.test", "Rosa@Heard.TEST", "o'brien@heard.test"],
    "ni": ["QQ 12 34 56 C".replace("QQ", "AB"), "ab123456c", "CE 123456 D", "JK-12-34-56-A"],
    "nhs": ["943 476 5919", "9434765919", "943-476-5919"],
    "postcode": ["M14 5RB", "OL1 3AA", "m145rb", "SK1 4XX", "BL9 0QQ", "W1A 1AA", "WN1 1AA"],
    "card": ["4111 1111 1111 1111", "5555555555554444", "3782 822463 10005"],
    "sort": ["20-00-00", "sort code 200000"],
    "account": ["account number 12345678", "31926819"],
    "handle": ["@rosa_m", "@housing.help.oldham"],
    "web": ["https://example.test/rosa", "www.example.test/me", "facebook.com/rosa.m"],
    "street": ["14 Ashdown Terrace", "7b St Mary's Road"],
    "birth": ["born 4/5/1987", "DOB: 04-05-1987"],
}  # fmt: skip
EVERYDAY = [
    "We waited 3 hours and 45 minutes on 12 May 2026.",
    "They owe me £1,250.50 and then £12345 more.",
    "It went from 2017 to 2022, and 85% said no.",
    "Ring 999 or 111 or 101 if it is bad.",
    "The 192 bus came at 10:45, then 11.20, then not at all.",
    "We have 4 children in 1 room, on floor 12.",
    "My benefits went down by 20 in 2024/25.",
    "I earn 10.42 an hour for 37.5 hours.",
    "Meet @ the library, 10 till 4.",
    "Class of 1999-2000, and 24/7 noise.",
    "Section 21 came, then section 8.",
    "It is the A56 by the M60 at junction 9.",
    "Item no. 3 of 39 actions. 8,000 homes were promised.",
    "They said 0 to 5 years. We said 12 to 18 months.",
    "We saw 3 men on our street, and 2 years on that road.",
    "On the road for 14 days, in the street at night.",
]


@pytest.mark.parametrize(("kind", "words"), [(k, w) for k, many in DETAILS.items() for w in many])
def test_a_detail_is_found_in_a_sentence_and_named(kind, words):
    text = f"It was cold, {words}, and nobody came."
    assert [(finding.kind, finding.words in words) for finding in find(text)] == [(kind, True)]


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_numbers_are_left_alone(text):
    assert find(text) == []


def test_several_details_come_in_order_and_none_overlaps():
    text = "I am at 14 Ashdown Terrace, M14 5RB. Ring 07700 900123 or write to rosa@heard.test."
    assert [finding.kind for finding in find(text)] == ["street", "postcode", "phone", "email"]


def test_what_is_taken_out_says_what_kind_it_was_and_only_whole_words_go():
    assert take_out("Ring 07700 900123 now.", "07700 900123", "phone") == (
        "Ring [phone number removed] now."
    )
    assert take_out("Ann was planning it. ANN!", "Ann", "name") == (
        "[name removed] was planning it. [name removed]!"
    )
    assert take_out("Nothing.", "  ", "name") == "Nothing."
    assert marker("nonsense") == "[detail removed]"


def test_the_same_detail_in_two_texts_is_listed_once():
    assert [f.kind for f in find_in(["Ring 07700 900123", "On 07700 900123, M14 5RB"])] == [
        "phone",
        "postcode",
    ]


@given(st.text(max_size=400))
def test_the_pieces_of_any_text_are_the_text(text):
    findings = find(text)
    assert "".join(words for words, _kind in pieces(text, findings)) == text
    assert all(text[finding.start : finding.end] == finding.words for finding in findings)
