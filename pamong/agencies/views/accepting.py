"""The page behind an invitation's link."""

from __future__ import annotations

from typing import Any

from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from pamong.accounts.models import User
from pamong.accounts.roles import ROLES, Role
from pamong.agencies import policies
from pamong.agencies.actions import inviting
from pamong.agencies.forms.people import NewPersonForm
from pamong.agencies.http import answer
from pamong.agencies.models import Invitation
from pamong.agencies.queries import people

PAGE = "agencies/invitation.html"
# Tokens have 256 bits; the limit only keeps a machine from trying for hours. An office shares one address, hence the room.
RATE = {"invitation": "60/m/ip"}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@sensitive_post_parameters("password", "again")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the role a link holds out: as a new person, or as the one who is already known by that address."""
    if not consume(request, app="pamong", action="invitation", config=RATE, limit_get=True):
        return render(request, PAGE, {"busy": True}, status=429)
    held = people.invitation(token)
    if held is None:
        raise Http404
    context = _context(held)
    permit = policies.can_accept(held)
    if not permit and request.method != "POST":
        return render(request, PAGE, context | {"reasons": permit.reasons}, status=410)
    if request.user.is_authenticated:
        return _confirm(request, held, context)
    if people.account(held.email) and not held.accepted_at:
        return render(request, PAGE, context | {"known": True, "sign_in": redirect_to_login(request.path).url})
    return _join(request, held, context)


def _context(held: Invitation) -> dict[str, Any]:
    return {"invitation": held, "role": ROLES[Role(held.role)]}


def _confirm(request: HttpRequest, held: Invitation, context: dict[str, Any]) -> HttpResponse:
    """Somebody is signed in: the invited person confirms, anybody else is told to change accounts."""
    assert isinstance(request.user, User)  # noqa: S101 - said by the caller
    person = request.user
    if person.email != held.email:
        return render(request, PAGE, context | {"other": True}, status=200 if request.method == "GET" else 409)
    if request.method != "POST":
        return render(request, PAGE, context | {"confirm": True})
    inviting.accept(held, by=person)
    messages.success(request, _("Undangan diterima. Selamat bekerja."))
    return redirect("home")


def _join(request: HttpRequest, held: Invitation, context: dict[str, Any]) -> HttpResponse:
    """A new person names themselves, sets a password, and is in."""

    def act(data: dict[str, Any]) -> User:
        data.pop("again")
        return inviting.accept_as_new(held, **data)

    def done(person: User) -> HttpResponse:
        login(request, person, backend=BACKEND)
        messages.success(request, _("Selamat datang. Akun Anda siap dipakai."))
        return redirect("home")

    form = NewPersonForm(request.POST or None, email=held.email, initial={"name": held.name})
    return answer(request, form, act=act, done=done, template=PAGE, context=context | {"join": True})
