"""Invitations: a role held out by a link. Telling the invited is for ``notifications``, which wraps these acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.agencies import policies
from pamong.agencies.actions.people import chain_of, described, seat_for
from pamong.agencies.models import Agency, Invitation, Membership, Region, new_token
from pamong.agencies.standing import holds_on
from pamong.audit.actions import record
from pamong.common.permit import Overtaken, Refused

LASTS = timedelta(days=7)
AGAIN_AFTER = timedelta(minutes=1)
SAME_CLICK = timedelta(minutes=2)


@transaction.atomic
def invite(
    *, by: User, email: str, name: str, role: Role, region: Region | None = None, agency: Agency | None = None
) -> Invitation:
    """Hold out ``role`` to ``email`` for seven days. An invitation still open for the same seat is returned, not doubled."""
    policies.can_grant(by, role, region, agency).require()
    email = email.strip().lower()
    _not_seated(email, role, region, agency)
    place = {"email": email, "role": role, "region": region, "agency": agency}
    found = _open(place)
    if found:
        return _renew(found) if not found.is_open else found
    try:
        with transaction.atomic():
            made = Invitation.objects.create(**place, name=name.strip(), by=by, expires_at=timezone.now() + LASTS)
    except IntegrityError:
        return _open(place) or _vanished()
    says = f"mengundang {email} sebagai {described(role, region, agency)}"
    record("invitation.made", by=by, on=made, chain=chain_of(role, region), says=says, email=email, role=role.value)
    return made


@transaction.atomic
def renew(invitation: Invitation, *, by: User) -> Invitation:
    """A new link that lasts another seven days; the old one stops working. A second click within a minute changes nothing."""
    invitation = _locked(invitation.pk)
    policies.can_resend(by, invitation).require()
    if invitation.expires_at > timezone.now() + LASTS - AGAIN_AFTER:
        return invitation
    _renew(invitation)
    role = Role(invitation.role)
    says = f"mengirim ulang undangan {invitation.email} sebagai {described(role, invitation.region, invitation.agency)}"
    record("invitation.renewed", by=by, on=invitation, chain=chain_of(role, invitation.region), says=says)
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> Invitation:
    """Withdraw ``invitation``; its link says so. Twice is once."""
    invitation = _locked(invitation.pk)
    if invitation.revoked_at:
        return invitation
    policies.can_revoke(by, invitation).require()
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    role = Role(invitation.role)
    says = f"mencabut undangan {invitation.email} sebagai {described(role, invitation.region, invitation.agency)}"
    record("invitation.revoked", by=by, on=invitation, chain=chain_of(role, invitation.region), says=says)
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> Membership:
    """``by``, signed in with the invited address, takes the role."""
    invitation = _locked(invitation.pk)
    if by.email != invitation.email:
        raise Refused(
            _(
                "Undangan ini untuk %(email)s, sedangkan Anda masuk sebagai %(mine)s. "
                "Keluar dahulu, lalu masuk dengan alamat yang diundang."
            )
            % {"email": invitation.email, "mine": by.email}
        )
    if invitation.accepted_by_id == by.pk:
        return _seat(invitation, by)
    policies.can_accept(invitation).require()
    return _take(invitation, by)


@transaction.atomic
def accept_as_new(invitation: Invitation, *, name: str, password: str, position: str = "", phone: str = "") -> User:
    """Make the account of the invited person and give it the role. A second click with the same password is the same act."""
    invitation = _locked(invitation.pk)
    if again := _same_click(invitation, password):
        return again
    policies.can_accept(invitation).require()
    if User.objects.filter(email=invitation.email).exists():
        raise Overtaken(
            _("%(email)s sudah mempunyai akun. Masuklah dengan akun itu, lalu terima undangannya.")
            % {"email": invitation.email}
        )
    person = User.objects.create_user(
        invitation.email, password, name=name.strip(), position=position.strip(), phone=phone.strip()
    )
    _take(invitation, person)
    return person


def _take(invitation: Invitation, person: User) -> Membership:
    seat = _seat(invitation, person)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    role = Role(invitation.role)
    says = f"menerima undangan sebagai {described(role, invitation.region, invitation.agency)}"
    record("invitation.accepted", by=person, on=invitation, chain=chain_of(role, invitation.region), says=says)
    return seat


def _seat(invitation: Invitation, person: User) -> Membership:
    return seat_for(person, Role(invitation.role), invitation.region, invitation.agency, timezone.localdate())[0]


def _same_click(invitation: Invitation, password: str) -> User | None:
    """Who took ``invitation`` as a new person a moment ago, if ``password`` is the one they chose."""
    person, at = invitation.accepted_by, invitation.accepted_at
    if person is None or at is None or timezone.now() - at > SAME_CLICK or at - person.joined_at > SAME_CLICK:
        return None
    return person if person.check_password(password) else None


def _not_seated(email: str, role: Role, region: Region | None, agency: Agency | None) -> None:
    seats = Membership.objects.filter(holds_on(timezone.localdate()), person__email=email, role=role)
    if seats.filter(region=region, agency=agency, ends_on__isnull=True).exists():
        raise Overtaken(f"{email} sudah menjadi {described(role, region, agency)}. Tidak perlu diundang lagi.")


def _open(place: Mapping[str, object]) -> Invitation | None:
    rows = Invitation.objects.select_for_update(of=("self",)).filter(**place)
    return rows.filter(accepted_at__isnull=True, revoked_at__isnull=True).first()


def _renew(invitation: Invitation) -> Invitation:
    invitation.token, invitation.expires_at = new_token(), timezone.now() + LASTS
    invitation.save(update_fields=["token", "expires_at"])
    return invitation


def _vanished() -> Invitation:
    raise Overtaken("Undangan yang sama baru saja dibuat dan dipakai. Muat ulang halaman ini.")


def _locked(pk: int) -> Invitation:
    # Two statements: one that locks *and* joins would, after waiting, join as of before the wait (PostgreSQL) and not see
    # the person who has just accepted.
    Invitation.objects.select_for_update().get(pk=pk)
    return Invitation.objects.select_related("region", "agency", "accepted_by").get(pk=pk)
