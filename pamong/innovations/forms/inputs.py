"""Inputs that take what people really type."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pamong.innovations import coordinates, dates

LONGEST_TEXT = 20_000


class DayField(forms.CharField):
    """A date typed in words or figures; month and year suffice. Gives a ``date`` or ``None``."""

    def __init__(self, *, native: bool = False, **options: Any) -> None:
        self.native = native
        attrs = {"type": "date", "max": "2100-12-31"} if native else {"autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=60, **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat() if self.native else f"{value.day}/{value.month}/{value.year}"
        return value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return dates.parse(text)
        except dates.NotADate as fault:
            raise ValidationError(str(fault)) from None


class TextField(forms.CharField):
    """A long text. Line ends are made one kind, so that an untouched text stays equal to the stored one."""

    def __init__(self, *, rows: int = 5, counted: bool = False, **options: Any) -> None:
        super().__init__(
            widget=forms.Textarea(attrs={"rows": rows, **({"data-wordcount": "1"} if counted else {})}),
            required=options.pop("required", False),
            max_length=LONGEST_TEXT,
            **options,
        )

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n").strip()


class PlaceField(forms.CharField):
    """Coordinates as two numbers or a map link. Gives ``(latitude, longitude)`` or ``None``."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return coordinates.parse(text)
        except coordinates.NotAPlace as fault:
            raise ValidationError(str(fault)) from None
