"""What a list is narrowed to. Nonsense in an address narrows nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from pamong.agencies.models import Agency
from pamong.common.inputs import QuickHidden, QuickSelect, QuickText
from pamong.innovations import rules
from pamong.innovations.models import Innovation
from pamong.innovations.queries import SORTS, Filters
from pamong.innovations.states import Stage

ANY = ("", "Semua")


class FilterForm(forms.Form):
    """A plain GET form."""

    q = forms.CharField(label="Cari", required=False, max_length=100, widget=QuickText(attrs={"type": "search"}))
    instansi: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="Perangkat daerah",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Semua",
        to_field_name="slug",
        widget=QuickSelect,
    )
    tahapan = forms.ChoiceField(label="Tahapan", required=False, choices=[ANY, *Stage.choices], widget=QuickSelect)
    jenis = forms.ChoiceField(
        label="Jenis", required=False, choices=[ANY, *Innovation.Kind.choices], widget=QuickSelect
    )
    urusan = forms.ChoiceField(label="Urusan", required=False, widget=QuickSelect)
    urut = forms.ChoiceField(required=False, choices=[(key, key) for key in SORTS], widget=QuickHidden)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only what is shown and asked: a region has dozens of agencies, written in the filter of every list.
        self.fields["instansi"].queryset = agencies.only("slug", "name", "short_name", "path")  # type: ignore[attr-defined]
        self.fields["urusan"].choices = [ANY, *rules.choices("affair")]  # type: ignore[attr-defined]

    @property
    def filters(self) -> Filters:
        """What was understood; fields that were not are left at everything."""
        self.is_valid()
        said = self.cleaned_data
        return Filters(
            text=said.get("q", ""),
            agency=said.get("instansi"),
            stage=said.get("tahapan", ""),
            kind=said.get("jenis", ""),
            affair=said.get("urusan", ""),
            sort=said.get("urut") or "nama",
        )

    @property
    def narrows(self) -> bool:
        return any(self.filters[:-1])
