"""Who verifies what: by hand, taken by a verifier, or dealt out evenly."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pamong.accounts.models import User
from pamong.assessments import verification_policies as policies
from pamong.assessments import verification_queries as queries
from pamong.assessments.actions.locking import lock, lock_year
from pamong.assessments.models import Assessment, Entry
from pamong.assessments.states import State
from pamong.audit.actions import record
from pamong.common.permit import Overtaken, Refused
from pamong.notifications.actions import tell


@dataclass(frozen=True)
class Dealt:
    """What dealing out came to: how many entries each verifier got, and which nobody may judge."""

    given: dict[User, list[Entry]] = field(default_factory=dict)
    left: list[Entry] = field(default_factory=list)

    @property
    def entries(self) -> int:
        return sum(len(each) for each in self.given.values())


@transaction.atomic
def assign(entry: Entry, verifier: User | None, *, by: User) -> Entry:
    """Hand ``entry`` to ``verifier`` (``None``: to nobody). Raises ``Refused`` if that person may not judge it."""
    entry = lock(entry)
    policies.can_manage_queue(by, entry.region).require()
    if entry.verifier_id == (verifier.pk if verifier else None):
        return entry
    policies.can_assign(by, entry).require()
    if verifier is not None and not (permit := policies.may_verify(verifier, entry)):
        raise Refused(f"{verifier} tidak dapat ditugaskan: {_about(verifier, permit.reason)}")
    _give(entry, verifier)
    if verifier is not None and verifier.pk != by.pk:
        _tell_one(entry, verifier)
    whom = f"menugaskan {entry} kepada {verifier}" if verifier else f"melepas penugasan {entry}"
    record("verification.assigned", by=by, on=entry, says=whom, verifier=verifier.pk if verifier else None)
    return entry


@transaction.atomic
def take(entry: Entry, *, by: User, back: bool = False) -> Entry:
    """A verifier takes an entry nobody has; ``back`` gives their own back. Raises ``Overtaken`` if another was quicker."""
    entry = lock(entry)
    policies.may_verify(by, entry).require()
    if entry.verifier_id == (None if back else by.pk):
        return entry
    if entry.verifier is not None and entry.verifier_id != by.pk:
        raise Overtaken(f"{entry.verifier} sudah mengambil laporan ini. Pilih laporan lain dari antrean.")
    policies.can_take(by, entry).require()
    _give(entry, None if back else by)
    record(
        "verification.taken", by=by, on=entry,
        says=f"melepas {entry} kembali ke antrean" if back else f"mengambil {entry} untuk diverifikasi",
    )  # fmt: skip
    return entry


@transaction.atomic
def balance(assessment: Assessment, *, by: User) -> Dealt:
    """Deal out everything unassigned so that all verifiers hold about as much; nobody gets what they may not judge."""
    assessment = lock_year(assessment)
    policies.can_manage_queue(by, assessment.region).require()
    policies.is_running(assessment).require()
    people = queries.verifiers(assessment.region)
    if not people:
        raise Refused("Belum ada verifikator di daerah ini. Undang dahulu seorang verifikator.")
    dealt = _deal(assessment, people)
    for person, entries in dealt.given.items():
        tell(
            person,
            f"{len(entries)} laporan untuk diverifikasi",
            f"{by} membagikan {len(entries)} laporan penilaian {assessment.year} kepada Anda:\n"
            + "\n".join(f"- {entry}" for entry in entries),
            region=assessment.region,
        )
    if dealt.entries:
        record(
            "verification.balanced", by=by, on=assessment,
            says=f"membagi {dealt.entries} laporan kepada {len(dealt.given)} verifikator",
            given={person.pk: [entry.code for entry in entries] for person, entries in dealt.given.items()},
            left=[entry.code for entry in dealt.left],
        )  # fmt: skip
    return dealt


def _deal(assessment: Assessment, people: list[User]) -> Dealt:
    waiting = list(
        Entry.objects.select_for_update(no_key=True, of=("self",))
        .filter(assessment=assessment, verifier=None, state__in=(State.SUBMITTED, State.VERIFYING))
        .select_related("agency", "innovation", "region")
        .order_by("pk")
    )
    held = queries.loads(assessment)
    hands = queries.hands_in([entry.pk for entry in waiting], [person.pk for person in people])
    dealt = Dealt()
    for entry in waiting:
        able = [person for person in people if _may(person, entry, hands)]
        if not able:
            dealt.left.append(entry)
            continue
        person = min(able, key=lambda each: (held.get(each.pk, 0), each.pk))
        held[person.pk] = held.get(person.pk, 0) + 1
        _give(entry, person)
        dealt.given.setdefault(person, []).append(entry)
    return dealt


def _may(person: User, entry: Entry, hands: set[tuple[int, int]]) -> bool:
    acts = frozenset({"claimed"}) if (entry.pk, person.pk) in hands else frozenset()
    return bool(policies.is_impartial(person, entry.agency, acts))


def _give(entry: Entry, verifier: User | None) -> None:
    """The days to decide run from the day the entry is given."""
    days = timedelta(days=entry.region.verification_days)
    entry.verifier = verifier
    entry.assigned_at = timezone.now() if verifier else None
    entry.due_on = timezone.localdate() + days if verifier else None
    entry.save(update_fields=["verifier", "assigned_at", "due_on"])


def _tell_one(entry: Entry, verifier: User) -> None:
    tell(
        verifier,
        f"Untuk diverifikasi: {entry}",
        f"{entry} ditugaskan kepada Anda, dengan tenggat {entry.due_on:%d-%m-%Y}. Buka antrean verifikasi di Pamong.",
        region=entry.region,
    )


def _about(verifier: User, reason: str) -> str:
    """A reason written to the person themselves, told to somebody else."""
    return reason.replace("Anda ikut", "ia ikut").replace("instansi Anda sendiri", "instansinya sendiri")
