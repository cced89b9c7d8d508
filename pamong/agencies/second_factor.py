"""A second factor, where the installation demands one of a role (``PAMONG_MFA_ROLES``).

It stands on this floor because who holds which role is known here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from pamong.accounts.models import User
from pamong.agencies.standing import standing

DONE = "second_factor"  # in the session: this sign-in has been found in order
# What is open without a second factor: setting one up, proving one's password for it, leaving, choosing the language.
OPEN = frozenset({"account_logout", "account_reauthenticate", "set_language", "health"})


class SecondFactorMiddleware:
    """Lets a person whose role needs a second factor do nothing else before setting one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.MFA_ROLES or not request.user.is_authenticated or not demanded(request.user):
            return None
        name = request.resolver_match.url_name or ""
        if name.startswith("mfa_"):
            request.session.pop(DONE, None)  # it may be taken off here: the next page looks again
            request.second_factor_demanded = not is_mfa_enabled(request.user)
            return None
        if name in OPEN or _has_one(request):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("mfa_index")})
        return redirect("mfa_index")


def _has_one(request: Any) -> bool:
    """Whether the person has a second factor; asked of the database once a sign-in."""
    if request.session.get(DONE) == request.user.pk:
        return True
    if not is_mfa_enabled(request.user):
        return False
    request.session[DONE] = request.user.pk
    return True


def demanded(user: User) -> bool:
    """Whether a role ``user`` holds today demands a second factor in this installation."""
    return any(seat.role in settings.MFA_ROLES for seat in standing(user).seats)
