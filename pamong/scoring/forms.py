"""What is typed about figures: closing, and what the ministry returned."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from pamong.assessments.verification_returned import Returned
from pamong.scoring.queries.returned import ReturnedRow


class CloseForm(forms.Form):
    """The last word before everything is frozen."""

    sure = forms.BooleanField(
        label="Saya mengerti: sesudah ditutup tidak ada yang dapat diubah lagi, dan angkanya disegel."
    )
    leave = forms.BooleanField(
        label="Tutup tanpa menunggu yang belum diputus; semuanya dihitung tidak diterima.", required=False
    )


class IndexForm(forms.Form):
    """The region's index as returned."""

    index = forms.DecimalField(
        label="Indeks", min_value=0, max_value=100, max_digits=5, decimal_places=2, localize=True
    )
    rank = forms.IntegerField(label="Peringkat", min_value=1, max_value=1000, required=False)
    rank_of = forms.IntegerField(label="Dari berapa daerah", min_value=1, max_value=1000, required=False)
    source = forms.CharField(
        label="Dasar", max_length=300, help_text="Nomor dan tanggal keputusan atau surat yang memuat angka ini."
    )


class MaturitiesForm(forms.Form):
    """A maturity for each innovation; those left empty are not recorded."""

    def __init__(self, data: Any = None, *, rows: Sequence[ReturnedRow], top: Decimal) -> None:
        super().__init__(data)
        self.rows = rows
        for row in rows:
            self.fields[f"m{row.code}"] = forms.DecimalField(
                label=f"Kematangan {row.name}", required=False, min_value=0, max_value=top, max_digits=6,
                decimal_places=2, localize=True, initial=row.maturity,
            )  # fmt: skip
            self.fields[f"a{row.code}"] = forms.BooleanField(
                label=f"{row.name} diterima", required=False, initial=row.accepted
            )
            self.fields[f"n{row.code}"] = forms.CharField(
                label=f"Catatan {row.name}", required=False, max_length=300, initial=row.note
            )
            for letter, look in (("m", "form-control"), ("a", "form-check-input"), ("n", "form-control")):
                self.fields[f"{letter}{row.code}"].widget.attrs["class"] = look

    def lines(self) -> list[tuple[ReturnedRow, forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [(row, self[f"m{row.code}"], self[f"a{row.code}"], self[f"n{row.code}"]) for row in self.rows]

    @property
    def returned(self) -> list[Returned]:
        given = self.cleaned_data
        return [
            Returned(row.code, given[f"m{row.code}"], given[f"a{row.code}"], given[f"n{row.code}"])
            for row in self.rows
            if given[f"m{row.code}"] is not None
        ]


class UploadForm(forms.Form):
    """The ministry's table."""

    file = forms.FileField(
        label="Tabel hasil (.xlsx atau .csv)",
        help_text="Judul kolom: Kode atau Nama inovasi, Kematangan, Diterima, Catatan. Paling besar 5 MB.",
    )


class ConfirmForm(forms.Form):
    """The rows of a dry run, sent back to be recorded; they are checked again."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)

    def clean_rows(self) -> list[Returned]:
        try:
            return [
                Returned(str(code), Decimal(str(maturity)), bool(accepted), str(note))
                for code, maturity, accepted, note in json.loads(self.cleaned_data["rows"])
            ]
        except (ValueError, TypeError, ArithmeticError):
            raise forms.ValidationError("Isian ini rusak. Unggah tabelnya sekali lagi.") from None


def packed(rows: Sequence[Returned]) -> str:
    """``rows`` as ``ConfirmForm`` reads them."""
    return json.dumps([[row.entry, str(row.maturity), row.accepted, row.note] for row in rows])
