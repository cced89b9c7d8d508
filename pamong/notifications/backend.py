"""Django's own mail (password resets, verifications) goes through the outbox too: nothing leaves but from a row."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from pamong.agencies.queries.people import account
from pamong.notifications.actions.outbox import post


class OutboxBackend(BaseEmailBackend):
    """``EMAIL_BACKEND`` of the site; the real one is ``OUTBOX_BACKEND``, used by the sender alone.

    Belongs to no region: such mail is about the account, and only the site's administrators see that it was sent.
    """

    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            for to in mail.recipients():
                post(to, str(mail.subject), str(mail.body), person=account(to))
        return len(email_messages)
