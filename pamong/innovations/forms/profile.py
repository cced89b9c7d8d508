"""The full profile: every field with help and an example, none demanded, all well formed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from pamong.common.inputs import QuickSelect
from pamong.engine.words import count_words
from pamong.innovations import checks, merge, rules, texts
from pamong.innovations.forms.inputs import DayField, PlaceField, TextField
from pamong.innovations.models import Innovation

MINE, THEIRS = "punyaku", "punyanya"
_NONE = ("", "Belum dipilih")
_ONLY_APPLIED = ("applied_on", "developed_on", "development")


class ProfileForm(forms.Form):
    """One form for the whole profile; ``base_version`` says which version the writer had before them."""

    base_version = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, innovation: Innovation, clashes: tuple[merge.Clash, ...] = (), **kwargs: Any
    ) -> None:
        kwargs["initial"] = initial_of(innovation) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.innovation, self.clashes = innovation, clashes
        for section in texts.SECTIONS:
            for name in section.fields:
                if name not in _ONLY_APPLIED or checks.is_applied(innovation):
                    self.fields[name] = _field(name, innovation)

    # -- what the page asks ----------------------------------------------------------------------------------------

    def sections(self) -> Iterator[tuple[texts.Section, list[BoundField]]]:
        """The sections in order, each with its fields as they are in this form."""
        for section in texts.SECTIONS:
            yield section, [self[name] for name in section.fields if name in self.fields]

    @property
    def design_words(self) -> int:
        """How many words the six parts hold as they stand in the form."""
        return sum(count_words(str(self[part].value() or "")) for part in Innovation.DESIGN_PARTS)

    # -- what the act needs ----------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._place(data)
        known = {field: data.get(field) for field in Innovation.PROFILE if field in data}
        for field, reason in checks.profile_faults({"name": " ", **known}).items():
            if field not in self.errors:
                self.add_error(field if field in self.fields else None, reason)
        return data

    def _place(self, data: dict[str, Any]) -> None:
        if "coordinate" in data:
            data["latitude"], data["longitude"] = data["coordinate"] or (None, None)

    def values(self) -> dict[str, Any]:
        """The profile fields that were sent, without those where the writer chose the other's text."""
        left = {clash for clash in self.data if self.data.get(clash) == THEIRS and clash.startswith("pilih-")}
        skipped = {name.removeprefix("pilih-") for name in left}
        return {
            field: self.cleaned_data[field]
            for field in Innovation.PROFILE
            if field in self.cleaned_data and self._sent(field) and merge.unit_of(field) not in skipped
        }

    def _sent(self, field: str) -> bool:
        """A box of check marks sends nothing when empty; anything else not sent was not on the page."""
        return field == "other_affairs" or merge.unit_of(field) in self.data

    def typed(self) -> dict[str, str | list[str]]:
        """What stands in the form, as typed: for a draft."""
        return typed(self.data, self.fields)


def typed(data: Any, fields: Any) -> dict[str, str | list[str]]:
    """The values of ``data`` for ``fields``, as strings; lists for boxes of check marks."""
    many = {"other_affairs"}
    return {
        name: data.getlist(name) if name in many else data.get(name, "")
        for name in fields
        if name != "base_version" and (name in data or name in many)
    }


def initial_of(innovation: Innovation) -> dict[str, Any]:
    """The stored profile as a form shows it."""
    values = {field: getattr(innovation, field) for field in Innovation.PROFILE}
    return values | {"base_version": innovation.version, "coordinate": place(innovation)}


def place(innovation: Innovation) -> str:
    if innovation.latitude is None or innovation.longitude is None:
        return ""
    return f"{innovation.latitude}, {innovation.longitude}"


def _field(name: str, innovation: Innovation) -> forms.Field:
    told = texts.about(name)
    common: dict[str, Any] = {"label": told.label, "help_text": told.help, "required": False}
    made = _made(name, innovation, common)
    made.example = told.example  # type: ignore[attr-defined]
    return made


def _made(name: str, innovation: Innovation, common: dict[str, Any]) -> forms.Field:
    if name == "coordinate":
        return PlaceField(max_length=600, **common)
    if name == "other_affairs":
        return forms.MultipleChoiceField(
            choices=_with_stored(rules.choices(name), innovation.other_affairs, name),
            widget=forms.CheckboxSelectMultiple,
            **common,
        )
    if name in rules.LISTS:
        stored = [getattr(innovation, name)] if getattr(innovation, name) else []
        offered = [_NONE, *_with_stored(rules.choices(name), stored, name)]
        return forms.ChoiceField(choices=offered, widget=QuickSelect, **common)
    column: Any = Innovation._meta.get_field(name)
    if column.choices:
        return forms.ChoiceField(choices=[_NONE, *column.choices], widget=QuickSelect, **common)
    if column.get_internal_type() == "DateField":
        return DayField(native=True, **common)
    if column.get_internal_type() == "TextField":
        counted = name in Innovation.DESIGN_PARTS
        return TextField(rows=6 if counted else 3, counted=counted, **common)
    return forms.CharField(max_length=column.max_length, **(common | {"required": name == "name"}))


def _with_stored(offered: list[tuple[str, str]], stored: list[str], field: str) -> list[tuple[str, str]]:
    """A code of another year stays choosable, or saving would lose it."""
    known = {code for code, _label in offered}
    return offered + [(code, f"{rules.label(field, code)} (daftar tahun lain)") for code in stored if code not in known]
