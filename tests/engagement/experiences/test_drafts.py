"""What is written before it is sent: encrypted, found by the receipt alone, gone when it should be."""

import pytest

from engagement.experiences import drafts, receipts, services
from engagement.experiences.models import Draft

SECRET = "my own words about the damp"


@pytest.mark.django_db
def test_what_was_written_is_found_again_by_its_receipt():
    drafts.keep_draft(key="a key", changes={"text": SECRET})
    drafts.keep_draft(key="a key", changes={"about": "me"})

    assert drafts.open_draft(receipts.derive("a key")) == {
        "text": SECRET,
        "about": "me",
        "key": "a key",
    }
    assert drafts.open_draft(receipts.derive("another key")) is None
    assert Draft.objects.count() == 1


@pytest.mark.django_db
def test_the_row_gives_away_neither_words_nor_key_nor_receipt():
    drafts.keep_draft(key="a key", changes={"text": SECRET})

    row = Draft.objects.get()
    stored = row.digest.encode() + bytes(row.sealed)
    for secret in (SECRET, "damp", "a key", receipts.derive("a key")):
        assert secret.encode() not in stored


@pytest.mark.django_db
def test_under_a_key_that_was_sent_nothing_is_written():
    services.share_experience(key="a key", text=SECRET)

    with pytest.raises(drafts.AlreadySent):
        drafts.keep_draft(key="a key", changes={"text": "something else"})

    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_a_forgotten_draft_is_gone():
    drafts.keep_draft(key="a key", changes={"text": SECRET})

    drafts.forget_draft(receipts.derive("a key"))

    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_any_words_come_back_as_they_were():
    words = "O'Brien <script>alert(1)</script> 😀 مرحبا\n\nনমস্কার"
    drafts.keep_draft(key="a key", changes={"text": words})

    assert drafts.open_draft(receipts.derive("a key"))["text"] == words
