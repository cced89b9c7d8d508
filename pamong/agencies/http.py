"""A request as the views of a region, or of the site, see it; and how a page answers a form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Region
from pamong.agencies.standing import standing
from pamong.common.permit import YES, Permit, Refused

P = ParamSpec("P")
T = TypeVar("T")


class RegionRequest(HttpRequest):
    """``RegionMiddleware`` guarantees both."""

    user: User
    region: Region


class SiteRequest(HttpRequest):
    """``for_site`` guarantees an administrator of the site."""

    user: User


def for_site(
    view: Callable[Concatenate[SiteRequest, P], HttpResponse],
) -> Callable[Concatenate[SiteRequest, P], HttpResponse]:
    """Opens a page to administrators of the site only; to others it does not exist."""

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not standing(request.user).may(Permission.MANAGE_SITE):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def asked(request: HttpRequest, name: str, most: int = 100) -> str:
    """What a filter of a list asks for: trimmed, of bounded length, without the null character databases refuse."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:most]


def answer(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    act: Callable[[dict[str, Any]], T],
    done: Callable[[T], HttpResponse],
    template: str,
    context: dict[str, Any],
    permit: Permit = YES,
) -> HttpResponse:
    """Show ``form``; when it was sent and is well formed, do ``act`` with its data and answer with ``done``.

    A refusal shows the form again with what was typed and the reasons (409), an ill-formed one with its errors (422). Without ``permit`` not even the form is shown.
    """
    permit.require()
    status, reasons = 200, tuple[str, ...]()
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return done(act(form.cleaned_data))
            except Refused as refused:
                status, reasons = 409, refused.reasons
    return render(request, template, {"form": form, "reasons": reasons, **context}, status=status)
