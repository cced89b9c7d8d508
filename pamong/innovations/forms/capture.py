"""The one-minute form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from pamong.agencies.models import Agency
from pamong.innovations.forms.inputs import DayField, TextField

YES, NO = "ya", "belum"


class CaptureForm(forms.Form):
    """Enough for an innovation to exist."""

    name = forms.CharField(
        label="Nama inovasi",
        max_length=200,
        help_text="Nama yang dipakai sehari-hari. Nanti harus sama dengan nama dalam SK atau Perkada.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agency: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="Perangkat daerah", queryset=Agency.objects.none(), empty_label="Pilih …"
    )
    changed = TextField(
        label="Apa yang berubah?",
        help_text="Satu dua kalimat: dahulu bagaimana, sekarang bagaimana.",
        rows=3,
        required=True,
    )
    running = forms.ChoiceField(
        label="Sudah berjalan?",
        choices=[(YES, "Sudah berjalan"), (NO, "Belum, masih gagasan atau persiapan")],
        widget=forms.RadioSelect,
    )
    since = DayField(
        label="Sejak kapan berjalan?",
        required=False,
        help_text="Bulan dan tahun sudah cukup. Kosongkan bila belum berjalan.",
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["agency"]
        choice.queryset = agencies  # type: ignore[attr-defined]
        self.fields["name"].example = "Jam Tangan (Jadwal Antre Mandiri Tanpa Antrean)"  # type: ignore[attr-defined]
        self.fields["changed"].example = (  # type: ignore[attr-defined]
            "Dahulu lampu dan AC kantor menyala sampai malam; sekarang petugas piket mematikannya pukul 16.00, "
            "tagihan listrik turun seperlima."
        )
        self.fields["since"].example = "Juni 2025, atau 3 Juni 2025"  # type: ignore[attr-defined]
        only = list(agencies[:2])
        if len(only) == 1:
            self.initial.setdefault("agency", only[0].pk)
            choice.empty_label = None  # type: ignore[attr-defined]

    @property
    def already_running(self) -> bool:
        return bool(self.cleaned_data["running"] == YES)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since = data.get("since")
        if data.get("running") == YES and since is None and "since" not in self.errors:
            self.add_error("since", "Tulis sejak kapan inovasi ini berjalan, misalnya Juni 2025.")
        if since is not None and since > timezone.localdate():
            self.add_error("since", "Tanggal ini belum terjadi. Bila belum berjalan, pilih “Belum” dan kosongkan.")
        return data
