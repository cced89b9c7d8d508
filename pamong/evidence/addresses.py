"""Short-lived addresses of files: whoever was let in at the door gets one, and nobody else can use it.

An address is signed, and bound to the person and the session it was made for. Within its time it is always the same, so that
a browser which has the file already need not fetch it again. When it is over, it leads the person back to the door, where
they are asked anew.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from pamong.evidence.models import Version

SALT = "pamong.evidence.address"


@dataclass(frozen=True, slots=True)
class Address:
    """What an address says: which version, the door it was got at, and whether it may still be used here."""

    version: int
    door: str
    is_valid: bool


def of(request: HttpRequest, version: Version, door: str) -> str:
    """An address for ``version``. The caller has asked whether this person may read it, at ``door``."""
    window = settings.FILE_LINK_SECONDS
    until = (int(time.time()) // window + 2) * window
    said = [version.pk, request.user.pk, _session(request), until, door]
    token = signing.Signer(salt=SALT).sign_object(said)
    return reverse("documents:opened", args=[version.region.slug, token])


def read(request: HttpRequest, token: str) -> Address | None:
    """What ``token`` says; ``None`` if we did not sign it, or not for this person."""
    try:
        version, person, session, until, door = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if person != request.user.pk:
        return None
    return Address(version, door, session == _session(request) and time.time() < until)


def _session(request: HttpRequest) -> str:
    """A mark of the session that tells nothing about it."""
    return salted_hmac(SALT, request.session.session_key or "").hexdigest()[:16]
