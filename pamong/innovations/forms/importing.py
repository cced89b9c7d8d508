"""Bringing a table, and naming its columns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pamong.innovations.models import ImportFile
from pamong.innovations.tables import columns
from pamong.innovations.tables.reading import MOST_BYTES

SAMPLES = 3


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="Berkas Excel (.xlsx) atau CSV",
        help_text=f"Baris judul kolom, lalu satu baris untuk setiap inovasi. Paling besar {MOST_BYTES // 1024 // 1024} MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(
                f"Berkas lebih besar dari {MOST_BYTES // 1024 // 1024} MB. Bagi menjadi beberapa berkas."
            )
        return file


class ColumnsForm(forms.Form):
    """For each column of the table, the field it means."""

    def __init__(self, *args: Any, table: ImportFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        choices = [(columns.IGNORE, "Jangan dipakai"), *columns.labels().items()]
        for at, header in enumerate(table.headers):
            samples = [str(row[at + 1]) for row in table.rows if str(row[at + 1]).strip()][:SAMPLES]
            field = forms.ChoiceField(
                label=header or f"Kolom {at + 1} (tanpa judul)",
                choices=choices,
                required=False,
                initial=table.columns[at],
            )
            field.samples = [f"{text[:80]}…" if len(text) > 80 else text for text in samples]  # type: ignore[attr-defined]
            self.fields[f"kolom-{at}"] = field

    @property
    def chosen(self) -> list[str]:
        return [self.cleaned_data.get(name, "") for name in self.fields]
