"""Inputs several forms share."""

from __future__ import annotations

from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString


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


class QuickText(forms.TextInput):
    """One line of text, written without a template of its own: for filters, which stand above every list."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return _written(self, name, value, attrs)


class QuickHidden(forms.HiddenInput):
    """Something carried along, written in the same way."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return _written(self, name, value, attrs)


def _written(widget: forms.widgets.Input, name: str, value: Any, attrs: Any) -> SafeString:
    text = widget.format_value(value)
    said = "" if text is None else f' value="{escape(text)}"'
    given = flatatt(widget.build_attrs(widget.attrs, attrs))
    return SafeString(f'<input type="{widget.input_type}" name="{escape(name)}"{said}{given}>')  # escaped throughout


class QuickSelect(forms.Select):
    """A select written in one go, of plain texts. Django renders a template for every option; lists here have forty."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(each) for each in self.format_value(value)}
        plain = [("" if code is None else str(code), str(label)) for code, label in self.choices]
        options = "".join(
            f'<option value="{escape(code)}"{" selected" if code in chosen else ""}>{escape(label)}</option>'
            for code, label in plain
        )
        given = flatatt(self.build_attrs(self.attrs, attrs))
        return SafeString(f'<select name="{escape(name)}"{given}>{options}</select>')  # everything in it is escaped
