"""Roles given and ended, accounts switched off and on."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import ROLES, Role, Scope
from pamong.agencies import policies
from pamong.agencies.models import Agency, Invitation, Membership, Region
from pamong.audit.actions import SITE, record
from pamong.common.permit import Refused


@transaction.atomic
def grant(
    person: User,
    role: Role,
    *,
    by: User | None,
    region: Region | None = None,
    agency: Agency | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Give ``person`` a role from ``starts_on`` (today) to ``ends_on`` (no end). Once: a role already held is returned as it is.

    ``by=None`` is the operator of the machine, on the command line.
    """
    starts_on = starts_on or timezone.localdate()
    if by is not None:
        policies.can_grant(by, role, region, agency).require()
    if ends_on and ends_on < starts_on:
        raise Refused("Tanggal berakhir mendahului tanggal mulai. Perbaiki salah satunya.")
    if starts_on < timezone.localdate():
        raise Refused("Peran tidak berlaku surut. Pilih hari ini atau sesudahnya sebagai tanggal mulai.")
    seat, made = seat_for(person, role, region, agency, starts_on, ends_on)
    if made:
        record(
            "role.granted",
            by=by,
            on=seat,
            chain=chain_of(role, region),
            says=f"memberi {person} peran {described(role, region, agency)}",
            person=person.pk,
            role=role.value,
        )
    return seat


@transaction.atomic
def end(seat: Membership, *, by: User, on: date | None = None) -> Membership:
    """End ``seat`` after ``on``, or at once. What was done in it stays done; the last administrator's cannot be ended."""
    today = timezone.localdate()
    _lock_like(Membership.objects.filter(pk=seat.pk))
    seat = Membership.objects.select_related("person", "region", "agency").get(pk=seat.pk)
    policies.can_end(by, seat).require()
    if on is not None and on < max(today, seat.starts_on):
        raise Refused("Peran tidak diakhiri surut. Pilih hari ini atau sesudahnya, atau akhiri sekarang juga.")
    _stop(seat, on)
    role = Role(seat.role)
    when = f"setelah {on:%d-%m-%Y}" if on else "saat itu juga"
    record(
        "role.ended",
        by=by,
        on=seat,
        chain=chain_of(role, seat.region),
        says=f"mengakhiri peran {described(role, seat.region, seat.agency)} {seat.person} {when}",
        person=seat.person_id,
    )
    return seat


@transaction.atomic
def deactivate(person: User, *, by: User) -> User:
    """Close the account of ``person``: no page opens for them any more, nothing they did is lost."""
    _lock_like(Membership.objects.filter(person=person))
    person = User.objects.select_for_update().get(pk=person.pk)
    policies.can_deactivate(by, person).require()
    if person.is_active:
        person.is_active = False
        person.save(update_fields=["is_active"])
        record(
            "account.deactivated", by=by, on=person, chain=SITE, says=f"menonaktifkan akun {person} ({person.email})"
        )
    return person


@transaction.atomic
def reactivate(person: User, *, by: User) -> User:
    """Open the account of ``person`` again, with the roles that still hold."""
    person = User.objects.select_for_update().get(pk=person.pk)
    policies.can_change_account(by, person).require()
    if not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
        record("account.reactivated", by=by, on=person, chain=SITE, says=f"mengaktifkan akun {person} ({person.email})")
    return person


def described(role: Role, region: Region | None, agency: Agency | None) -> str:
    """``Operator (pamong) di Dinas Kesehatan``: the role and where it holds, for sentences."""
    place = agency.name if agency else str(region) if region else ""
    return f"{ROLES[role].label}" + (f" di {place}" if place else "")


def seat_for(
    person: User,
    role: Role,
    region: Region | None,
    agency: Agency | None,
    starts_on: date,
    ends_on: date | None = None,
) -> tuple[Membership, bool]:
    """The open membership of ``person`` in that role and place, made now if there is none; the database admits only one."""
    place = {"person": person, "role": role, "region": region, "agency": agency, "ends_on": ends_on}
    found = Membership.objects.filter(**place, stopped_at__isnull=True).first()
    if found:
        return found, False
    try:
        with transaction.atomic():
            return Membership.objects.create(**place, starts_on=starts_on), True
    except IntegrityError:
        return Membership.objects.get(**place, stopped_at__isnull=True), False


def follow(old: Agency, new: Agency | None, *, keep: bool) -> int:
    """End every role in ``old`` at once; with ``keep`` each goes on over ``new``. Returns how many went on.

    Part of merging and closing, within their transaction and trace. A region-wide role that names ``old`` as the person's
    own office never ends for that: it names ``new`` instead, or no office.
    """
    moved = 0
    for seat in _lasting(old).select_for_update(of=("self",)).order_by("pk"):
        starts_on, ends_on, local = seat.starts_on, seat.ends_on, ROLES[Role(seat.role)].scope is Scope.AGENCY
        _stop(seat, None)
        if (keep and new) or not local:
            begin = max(starts_on, timezone.localdate())
            seat_for(seat.person, Role(seat.role), seat.region, new, begin, ends_on)
            moved += 1
    _withdraw(old)
    return moved


def _lasting(agency: Agency) -> QuerySet[Membership]:
    rows = Membership.objects.filter(agency=agency, stopped_at__isnull=True)
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()))


def _withdraw(agency: Agency) -> None:
    """Open invitations into an agency that is no more are withdrawn: they name what their reader would not find."""
    Invitation.objects.filter(agency=agency, accepted_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=timezone.now()
    )


def _stop(seat: Membership, on: date | None) -> None:
    seat.ends_on = on or max(timezone.localdate(), seat.starts_on)
    seat.stopped_at = None if on else timezone.now()
    seat.save(update_fields=["ends_on", "stopped_at"])


def _lock_like(seats: QuerySet[Membership]) -> None:
    """Lock every administrator's seat beside ``seats``: of two who end each other's last seat, one must see the other."""
    places = Q(pk__in=seats.values("pk"))
    for role, region in seats.values_list("role", "region_id"):
        places |= Q(role=role, region_id=region)
    admins = (Role.SITE_ADMIN.value, Role.REGION_ADMIN.value)
    rows = Membership.objects.filter(places).filter(Q(role__in=admins) | Q(pk__in=seats.values("pk")))
    list(rows.select_for_update().order_by("pk").values_list("pk"))


def chain_of(role: Role, region: Region | None) -> str:
    return SITE if region is None or ROLES[role].scope is Scope.NATION else region.code
