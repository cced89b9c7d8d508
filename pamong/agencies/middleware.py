"""Every page under ``/<region>/`` works inside that region, and inside no other."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django_scopes import scope

from pamong.agencies.models import Region
from pamong.agencies.standing import standing


class RegionMiddleware:
    """Turns the ``region`` part of the address into ``request.region`` and the tenant scope of the whole request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as stack:
            request.scopes = stack  # type: ignore[attr-defined]
            request.region = None  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        slug = kwargs.pop("region", None)
        if slug is None:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        region = Region.objects.filter(slug=slug, is_active=True).first()
        if region is None or not standing(request.user).belongs_to(region):
            raise Http404
        request.region = region
        request.scopes.enter_context(scope(region=region))
        return None
