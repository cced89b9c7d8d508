"""A file of boundaries, read here as far as its form goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from pamong.common.inputs import FileInput
from pamong.engine import boundaries

LARGEST = 12 * 1024 * 1024
TOO_LARGE = (
    "Berkasnya lebih dari {most} MB. Sederhanakan garis batasnya lebih dahulu (misalnya dengan QGIS atau mapshaper.org), "
    "atau bagi per provinsi."
)


class BoundariesForm(forms.Form):
    """``found`` are the shapes of a file that is well formed."""

    file = forms.FileField(
        label="Berkas GeoJSON", widget=FileInput(accept=".geojson,.json,application/geo+json", max_bytes=LARGEST),
        help_text="Polygon atau MultiPolygon per daerah, dalam derajat (WGS 84), dengan properti “code” berisi kode "
        "Kemendagri, misalnya 33.71. Paling besar 12 MB; garis yang terlalu rinci disederhanakan.",
    )  # fmt: skip
    source = forms.CharField(
        label="Sumber", required=False, max_length=200,
        help_text="Tampil di bawah peta. Contoh: Badan Informasi Geospasial, 2024. Kosongkan bila berkasnya menyebutkan sendiri.",
    )  # fmt: skip
    licence = forms.CharField(label="Lisensi", required=False, max_length=200, help_text="Contoh: CC BY 4.0.")

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(TOO_LARGE.format(most=LARGEST // 1024 // 1024))
        self.found = boundaries.read(file.read())
        if self.found.faults:
            raise forms.ValidationError(list(self.found.faults[:20]))
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "file" in data:
            data["source"] = data.get("source") or self.found.source
            data["licence"] = data.get("licence") or self.found.licence
        return data
