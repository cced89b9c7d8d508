"""What is told leaves with the act it tells of, once, and is not lost."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from pamong.agencies.models import Region
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.notifications import actions, schedules, tasks
from pamong.notifications.actions import sending
from pamong.notifications.models import Message
from tests.build import People

State = Message.State


class Broken(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPServerDisconnected("sambungan putus")


@pytest.fixture
def broken(settings: Any) -> None:
    settings.OUTBOX_BACKEND = f"{__name__}.Broken"


@pytest.fixture
def message(region: Region, people: People) -> Message:
    told = actions.tell(people.operator, "Perlu perbaikan", "Indikator 21", region=region)
    assert told is not None
    return told


def _later(minutes: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


def _sent() -> list[tuple[str, list[str]]]:
    return [(one.subject, one.to) for one in mail.outbox]


def test_a_message_waits_until_the_act_is_kept_and_then_leaves(
    people: People, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        actions.tell_all([people.operator, people.verifier], "Halo", "Isi")
        assert _sent() == []
    assert len(callbacks) == 1
    assert _sent() == [("Halo", [people.operator.email]), ("Halo", [people.verifier.email])]
    assert set(Message.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


def test_an_act_undone_tells_nobody(people: People, transactional_db: None) -> None:
    with transaction.atomic():
        actions.tell(people.operator, "Halo", "Isi")
        transaction.set_rollback(True)
    assert (Message.objects.count(), tasks.send_waiting(), _sent()) == (0, 0, [])


def test_nothing_is_told_outside_a_transaction(transactional_db: None) -> None:
    with pytest.raises(RuntimeError):
        actions.post("a@contoh.test", "Halo", "Isi")
    assert Message.objects.count() == 0


def test_one_key_is_one_message_to_each_person(people: People) -> None:
    for _ in range(2):
        actions.tell_all([people.operator, people.verifier], "Halo", "Isi", key="tenggat:2026")
    assert sorted(Message.objects.values_list("key", flat=True)) == sorted(
        f"tenggat:2026:{person.pk}" for person in (people.operator, people.verifier)
    )


def test_an_account_switched_off_is_not_told(people: People) -> None:
    people.operator.is_active = False
    assert actions.tell(people.operator, "Halo", "Isi") is None
    assert Message.objects.count() == 0


def test_a_subject_of_several_lines_is_one_line(people: People) -> None:
    told = actions.tell(people.operator, "Inovasi\nBcc: semua@contoh.test " + "x" * 300, "Isi")
    assert told is not None
    assert ("\n" in told.subject, len(told.subject)) == (False, 200)
    assert tasks.send_waiting() == 1
    assert mail.outbox[0].recipients() == [people.operator.email]


def test_sending_twice_sends_once(message: Message) -> None:
    assert (tasks.send_waiting(), tasks.send_waiting()) == (1, 0)
    assert len(mail.outbox) == 1


def test_what_one_worker_took_the_other_leaves(message: Message) -> None:
    assert sending.take_next() == message
    assert sending.take_next() is None


def test_a_worker_that_dies_leaves_a_message_that_is_due_again(message: Message) -> None:
    sending.take_next()
    with _later(6):
        assert tasks.send_waiting() == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.SENT, 2)


def test_a_failure_is_written_down_and_tried_again_after_growing_pauses(message: Message, broken: None) -> None:
    pauses = []
    for attempt in range(1, 7):
        message.refresh_from_db()
        with time_machine.travel(message.next_try_at + timedelta(seconds=1), tick=False):
            assert tasks.send_waiting() == 0
            message.refresh_from_db()
            pauses.append((message.next_try_at - timezone.now()).total_seconds() / 60)
            assert (message.attempts, message.error) == (attempt, "SMTPServerDisconnected: sambungan putus")
    assert pauses[:5] == [1, 5, 30, 120, 360]
    assert message.state == State.FAILED


def test_one_bad_message_does_not_hold_up_the_others(people: People, region: Region) -> None:
    actions.post("alamat\nrusak@contoh.test", "Rusak", "Isi")
    actions.tell(people.operator, "Baik", "Isi")
    assert tasks.send_waiting() == 1
    assert _sent() == [("Baik", [people.operator.email])]


def test_a_failed_message_is_sent_again_by_an_administrator(message: Message, people: People) -> None:
    Message.objects.update(state=State.FAILED, attempts=6, error="putus")
    for _ in range(2):
        actions.resend(message, by=people.region_admin)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == (State.WAITING, 0, "")
    assert Event.objects.get().act == "message.resent"
    assert tasks.send_waiting() == 1


@pytest.mark.parametrize("who", ["operator", "verifier", "stranger", "agency_head"])
def test_nobody_else_sends_again(who: str, message: Message, people: People) -> None:
    Message.objects.update(state=State.FAILED)
    with pytest.raises(Refused):
        actions.resend(message, by=getattr(people, who))
    message.refresh_from_db()
    assert (message.state, Event.objects.count()) == (State.FAILED, 0)


def test_a_sent_message_is_not_sent_again(message: Message, people: People) -> None:
    tasks.send_waiting()
    with pytest.raises(Refused):
        actions.resend(message, by=people.region_admin)
    assert len(mail.outbox) == 1


def test_djangos_own_mail_goes_through_the_outbox(people: People, settings: Any) -> None:
    settings.EMAIL_BACKEND = "pamong.notifications.backend.OutboxBackend"
    mail.send_mail("Setel ulang kata sandi", "https://contoh.test/kunci/", None, [people.operator.email])
    assert _sent() == []
    told = Message.objects.get()
    assert (told.person, told.region, told.state) == (people.operator, None, State.WAITING)
    assert tasks.send_waiting() == 1
    assert _sent() == [("Setel ulang kata sandi", [people.operator.email])]


def test_the_clock_empties_the_outbox_every_minute_and_is_set_once(db: None) -> None:
    from django_q.models import Schedule

    for _ in range(2):
        schedules.ensure()
    assert [(s.func, s.schedule_type, s.minutes, s.repeats) for s in Schedule.objects.filter(name=schedules.NAME)] == [
        ("pamong.notifications.tasks.send_waiting", "I", 1, -1)
    ]
