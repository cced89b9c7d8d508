"""Agencies, people and invitations, made through the product's actions."""

from __future__ import annotations

from datetime import date, timedelta

import time_machine
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.agencies.actions import inviting, people, stewards, structure
from pamong.agencies.models import Agency, Invitation, Membership, Region, Steward

PASSWORD = "sawah-hijau-2026"


def agency(region: Region, by: User, name: str = "Dinas Baru", parent: Agency | None = None, **fields: str) -> Agency:
    return structure.add(region, by=by, name=name, parent=parent, **fields)


def closed(agency: Agency, by: User) -> Agency:
    return structure.close(agency, by=by, on=timezone.localdate())


def merged(agency: Agency, into: Agency, by: User, **choices: object) -> Agency:
    return structure.merge(agency, by=by, into=into, on=timezone.localdate(), **choices)


def invitation(by: User, region: Region | None, role: Role = Role.VERIFIER, **fields: object) -> Invitation:
    place = {"email": "baru@contoh.test", "name": "Baru Sekali"} | fields
    return inviting.invite(by=by, role=role, region=region, **place)


def expired(invitation: Invitation) -> Invitation:
    """As it is eight days later."""
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(days=1))
    invitation.refresh_from_db()
    return invitation


def joined(invitation: Invitation) -> User:
    return inviting.accept_as_new(invitation, name="Baru Sekali", password=PASSWORD)


def granted(person: User, role: Role, by: User, region: Region | None, agency: Agency | None = None) -> Membership:
    return people.grant(person, role, by=by, region=region, agency=agency)


def steward(agency: Agency, person: User, by: User, starts_on: date = date(2024, 1, 2)) -> Steward:
    return stewards.appoint(agency, by=by, person=person, starts_on=starts_on)


def tomorrow() -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=1))
