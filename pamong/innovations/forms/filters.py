"""What a list is narrowed to. Nonsense in an address narrows nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django import forms

from pamong.common.inputs import QuickHidden, QuickSelect, QuickText
from pamong.innovations import rules
from pamong.innovations.models import Innovation
from pamong.innovations.queries import SORTS, Filters, Offered
from pamong.innovations.states import Stage

ANY = ("", "Semua")


class FilterForm(forms.Form):
    """A plain GET form."""

    q = forms.CharField(label="Cari", required=False, max_length=100, widget=QuickText(attrs={"type": "search"}))
    instansi = forms.ChoiceField(label="Perangkat daerah", required=False, widget=QuickSelect)
    tahapan = forms.ChoiceField(label="Tahapan", required=False, choices=[ANY, *Stage.choices], widget=QuickSelect)
    jenis = forms.ChoiceField(
        label="Jenis", required=False, choices=[ANY, *Innovation.Kind.choices], widget=QuickSelect
    )
    urusan = forms.ChoiceField(label="Urusan", required=False, widget=QuickSelect)
    urut = forms.ChoiceField(required=False, choices=[(key, key) for key in SORTS], widget=QuickHidden)

    def __init__(self, *args: Any, agencies: Callable[[], list[Offered]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = cache(agencies)  # asked once, and only if they are shown or one is chosen
        self.fields["instansi"].choices = self._named  # type: ignore[attr-defined]
        self.fields["urusan"].choices = [ANY, *rules.choices("affair")]  # type: ignore[attr-defined]

    def _named(self) -> list[tuple[str, str]]:
        return [ANY, *((each.slug, each.short_name or each.name) for each in self.agencies())]

    def _path(self, slug: str) -> str:
        return next(each.path for each in self.agencies() if each.slug == slug) if slug else ""

    @property
    def filters(self) -> Filters:
        """What was understood; fields that were not are left at everything."""
        self.is_valid()
        said = self.cleaned_data
        return Filters(
            text=said.get("q", ""),
            agency=self._path(said.get("instansi", "")),
            stage=said.get("tahapan", ""),
            kind=said.get("jenis", ""),
            affair=said.get("urusan", ""),
            sort=said.get("urut") or "nama",
        )

    @property
    def narrows(self) -> bool:
        return any(self.filters[:-1])
