"""Sharing, talking and taking back: the deeds themselves."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from engagement.experiences import receipts, services, withdrawal
from engagement.experiences.models import (
    Contact,
    Draft,
    EqualityAnswers,
    Experience,
    Purpose,
    Receipt,
    State,
    StepKind,
)
from heard.moderation.models import QueueItem, Urgency
from tests.factories import CallFactory, DistrictFactory, ExperienceFactory, ThemeFactory

TEXT = "The heating broke in November.\n\nI rang eleven times. <b>O'Brien</b> 😀 مرحبا"


def share(**given):
    return services.share_experience(**{"key": "a key", "text": TEXT, **given})


@pytest.mark.django_db
def test_what_was_said_is_kept_exactly_and_waits_for_a_moderator(homes):
    oldham = DistrictFactory()

    shared = share(
        better="One person to ring.",
        about="me",
        district=oldham,
        themes=[homes],
        consents=["insight", "quote"],
        language="ur",
    )

    kept = Experience.objects.get()
    assert (kept.text, kept.better, kept.about, kept.district) == (
        TEXT,
        "One person to ring.",
        "me",
        oldham,
    )
    assert (kept.state, kept.language, shared.created) == (State.RECEIVED, "ur", True)
    tags = kept.tags.values_list("theme__slug", "provenance", "confirmed")
    assert list(tags) == [("homes-housing", "resident", False)]
    assert services.consents_of([kept]) == {kept.pk: frozenset({"insight", "quote"})}
    assert [step.kind for step in kept.steps.all()] == [StepKind.SAID]
    item = QueueItem.objects.get()
    assert (item.kind, item.object_id, item.urgency) == ("experience", kept.reference, 0)


@pytest.mark.django_db
def test_the_receipt_finds_it_and_is_stored_nowhere():
    shared = share()

    assert services.find_by_receipt(receipts.group_in_fours(shared.receipt)) == shared.experience
    row = Receipt.objects.get()
    assert shared.receipt not in {row.digest, row.key_digest, row.body_digest}
    for wrong in ("", "0" * 20, shared.experience.reference, None):
        assert services.find_by_receipt(wrong) is None


@pytest.mark.django_db
def test_sent_twice_with_one_key_it_is_kept_once():
    first, second = share(consents=["insight"]), share(consents=["insight"])

    assert (second.receipt, second.experience, second.created) == (
        first.receipt,
        first.experience,
        False,
    )
    assert Experience.objects.count() == QueueItem.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_with_other_words_is_refused_and_changes_nothing():
    share()

    with pytest.raises(services.KeyReused):
        share(text="Something else.")

    assert Experience.objects.get().text == TEXT


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_with_one_key_leave_one_row_and_get_one_receipt():
    def send(_number):
        try:
            return share(consents=["insight"]).receipt
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        got = list(pool.map(send, range(50)))

    assert set(got) == {receipts.derive("a key")}
    assert Experience.objects.count() == Receipt.objects.count() == QueueItem.objects.count() == 1


@pytest.mark.django_db
def test_references_say_nothing_of_order_and_are_never_mistaken():
    references = [share(key=f"key {number}").experience.reference for number in range(30)]

    assert len(set(references)) == 30
    assert references != sorted(references)
    assert not set("".join(references)[3:]) & set("OI105SAEUoil")


@pytest.mark.django_db
def test_words_of_danger_come_first_in_the_queue():
    share(text="I can't cope. I want to kill myself.")
    share(key="another", text="The bus is late. It feels like there is no way out of here.")
    share(key="a third", text="The bus is late.")

    seen = QueueItem.objects.in_order().values_list("urgency", "flags")
    assert list(seen) == [
        (Urgency.DANGER, ["danger:life"]),
        (Urgency.FLAGGED, ["danger:life"]),
        (Urgency.PLAIN, []),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["text", "better", "answers"])
def test_danger_is_seen_wherever_it_was_written(where):
    words = "My husband hits me."
    share(**{where: [("How are you?", words)] if where == "answers" else words})

    assert QueueItem.objects.get().urgency == Urgency.DANGER


@pytest.mark.django_db
def test_themes_are_suggested_by_a_task_that_names_nobody():
    share()

    task = DBTaskResult.objects.get()
    assert task.task_path.endswith("suggest_waiting_themes")
    assert task.args_kwargs == {"args": [], "kwargs": {}}


@pytest.mark.django_db
def test_an_address_is_kept_only_with_a_yes_to_contact():
    share(email="rosa@example.com", consents=["insight"])
    assert not Contact.objects.exists()

    share(key="another", email="rosa@example.com", consents=["contact"], language="ar")
    contact = Contact.objects.get()
    assert (contact.email, contact.language) == ("rosa@example.com", "ar")


@pytest.mark.django_db
def test_a_calls_answers_stand_with_the_question_as_it_was():
    call = CallFactory(questions=["Which clinic?", "How long?"])

    share(call=call, answers=[("Which clinic?", "The one by the bridge"), ("How long?", "")])

    kept = Experience.objects.get()
    assert list(kept.answers.values_list("question", "text")) == [
        ("Which clinic?", "The one by the bridge")
    ]
    assert kept.space == call.space


@pytest.mark.django_db
def test_equality_answers_have_no_link_no_day_and_no_place_in_line():
    for number in range(40):
        share(key=f"key {number}", equality={"age": str(number)})

    rows = EqualityAnswers.objects.all()
    fields = {field.name for field in EqualityAnswers._meta.get_fields()}
    assert fields == {"id", "answers", "month"}
    assert {row.month for row in rows} == {timezone.localdate().replace(day=1)}
    kept = [row.answers["age"] for row in rows]
    assert sorted(kept, key=int) == [str(number) for number in range(40)]
    with connection.cursor() as cursor:
        # As a copy of the table would list them: not in the order in which people came.
        place = "rowid" if connection.vendor == "sqlite" else "ctid"
        cursor.execute(f"SELECT answers FROM experiences_equalityanswers ORDER BY {place}")
        listed = [str(row[0]) for row in cursor.fetchall()]
    assert listed != sorted(listed, key=lambda row: int("".join(filter(str.isdigit, row))))


@pytest.mark.django_db
def test_nothing_is_kept_that_is_finer_than_a_day_once_the_queue_lets_go():
    """The exact arrival is in the queue's row, its notices and the task; none of them outlives its use."""
    shared = share(consents=["insight"])

    for model in (Experience, Receipt, type(shared.experience.steps.get())):
        kinds = {field.get_internal_type() for field in model._meta.get_fields()}
        assert "DateTimeField" not in kinds


@pytest.mark.django_db
def test_steps_are_numbered_in_order_for_each_of_many():
    some = ExperienceFactory.create_batch(3, queued=False)
    services.add_step(experience=some[0], kind=StepKind.SAID)

    services.add_steps(experiences=some, kind=StepKind.HEARD, data={"themes": ["Homes"]})

    assert [[step.position for step in one.steps.all()] for one in some] == [[1, 2], [1], [1]]


@pytest.mark.django_db
def test_many_steps_take_one_insert(django_assert_max_num_queries):
    some = ExperienceFactory.create_batch(30, queued=False)

    with django_assert_max_num_queries(5):
        services.add_steps(experiences=some, kind=StepKind.HEARD)


@pytest.mark.django_db
def test_a_moderator_asks_and_the_person_replies(amir):
    shared = share(consents=["insight"])

    services.ask(experience=shared.experience, by=amir, text="May we leave out the street?")
    services.reply(experience=shared.experience, text="Yes")

    talk = shared.experience.messages.values_list("from_resident", "text")
    assert list(talk) == [(False, "May we leave out the street?"), (True, "Yes")]
    assert "replied" in QueueItem.objects.get().flags


@pytest.mark.django_db
def test_a_reply_to_what_was_returned_puts_it_back_in_the_queue():
    returned = ExperienceFactory(state=State.RETURNED, queued=False)

    services.reply(experience=returned, text="Here is the rest. I want to die.")

    returned.refresh_from_db()
    assert returned.state == State.RECEIVED
    assert QueueItem.objects.get().urgency == Urgency.DANGER


@pytest.mark.django_db
def test_one_purpose_taken_back_leaves_the_others():
    shared = share(consents=["insight", "quote", "contact"], email="rosa@example.com")

    services.withdraw(experience=shared.experience, purposes=["quote"])

    standing = services.consents_of([shared.experience])[shared.experience.pk]
    assert standing == {"insight", "contact"}
    assert shared.experience.consents.get(purpose="quote").withdrawn == timezone.localdate()
    assert Experience.objects.get().state == State.RECEIVED


@pytest.mark.django_db
def test_contact_taken_back_deletes_the_address():
    shared = share(consents=["contact"], email="rosa@example.com")

    services.withdraw(experience=shared.experience, purposes=["contact"])

    assert not Contact.objects.exists()


@pytest.mark.django_db
def test_the_words_taken_out_take_with_them_all_that_rests_on_them():
    shared = share(consents=list(Purpose.values), email="rosa@example.com")

    services.withdraw(experience=shared.experience, purposes=["insight"])

    kept = Experience.objects.get()
    assert services.consents_of([kept]) == {kept.pk: frozenset({"contact"})}
    assert kept.state == State.WITHDRAWN
    assert [step.kind for step in kept.steps.all()] == [StepKind.SAID, StepKind.WITHDRAWN]
    assert kept.text == TEXT


@pytest.mark.django_db
def test_everything_taken_back_leaves_no_word_and_a_receipt_that_opens(homes):
    shared = share(
        better="Better words",
        answers=[("Where?", "Answered words")],
        themes=[homes],
        consents=list(Purpose.values),
        email="rosa@example.com",
    )
    services.reply(experience=shared.experience, text="Replied words")
    shared.experience.tags.update(because={"kind": "wrote", "phrase": "heating"})

    services.withdraw(experience=shared.experience)

    kept = services.find_by_receipt(shared.receipt)
    assert (kept.state, kept.text, kept.better, kept.cleared_text) == ("withdrawn", "", "", "")
    assert not kept.answers.exists()
    assert not kept.messages.exists()
    assert kept.tags.get().because == {}
    assert not QueueItem.objects.exists()
    assert services.consents_of([kept]) == {kept.pk: frozenset()}


@pytest.mark.django_db
def test_words_of_danger_stay_until_somebody_has_looked():
    shared = share(text="I want to kill myself.", consents=["insight"])

    services.withdraw(experience=shared.experience)

    assert Experience.objects.get().text == "I want to kill myself."
    assert Experience.objects.get().state == State.WITHDRAWN
    assert QueueItem.objects.get().urgency == Urgency.DANGER


@pytest.mark.django_db
def test_taking_back_twice_is_the_same_as_once():
    shared = share(consents=["insight"])

    services.withdraw(experience=shared.experience)
    services.withdraw(experience=shared.experience)

    assert [step.kind for step in shared.experience.steps.all()] == ["said", "withdrawn"]


@pytest.mark.django_db
def test_other_rooms_are_told_inside_the_transaction(monkeypatch):
    heard = []

    def remember(experience, purposes):
        assert connection.in_atomic_block
        heard.append((experience.pk, purposes))

    monkeypatch.setattr(withdrawal, "_handlers", [remember])
    shared = share(consents=["insight", "quote"])

    services.withdraw(experience=shared.experience, purposes=["quote"])

    assert heard == [(shared.experience.pk, frozenset({"quote"}))]


@pytest.mark.django_db
def test_a_handler_that_fails_undoes_the_whole_withdrawal(monkeypatch):
    def fail(experience, purposes):
        raise RuntimeError

    monkeypatch.setattr(withdrawal, "_handlers", [fail])
    shared = share(consents=["insight"])

    with pytest.raises(RuntimeError):
        services.withdraw(experience=shared.experience)

    assert services.consents_of([shared.experience])[shared.experience.pk] == {"insight"}
    assert Experience.objects.get().text == TEXT


@pytest.mark.django_db
def test_drafts_are_forgotten_after_thirty_days_and_not_before():
    today = timezone.localdate()
    for days in (0, 30, 31):
        Draft.objects.create(digest=str(days), sealed=b"x", touched_on=today - timedelta(days=days))

    assert services.forget_old_drafts() == 1
    assert services.forget_old_drafts() == 0
    assert set(Draft.objects.values_list("digest", flat=True)) == {"0", "30"}


@pytest.mark.django_db
def test_themes_of_another_version_are_kept_as_they_were_ticked():
    ticked = [ThemeFactory(number=2), ThemeFactory(number=1)]

    share(themes=ticked)

    ranked = Experience.objects.get().tags.values_list("theme__number", flat=True)
    assert list(ranked) == [1, 2]
