"""Word that there is news, by e-mail, to those who asked for it: never what it is about."""

import logging
from contextlib import nullcontext

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac

from engagement.experiences.models import Contact

log = logging.getLogger(__name__)


def post_waiting() -> int:
    """Send to all who have news waiting; says how many got it. What fails waits."""
    sent = failed = 0
    for pk in list(Contact.objects.filter(news_waiting=True).values_list("pk", flat=True)):
        try:
            sent += _post(pk)
        except Exception as error:  # whatever one address does, the next is tried
            failed += 1
            log.warning("word of news could not be sent (%s)", type(error).__name__)
    if failed:
        log.error("word of news waits for the next run: %s", failed)
    return sent


def _post(pk: int) -> bool:
    """Sent first and marked after: a crash between the two repeats a message and loses none."""
    # The race: two workers send at once. PostgreSQL's lock makes the second skip the row. SQLite
    # has one worker, and a transaction there would keep every writer waiting for the post.
    locks = connection.features.has_select_for_update_skip_locked
    with transaction.atomic() if locks else nullcontext():
        waiting = Contact.objects.select_for_update(skip_locked=True).filter(
            pk=pk, news_waiting=True
        )
        contact = waiting.first()
        if contact is None:
            return False
        _message(contact).send()
        Contact.objects.filter(pk=pk).update(news_waiting=False)
    return True


def _message(contact: Contact) -> EmailMultiAlternatives:
    with translation.override(contact.language or settings.LANGUAGE_CODE):
        address = settings.HEARD_URL.rstrip("/")
        context = {
            "button_url": f"{address}/receipt/",
            "button_label": translation.gettext("Open your receipt"),
        }
        message = EmailMultiAlternatives(
            subject=translation.gettext("News from Heard"),
            body=render_to_string("experiences/email/news.txt", context),
            to=[contact.email],
            headers={"Message-ID": _message_id(contact)},
        )
        html = render_to_string("experiences/email/news.html", context)
        message.attach_alternative(html, "text/html")
    return message


def _message_id(contact: Contact) -> str:
    """The same for the same news, so that a message sent twice is shown once."""
    steps = contact.experience.steps.count() + contact.experience.messages.count()
    name = salted_hmac(
        "heard.experiences.news", f"{contact.pk}:{steps}", algorithm="sha256"
    ).hexdigest()
    return f"<{name[:32]}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].strip('> ')}>"
