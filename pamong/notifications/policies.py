"""Who may look into the outbox and send again."""

from __future__ import annotations

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Region
from pamong.agencies.standing import standing
from pamong.common.permit import YES, Permit, no
from pamong.notifications.models import Message


def can_read(user: User, region: Region | None) -> Permit:
    """The outbox of ``region``, or (``None``) of the whole site."""
    who = standing(user)
    may = who.may_in(Permission.READ_TRAIL, region) if region else who.may(Permission.MANAGE_SITE)
    return YES if may else no("Hanya administrator yang dapat melihat pesan keluar.")


def can_resend(user: User, message: Message) -> Permit:
    """Only what failed is sent again."""
    who = standing(user)
    own = message.region is not None and who.may_in(Permission.MANAGE_PEOPLE, message.region)
    if not (own or who.may(Permission.MANAGE_SITE)):
        return no("Hanya administrator yang dapat mengirim ulang pesan.")
    if message.state == Message.State.SENT:
        return no("Pesan ini sudah terkirim. Bila belum tiba, mintalah penerima memeriksa kotak spam.")
    return YES
