"""The year: prepared, opened, extended, its reporting ended, closed."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Region
from pamong.agencies.queries import people_with
from pamong.assessments import policies
from pamong.assessments.actions.locking import lock_year
from pamong.assessments.models import Assessment, Entry, EntryScore, Extension
from pamong.assessments.states import PHASES, Phase, State
from pamong.audit.actions import record
from pamong.common.permit import Refused
from pamong.engine import edition as editions
from pamong.notifications.actions import tell

UNDECIDED = (State.SUBMITTED, State.VERIFYING, State.RETURNED)


@transaction.atomic
def prepare(
    *,
    region: Region,
    by: User,
    year: int,
    edition_code: str,
    opens_on: date,
    internal_deadline: date,
    closes_on: date,
) -> Assessment:
    """Set up the assessment of ``year`` under an edition, whose digest is kept. Nobody is told yet.

    Raises ``Refused`` if the dates are out of order, the edition is unknown, or the year exists with other dates.
    """
    policies.can_manage(by, region).require()
    _dates_in_order(opens_on, internal_deadline, closes_on)
    edition = _edition(edition_code)
    assessment, is_new = Assessment.objects.get_or_create(
        region=region,
        year=year,
        defaults={
            "edition_code": edition.code,
            "edition_digest": edition.digest,
            "opens_on": opens_on,
            "internal_deadline": internal_deadline,
            "closes_on": closes_on,
        },
    )
    if not is_new:
        return _same_or_refused(assessment, edition_code, opens_on, internal_deadline, closes_on)
    record(
        "assessment.prepared",
        by=by,
        on=assessment,
        says=f"menyiapkan penilaian {year} menurut {edition.title}",
        edition=edition.code,
        digest=edition.digest,
        opens_on=str(opens_on),
        internal_deadline=str(internal_deadline),
        closes_on=str(closes_on),
    )
    return assessment


def _edition(code: str) -> editions.Edition:
    try:
        return editions.load(code)
    except editions.EditionUnknown:
        raise Refused(f"Edisi aturan “{code}” tidak dikenal. Pilih dari daftar.") from None


def _dates_in_order(opens_on: date, internal_deadline: date, closes_on: date) -> None:
    if not opens_on <= internal_deadline <= closes_on:
        raise Refused("Urutan tanggal keliru: dibuka, lalu tenggat internal, lalu ditutup. Perbaiki tanggalnya.")


def _same_or_refused(assessment: Assessment, edition_code: str, *dates: date) -> Assessment:
    """A second click on the same form finds what the first one made."""
    present = (assessment.edition_code, assessment.opens_on, assessment.internal_deadline, assessment.closes_on)
    if assessment.phase == Phase.PREPARED and present == (edition_code, *dates):
        return assessment
    raise Refused(f"Penilaian {assessment.year} sudah ada. Buka penilaian itu dari daftar.")


@transaction.atomic
def reschedule(
    assessment: Assessment, *, by: User, opens_on: date, internal_deadline: date, closes_on: date
) -> Assessment:
    """Change the dates of a year that is not open yet."""
    assessment = lock_year(assessment)
    policies.can_reschedule(by, assessment).require()
    _dates_in_order(opens_on, internal_deadline, closes_on)
    new = {"opens_on": opens_on, "internal_deadline": internal_deadline, "closes_on": closes_on}
    old = {name: str(getattr(assessment, name)) for name in new}
    if old == {name: str(day) for name, day in new.items()}:
        return assessment
    for name, day in new.items():
        setattr(assessment, name, day)
    assessment.save(update_fields=list(new))
    record(
        "assessment.rescheduled", by=by, on=assessment, says=f"mengubah tanggal penilaian {assessment.year}",
        before=old, after={name: str(day) for name, day in new.items()},
    )  # fmt: skip
    return assessment


@transaction.atomic
def open_year(assessment: Assessment, *, by: User) -> Assessment:
    """Open the year for reports: the region's own entry is made, and everybody who may submit is told."""
    assessment = lock_year(assessment)
    if assessment.phase == Phase.OPEN:
        policies.can_manage(by, assessment.region).require()
        return assessment
    policies.can_open(by, assessment).require()
    _go(assessment, "open")
    entry, _ = Entry.objects.get_or_create(region=assessment.region, assessment=assessment, kind=Entry.Kind.INSTITUTION)
    EntryScore.objects.get_or_create(entry=entry)
    _tell_reporters(
        assessment,
        f"Penilaian {assessment.year} dibuka",
        f"Penilaian Indeks Inovasi Daerah {assessment.year} di {assessment.region} dibuka mulai "
        f"{_day(assessment.opens_on)}. Ajukan paling lambat {_day(assessment.internal_deadline)} (tenggat internal); "
        f"pelaporan ditutup {_day(assessment.closes_on)}.",
        key="opened",
    )
    record("assessment.opened", by=by, on=assessment, says=f"membuka penilaian {assessment.year}")
    return assessment


@transaction.atomic
def extend(
    assessment: Assessment, *, by: User, closes_on: date, reason: str, internal_deadline: date | None = None
) -> Assessment:
    """Move the closing date later, with a reason that everybody can read. Reopens reporting if it had ended."""
    assessment = lock_year(assessment)
    policies.can_extend(by, assessment).require()
    last: Extension | None = assessment.extensions.order_by("-pk").first()
    if last and assessment.phase == Phase.OPEN and (last.closes_on, last.reason) == (closes_on, reason.strip()):
        return assessment
    _may_move_to(assessment, closes_on, reason, internal_deadline)
    old = assessment.closes_on
    Extension.objects.create(
        region=assessment.region, assessment=assessment, old_closes_on=old, closes_on=closes_on,
        reason=reason.strip(), by=by,
    )  # fmt: skip
    assessment.closes_on = closes_on
    assessment.internal_deadline = internal_deadline or assessment.internal_deadline
    _go(assessment, "extend", "closes_on", "internal_deadline")
    _tell_reporters(
        assessment,
        f"Penilaian {assessment.year} diperpanjang",
        f"Pelaporan {assessment.year} diperpanjang dari {_day(old)} menjadi {_day(closes_on)}. Alasan: {reason.strip()}",
        key=f"extended:{closes_on}",
    )
    record(
        "assessment.extended", by=by, on=assessment,
        says=f"memperpanjang penilaian {assessment.year} sampai {_day(closes_on)}: {reason.strip()}",
        old_closes_on=str(old), closes_on=str(closes_on), reason=reason.strip(),
    )  # fmt: skip
    return assessment


def _may_move_to(assessment: Assessment, closes_on: date, reason: str, internal_deadline: date | None) -> None:
    if not reason.strip():
        raise Refused("Tulis alasan perpanjangan; alasan ini dibaca semua pelapor.")
    if closes_on <= assessment.closes_on:
        raise Refused(f"Tanggal baru harus sesudah {_day(assessment.closes_on)}.")
    if closes_on < timezone.localdate():
        raise Refused("Tanggal baru sudah lewat. Pilih hari ini atau sesudahnya.")
    _dates_in_order(assessment.opens_on, internal_deadline or assessment.internal_deadline, closes_on)


@transaction.atomic
def end_reporting(assessment: Assessment, *, by: User) -> Assessment:
    """No new reports from now on; what was returned may still be repaired."""
    assessment = lock_year(assessment)
    if assessment.phase == Phase.VERIFYING:
        policies.can_manage(by, assessment.region).require()
        return assessment
    policies.can_end_reporting(by, assessment).require()
    _go(assessment, "end_reporting")
    record("assessment.reporting_ended", by=by, on=assessment, says=f"mengakhiri pelaporan {assessment.year}")
    return assessment


@transaction.atomic
def reopen_reporting(assessment: Assessment, *, by: User) -> Assessment:
    """Take back the end of reporting while the closing date has not passed; later, ``extend``."""
    assessment = lock_year(assessment)
    policies.can_manage(by, assessment.region).require()
    if assessment.phase == Phase.OPEN:
        return assessment
    policies.can_extend(by, assessment).require()
    if assessment.closes_on < timezone.localdate():
        raise Refused("Tanggal penutupan sudah lewat. Perpanjang tanggalnya dengan alasan.")
    _go(assessment, "extend")
    record("assessment.reporting_reopened", by=by, on=assessment, says=f"membuka lagi pelaporan {assessment.year}")
    return assessment


@transaction.atomic
def close_year(assessment: Assessment, *, by: User, leaving_undecided: bool = False) -> Assessment:
    """Freeze the year. Raises ``Refused`` while reports wait for a decision, unless that is accepted expressly.

    The snapshot of the figures is taken by ``scoring``, which wraps this act. Twice gives the same.
    """
    assessment = lock_year(assessment)
    if assessment.phase == Phase.CLOSED:
        policies.can_manage(by, assessment.region).require()
        return assessment
    policies.can_close(by, assessment).require()
    undecided = _lock_entries(assessment)
    if undecided and not leaving_undecided:
        raise Refused(
            f"Masih ada {undecided} keikutsertaan yang belum diputus. Selesaikan verifikasinya, atau nyatakan bahwa "
            "penilaian ditutup tanpa menunggunya; yang belum terverifikasi dihitung nol."
        )
    assessment.closed_at = timezone.now()
    _go(assessment, "close", "closed_at")
    record(
        "assessment.closed", by=by, on=assessment, says=f"menutup penilaian {assessment.year}",
        edition=assessment.edition_code, digest=assessment.edition_digest, undecided=undecided,
    )  # fmt: skip
    return assessment


def _lock_entries(assessment: Assessment) -> int:
    """Wait for every act under way on an entry of the year; how many innovations are undecided then."""
    rows = Entry.objects.select_for_update(no_key=True).filter(assessment=assessment).order_by("pk")
    kinds = list(rows.values_list("kind", "state"))
    return sum(kind == Entry.Kind.INNOVATION and state in UNDECIDED for kind, state in kinds)


def _go(assessment: Assessment, step: str, *fields: str) -> None:
    assessment.phase = PHASES.step(step, state=assessment.phase).target
    assessment.save(update_fields=["phase", *fields])


def _tell_reporters(assessment: Assessment, subject: str, body: str, *, key: str) -> None:
    for person in people_with(Permission.SUBMIT, assessment.region):
        tell(person, subject, body, region=assessment.region, key=f"assessment:{assessment.pk}:{key}:{person.pk}")


def _day(day: date) -> str:
    return date_format(day, "j F Y")
