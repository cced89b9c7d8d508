"""Stewards (*pamong inovasi*): appointed, handed over, ended. Who came before and after stays known."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from pamong.accounts.models import User
from pamong.agencies import policies
from pamong.agencies.models import Agency, Steward
from pamong.agencies.queries.people import possible_stewards
from pamong.agencies.queries.tree import stewarding_on
from pamong.audit.actions import record
from pamong.common.permit import Overtaken, Refused


@transaction.atomic
def appoint(agency: Agency, *, by: User, person: User, starts_on: date) -> Steward:
    """Make ``person`` a steward of ``agency`` since ``starts_on`` (which may lie in the past: the decree's date)."""
    agency = _locked(agency)
    policies.can_appoint(by, agency).require()
    _not_ahead(starts_on)
    _works_there(agency, person)
    if Steward.objects.filter(agency=agency, person=person, ends_on__isnull=True).exists():
        raise Overtaken(f"{person} sudah menjadi pamong {agency}.")
    steward = Steward.objects.create(region=agency.region, agency=agency, person=person, starts_on=starts_on)
    record(
        "steward.appointed",
        by=by,
        on=agency,
        says=f"menugaskan {person} sebagai pamong {agency.name}",
        person=person.pk,
    )
    return steward


@transaction.atomic
def hand_over(steward: Steward, *, by: User, to: User, on: date, note: str) -> Steward:
    """End the stewardship on ``on`` and let ``to`` go on from that day. Returns the successor's."""
    steward = _taken(steward)
    policies.can_change_steward(by, steward).require()
    _not_ahead(on)
    _not_before(steward, on)
    _works_there(steward.agency, to)
    if to.pk == steward.person_id:
        raise Refused("Serah terima memerlukan orang lain. Pilih penggantinya.")
    if Steward.objects.filter(agency=steward.agency, person=to, ends_on__isnull=True).exists():
        raise Refused(f"{to} sudah menjadi pamong {steward.agency}. Akhiri saja penugasan ini tanpa serah terima.")
    heir = Steward.objects.create(region=steward.region, agency=steward.agency, person=to, starts_on=on)
    _finish(steward, on, note, heir)
    record(
        "steward.handed_over",
        by=by,
        on=steward.agency,
        says=f"mengalihkan tugas pamong {steward.agency.name} dari {steward.person} kepada {to}",
        note=note,
    )
    return heir


@transaction.atomic
def end(steward: Steward, *, by: User, on: date, note: str = "") -> Steward:
    """End the stewardship on ``on`` with no successor."""
    steward = _taken(steward)
    policies.can_change_steward(by, steward).require()
    _not_ahead(on)
    _not_before(steward, on)
    _finish(steward, on, note, None)
    says = f"mengakhiri tugas {steward.person} sebagai pamong {steward.agency.name}"
    record("steward.ended", by=by, on=steward.agency, says=says, note=note)
    return steward


def follow(old: Agency, new: Agency | None, *, keep: bool) -> None:
    """End every stewardship of ``old`` today; with ``keep`` the same people go on for ``new``. Part of merging and closing."""
    today = timezone.localdate()
    for steward in Steward.objects.filter(agency=old, ends_on__isnull=True).select_related("region", "person"):
        heir = _carry_on(steward, new, today) if keep and new else None
        note = f"{old.name} digabung ke {new.name}" if new else f"{old.name} ditutup"
        _finish(steward, max(today, steward.starts_on), note, heir)


def _carry_on(steward: Steward, new: Agency, today: date) -> Steward | None:
    if Steward.objects.filter(stewarding_on(today), agency=new, person=steward.person, ends_on__isnull=True).exists():
        return None
    return Steward.objects.create(region=steward.region, agency=new, person=steward.person, starts_on=today)


def _finish(steward: Steward, on: date, note: str, heir: Steward | None) -> None:
    steward.ends_on, steward.handover_note, steward.handed_to = on, note.strip(), heir
    steward.save(update_fields=["ends_on", "handover_note", "handed_to"])


def _locked(agency: Agency) -> Agency:
    return Agency.objects.select_for_update(of=("self",)).select_related("region").get(pk=agency.pk)


def _taken(steward: Steward) -> Steward:
    """Under the lock of the agency: its stewards change one act at a time."""
    _locked(steward.agency)
    return Steward.objects.select_related("agency__region", "region", "person").get(pk=steward.pk)


def _works_there(agency: Agency, person: User) -> None:
    if not possible_stewards(agency).filter(pk=person.pk).exists():
        raise Refused(f"{person} belum mempunyai peran di {agency}. Undang dahulu sebagai operator instansi itu.")


def _not_ahead(on: date) -> None:
    if on > timezone.localdate():
        raise Refused("Tanggalnya belum tiba. Pilih hari ini atau sebelumnya.")


def _not_before(steward: Steward, on: date) -> None:
    if on < steward.starts_on:
        raise Refused(f"{steward.person} baru bertugas sejak {steward.starts_on:%d-%m-%Y}. Pilih tanggal sesudahnya.")
