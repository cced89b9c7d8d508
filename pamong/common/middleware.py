"""What every request shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from pamong.common.permit import Refused


class LanguageMiddleware:
    """Speaks Indonesian unless the person chose English on a page that has it.

    The browser's own preference is not asked: most browsers in an Indonesian office are set to English by whoever sold
    them. Work inside a region is Indonesian only, like the rules and documents it is about.
    """

    INDONESIAN_ONLY = ("/situs/", "/komponen/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self._speak(request, self._chosen(request))
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if "region" in kwargs or request.path.startswith(self.INDONESIAN_ONLY):
            self._speak(request, "id")

    def _chosen(self, request: HttpRequest) -> str:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    def _speak(self, request: HttpRequest, language: str) -> None:
        translation.activate(language)
        request.LANGUAGE_CODE = language


class RefusedMiddleware:
    """Shows a refusal no view has answered itself as a page with its reasons (status 409)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "refused.html", {"reasons": exception.reasons}, status=409)
        return None
