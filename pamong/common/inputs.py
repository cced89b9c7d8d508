"""Inputs several forms share."""

from __future__ import annotations

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A date chosen with the browser's own calendar, which wants ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class FileInput(forms.FileInput):
    """A file; one larger than ``max_bytes`` is refused in the browser at once (and by the server anyway)."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, max_bytes: int = 0, accept: str = "") -> None:
        own: dict[str, Any] = {"data-max-bytes": max_bytes} if max_bytes else {}
        if accept:
            own["accept"] = accept
        super().__init__(own | (attrs or {}))


class TextArea(forms.Textarea):
    """Several lines, with a counter when ``words_min`` or ``words_max`` (words) is given."""

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, rows: int = 5, words_min: int = 0, words_max: int = 0
    ) -> None:
        own: dict[str, Any] = {"rows": rows}
        if words_min:
            own["data-words-min"] = words_min
        if words_max:
            own["data-words-max"] = words_max
        super().__init__(own | (attrs or {}))
