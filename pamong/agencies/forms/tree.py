"""Forms about agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from pamong.agencies.models import Agency
from pamong.common.inputs import DayInput

if TYPE_CHECKING:
    _AgencyChoice = forms.ModelChoiceField[Agency]
else:
    _AgencyChoice = forms.ModelChoiceField


class AgencyChoice(_AgencyChoice):
    """A choice of agencies; each line is its full name, and the short one."""

    def label_from_instance(self, obj: Agency) -> str:
        return f"{obj.name} ({obj.short_name})" if obj.short_name else obj.name


class AgencyForm(forms.Form):
    name = forms.CharField(label="Nama lengkap", max_length=160)
    short_name = forms.CharField(label="Singkatan", max_length=40, required=False)
    kind = forms.ChoiceField(label="Jenis", choices=Agency.Kind.choices)


class NewAgencyForm(AgencyForm):
    parent = AgencyChoice(
        Agency.objects.none(), label="Induk", required=False, empty_label="Tanpa induk (langsung di bawah daerah)",
        help_text="Untuk UPTD, puskesmas, sekolah, atau kelurahan: instansi yang membawahinya.",
    )  # fmt: skip

    def __init__(self, *args: Any, parents: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]


class RenameForm(forms.Form):
    name = forms.CharField(label="Nama baru", max_length=160)
    short_name = forms.CharField(label="Singkatan baru", max_length=40, required=False)
    on = forms.DateField(label="Berlaku sejak", widget=DayInput, initial=timezone.localdate)
    basis = forms.CharField(
        label="Dasar hukum", max_length=200, required=False, help_text="Contoh: Perda Nomor 4 Tahun 2026."
    )


class MoveForm(forms.Form):
    parent = AgencyChoice(
        Agency.objects.none(), label="Induk baru", required=False, empty_label="Tanpa induk (langsung di bawah daerah)"
    )

    def __init__(self, *args: Any, parents: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    on = forms.DateField(label="Berhenti sejak", widget=DayInput, initial=timezone.localdate)
    basis = forms.CharField(
        label="Dasar hukum", max_length=200, required=False, help_text="Contoh: Perda Nomor 4 Tahun 2026."
    )


class MergeForm(CloseForm):
    field_order = ("into", "keep_people", "on", "basis")
    into = AgencyChoice(Agency.objects.none(), label="Digabung ke dalam", empty_label="Pilih instansi")
    keep_people = forms.TypedChoiceField(
        label="Orang-orangnya",
        choices=[("1", "Ikut pindah: peran dan tugas pamong berlanjut di instansi penerus"), ("0", "Berhenti: peran dan tugas pamong di instansi ini berakhir")],
        coerce=lambda value: value == "1",
        initial="1",
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args: Any, successors: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = successors  # type: ignore[attr-defined]
