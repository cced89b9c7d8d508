"""Invitations with the message that carries their link: wraps the acts of ``agencies``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.db import transaction

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.agencies.actions import inviting
from pamong.agencies.actions.people import described
from pamong.agencies.models import Agency, Invitation, Region
from pamong.agencies.queries.people import account
from pamong.notifications.actions.outbox import post

Link = Callable[[str], str]

BODY = """Yth. {name},

{by} mengundang Anda ke Pamong sebagai {role}.

Buka tautan ini untuk menerima (berlaku sampai {until}, hanya untuk Anda):
{link}

Bila Anda tidak mengenal pengirimnya, abaikan pesan ini.
"""


@transaction.atomic
def invite(
    *, by: User, link: Link, email: str, name: str, role: Role, region: Region | None, agency: Agency | None
) -> Invitation:
    """Hold out a role and send the link; ``link`` turns a token into an address. As ``agencies.actions.inviting.invite``."""
    made = inviting.invite(by=by, email=email, name=name, role=role, region=region, agency=agency)
    _send(made, by, link)
    return made


@transaction.atomic
def renew(invitation: Invitation, *, by: User, link: Link) -> Invitation:
    """A new link, sent again."""
    renewed = inviting.renew(invitation, by=by)
    _send(renewed, by, link)
    return renewed


def _send(invitation: Invitation, by: User, link: Link) -> None:
    role = described(Role(invitation.role), invitation.region, invitation.agency)
    body = BODY.format(
        name=invitation.name,
        by=by,
        role=role,
        until=f"{invitation.expires_at:%d-%m-%Y}",
        link=link(invitation.token),
    )
    # The key names the link without giving it away.
    key = f"invitation:{invitation.pk}:{hashlib.sha256(invitation.token.encode()).hexdigest()[:16]}"
    post(
        invitation.email,
        f"Undangan ke Pamong sebagai {role}",
        body,
        person=account(invitation.email),
        region=invitation.region,
        key=key,
    )
