"""Who may change agencies, people and settings, now, and if not why."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from pamong.accounts.models import User
from pamong.accounts.roles import ROLES, Permission, Role, Scope
from pamong.agencies.models import Agency, Invitation, Membership, Region, Steward
from pamong.agencies.standing import holds_on, standing
from pamong.common.permit import YES, Permit, no


def can_manage_site(user: User) -> Permit:
    if standing(user).may(Permission.MANAGE_SITE):
        return YES
    return no("Hanya administrator situs yang dapat melakukan ini.")


def can_manage_region(user: User, region: Region) -> Permit:
    if standing(user).may_in(Permission.MANAGE_REGION, region):
        return YES
    return no("Hanya administrator daerah yang dapat mengubah susunan dan pengaturan daerah. Mintalah kepadanya.")


def can_manage_people(user: User, region: Region) -> Permit:
    if standing(user).may_in(Permission.MANAGE_PEOPLE, region):
        return YES
    return no("Hanya administrator daerah yang dapat mengatur orang dan perannya. Mintalah kepadanya.")


def can_change_agency(user: User, agency: Agency) -> Permit:
    """Edit, rename, move, merge or close ``agency``."""
    permit = can_manage_region(user, agency.region)
    if permit and agency.closed_on:
        return no(f"{agency} sudah berhenti sejak {agency.closed_on:%d-%m-%Y} dan hanya disimpan sebagai riwayat.")
    return permit


def roles_grantable(user: User, region: Region | None) -> list[Role]:
    """The roles ``user`` may give to others: in ``region``, or (``None``) over the whole site."""
    who = standing(user)
    if region is None:
        return [role for role in Role if ROLES[role].scope in (Scope.SITE, Scope.NATION)] if _site(user) else []
    if who.may_in(Permission.MANAGE_PEOPLE, region):
        return [role for role in Role if ROLES[role].scope in (Scope.REGION, Scope.AGENCY)]
    if who.paths(Permission.ENDORSE, region):
        return [Role.OPERATOR]
    return [Role.REGION_ADMIN] if _site(user) else []


def can_grant(user: User, role: Role, region: Region | None, agency: Agency | None) -> Permit:
    """May ``user`` give ``role`` there? Site roles by the site's, others by the region's administrator, operators by their head."""
    fits = _fits(ROLES[role].scope, region, agency)
    return _may_give(user, role, region, agency) if fits else fits


def _may_give(user: User, role: Role, region: Region | None, agency: Agency | None) -> Permit:
    if ROLES[role].scope in (Scope.SITE, Scope.NATION) or region is None:
        return can_manage_site(user)
    if standing(user).may_in(Permission.MANAGE_PEOPLE, region):
        return YES
    if role is Role.REGION_ADMIN and _site(user):
        return YES
    if role is Role.OPERATOR and agency and standing(user).may_for(Permission.ENDORSE, agency):
        return YES
    return no(
        f"Anda tidak dapat memberikan atau mencabut peran {ROLES[role].label}. "
        "Administrator daerah dapat; kepala perangkat daerah hanya untuk operator instansinya sendiri."
    )


def _site(user: User) -> bool:
    return standing(user).may(Permission.MANAGE_SITE)


def _fits(scope: Scope, region: Region | None, agency: Agency | None) -> Permit:
    """A role stands where its scope says."""
    if scope is Scope.SITE and (region or agency):
        return no("Peran ini berlaku untuk seluruh situs: kosongkan daerah dan instansi.")
    if scope in (Scope.REGION, Scope.AGENCY) and region is None:
        return no("Pilih daerah tempat peran ini berlaku.")
    if scope is Scope.AGENCY and agency is None:
        return no("Pilih instansi tempat peran ini berlaku.")
    if agency is not None and (region is None or agency.region_id != region.pk):
        return no("Instansi itu bukan bagian dari daerah ini. Pilih instansi dari daftar.")
    if agency is not None and agency.closed_on:
        return no(f"{agency} sudah berhenti. Pilih instansi penggantinya.")
    return YES


def can_end(user: User, seat: Membership) -> Permit:
    """End ``seat``: by whoever may give it; never the last administrator's."""
    if not _holds(seat):
        return no("Peran ini sudah berakhir.")
    permit = _may_give(user, Role(seat.role), seat.region, seat.agency)
    return is_not_last(seat) if permit else permit


def _holds(seat: Membership) -> bool:
    return seat.stopped_at is None and (seat.ends_on is None or seat.ends_on >= timezone.localdate())


_LAST = {
    Role.SITE_ADMIN: "Ini administrator situs yang terakhir. Undang penggantinya lebih dahulu dan tunggu sampai ia menerima.",
    Role.REGION_ADMIN: "Ini administrator daerah yang terakhir. Undang penggantinya lebih dahulu dan tunggu sampai ia menerima.",
}


def is_not_last(seat: Membership) -> Permit:
    """A site and each region always keep one administrator without an end date."""
    role = Role(seat.role)
    if role not in _LAST or seat.ends_on is not None:
        return YES
    others = Membership.objects.filter(
        holds_on(timezone.localdate()), role=role, region=seat.region_id, ends_on__isnull=True, person__is_active=True
    ).exclude(person=seat.person_id)
    return YES if others.exists() else no(_LAST[role])


def can_invite(user: User, region: Region) -> Permit:
    """May ``user`` invite anybody at all into ``region``?"""
    if roles_grantable(user, region):
        return YES
    return no("Hanya administrator daerah dan kepala perangkat daerah yang dapat mengundang.")


def can_resend(user: User, invitation: Invitation) -> Permit:
    permit = can_revoke(user, invitation)
    return can_grant(user, Role(invitation.role), invitation.region, invitation.agency) if permit else permit


def can_revoke(user: User, invitation: Invitation) -> Permit:
    """Withdraw ``invitation``: whoever might have made it, while nobody took it."""
    if invitation.accepted_at:
        return no("Undangan ini sudah diterima. Untuk mencabut perannya, akhiri peran itu di halaman orangnya.")
    if invitation.revoked_at:
        return no("Undangan ini sudah dicabut. Buat undangan baru bila masih diperlukan.")
    return _may_give(user, Role(invitation.role), invitation.region, invitation.agency)


def can_accept(invitation: Invitation) -> Permit:
    """Is the link still good? Says plainly what became of it."""
    ask = _("Mintalah undangan baru kepada yang mengundang Anda.")
    if invitation.accepted_at:
        return no(_("Undangan ini sudah dipakai. Silakan masuk dengan akun Anda."))
    if invitation.revoked_at:
        return no(_("Undangan ini sudah dicabut.") + f" {ask}")
    if not invitation.is_open:
        return no(_("Undangan ini sudah kedaluwarsa.") + f" {ask}")
    if invitation.agency and invitation.agency.closed_on:
        return no(_("Instansi dalam undangan ini sudah tidak ada.") + f" {ask}")
    return YES


def can_change_account(user: User, person: User) -> Permit:
    """Deactivate or reactivate the account of ``person``."""
    permit = can_manage_site(user)
    if permit and user.pk == person.pk:
        return no("Anda tidak dapat menonaktifkan akun sendiri. Mintalah administrator situs lain.")
    return permit


def can_deactivate(user: User, person: User) -> Permit:
    """Not oneself, and nobody who is the last administrator somewhere."""
    permit = can_change_account(user, person)
    seats = Membership.objects.filter(holds_on(timezone.localdate()), person=person, role__in=list(_LAST))
    for seat in seats.select_related("region"):
        permit = permit and is_not_last(seat)
    return permit


def can_appoint(user: User, agency: Agency) -> Permit:
    """Appoint, replace or end a steward of ``agency``: region administrator, or the agency's own head."""
    if agency.closed_on:
        return no(f"{agency} sudah berhenti. Pilih instansi penggantinya.")
    if standing(user).may_for(Permission.ENDORSE, agency):
        return YES
    return can_manage_people(user, agency.region)


def can_change_steward(user: User, steward: Steward) -> Permit:
    if steward.ends_on is not None:
        return no(f"Penugasan {steward.person} sudah berakhir {steward.ends_on:%d-%m-%Y}.")
    return can_appoint(user, steward.agency)


def can_read_trail(user: User, region: Region | None) -> Permit:
    """Read the acts of ``region``, or (``None``) of the site itself."""
    who = standing(user)
    may = who.may_in(Permission.READ_TRAIL, region) if region else who.may(Permission.MANAGE_SITE)
    return YES if may else no("Hanya administrator yang dapat membaca jejak.")
