"""What runs after sharing: suggestions, word of news, and what is due."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from engagement.experiences import news, services, suggestions, tasks
from engagement.experiences.models import Contact, Experience, State, Tag
from heard import due
from tests.factories import ExperienceFactory, ThemeFactory

SECRET = "the damp in the bathroom"


@pytest.fixture
def told(homes):
    """Somebody who wants to be told."""
    return services.share_experience(
        key="rosa's key",
        text=SECRET,
        themes=[homes],
        consents=["insight", "contact"],
        email="rosa@example.com",
    ).experience


class HalfBroken(EmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, messages):
        if any("refused@example.com" in message.to for message in messages):
            raise ConnectionRefusedError
        return super().send_messages(messages)


@pytest.mark.django_db
def test_what_waits_gets_suggestions_that_nobody_confirmed(homes):
    homes.keywords = ["boiler", "landlord"]
    homes.save()
    ThemeFactory(slug="work-employment", number=3, keywords=["job"])
    waiting = ExperienceFactory(text="The boiler broke and my landlord laughs.", queued=False)
    ExperienceFactory(text="The boiler again.", state=State.CLEARED, queued=False)

    assert suggestions.suggest_waiting() == 1

    tags = list(Tag.objects.filter(experience=waiting))
    assert tags[0].theme == homes
    assert tags[0].because["phrase"]
    assert {(tag.provenance, tag.confirmed) for tag in tags} == {("machine", False)}
    assert Tag.objects.exclude(experience=waiting).count() == 0
    assert suggestions.suggest_waiting() == 0


@pytest.mark.django_db
def test_a_text_nothing_can_be_suggested_for_holds_up_nobody(homes):
    homes.keywords = ["boiler"]
    homes.save()
    ThemeFactory(slug="work-employment", number=3, keywords=["job"])
    ExperienceFactory(text="🙂🙂", queued=False)
    ExperienceFactory(text="The boiler broke.", queued=False)

    assert suggestions.suggest_waiting() == 1


@pytest.mark.django_db
def test_word_of_news_is_sent_once_and_says_nothing(told):
    services.mark_news(experiences=[told])

    assert news.post_waiting() == 1
    assert news.post_waiting() == 0

    (message,) = mail.outbox
    assert message.to == ["rosa@example.com"]
    html = message.alternatives[0].content
    for told_in in (message.subject, message.body, html, str(message.message())):
        for secret in ("damp", "Homes", told.reference, "bathroom"):
            assert secret not in told_in
    assert "/receipt/" in message.body
    assert "/receipt/" in html


@pytest.mark.django_db
def test_word_of_news_is_in_the_readers_language(told):
    Contact.objects.update(language="ar", news_waiting=True)

    news.post_waiting()

    assert 'dir="rtl"' in mail.outbox[0].alternatives[0].content


@pytest.mark.django_db
def test_only_those_who_agreed_are_told(told):
    services.withdraw(experience=told, purposes=["contact"])
    services.mark_news(experiences=[told])

    assert news.post_waiting() == 0


@pytest.mark.django_db
def test_one_address_that_fails_does_not_stop_the_others(told, settings):
    settings.EMAIL_BACKEND = f"{__name__}.HalfBroken"
    refused = services.share_experience(
        key="another", text="x", consents=["contact"], email="refused@example.com"
    ).experience
    services.mark_news(experiences=[refused, told])

    assert news.post_waiting() == 1
    assert Contact.objects.get(news_waiting=True).email == "refused@example.com"

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert news.post_waiting() == 1


@pytest.mark.django_db
def test_the_same_news_sent_again_carries_the_same_name(told):
    for _crash in range(2):
        Contact.objects.update(news_waiting=True)
        news.post_waiting()
    services.add_step(experience=told, kind="heard")
    services.mark_news(experiences=[told])
    news.post_waiting()

    names = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert names[0] == names[1] != names[2]


@pytest.mark.django_db
def test_finished_tasks_and_the_times_in_them_are_forgotten(told):
    assert DBTaskResult.objects.exists()
    DBTaskResult.objects.update(status="SUCCESSFUL")

    tasks.forget_finished()

    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_run_due_does_every_job_and_may_be_run_twice(told, capsys):
    services.mark_news(experiences=[told])

    call_command("run_due")
    call_command("run_due")

    assert len(mail.outbox) == 1
    assert "word of news sent: 1" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_job_that_fails_stops_no_other_and_fails_the_command(told, monkeypatch, capsys):
    def fail():
        raise ValueError(SECRET)

    monkeypatch.setattr(due, "_jobs", {"a broken job": fail, **due._jobs})
    services.mark_news(experiences=[told])

    with pytest.raises(CommandError, match="a broken job failed"):
        call_command("run_due")

    assert len(mail.outbox) == 1
    assert SECRET not in capsys.readouterr().out


@pytest.mark.django_db
def test_the_words_themselves_are_in_no_row_of_the_queue_or_the_tasks(told):
    rows = [str(vars(row)) for row in DBTaskResult.objects.all()]

    assert Experience.objects.get().text == SECRET
    assert not any(SECRET in row or told.reference in row for row in rows)
