"""Forms about regions: what they are, how they work, what their agencies owe."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from pamong.agencies.models import Agency, Region
from pamong.common.inputs import FileInput

CODE = re.compile(r"\d{2}(\.\d{2})?")
LARGEST_CSV = 2 * 1024 * 1024


class RegionForm(forms.Form):
    name = forms.CharField(label="Nama", max_length=120, help_text="Contoh: Kota Magelang.")
    kind = forms.ChoiceField(label="Jenis", choices=Region.Kind.choices)
    province_code = forms.RegexField(
        r"^\d{2}$", label="Kode provinsi", required=False, max_length=2, help_text="Dua angka, contoh: 33."
    )
    latitude = forms.FloatField(label="Lintang", required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(label="Bujur", required=False, min_value=-180, max_value=180)
    population = forms.IntegerField(label="Jumlah penduduk", required=False, min_value=0, max_value=500_000_000)


class NewRegionForm(RegionForm):
    field_order = ("code", "name", "kind")
    code = forms.RegexField(
        rf"^{CODE.pattern}$",
        label="Kode wilayah",
        max_length=5,
        help_text="Kode Kemendagri, contoh: 33.71 (provinsi: 33).",
    )


class RulesForm(forms.Form):
    endorsement_required = forms.BooleanField(
        label="Kepala perangkat daerah mengesahkan sebelum verifikasi", required=False,
        help_text="Bila dimatikan, yang diajukan operator langsung masuk antrean verifikasi.",
    )  # fmt: skip
    verification_days = forms.IntegerField(
        label="Tenggat verifikasi (hari)",
        min_value=1,
        max_value=90,
        help_text="Dihitung sejak diajukan. 1 sampai 90 hari.",
    )
    notice = forms.CharField(
        label="Pengumuman", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tampil di beranda daerah bagi semua orang yang bertugas di daerah ini. Kosongkan bila tidak ada.",
    )  # fmt: skip


class TargetsForm(forms.Form):
    """One pair of fields per kind of agency; an empty minimum owes nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in Agency.Kind.choices:
            self.fields[f"minimum_{kind}"] = forms.IntegerField(
                label=f"{label}: sedikitnya", required=False, min_value=1, max_value=99
            )
            self.fields[f"basis_{kind}"] = forms.CharField(label=f"{label}: dasar", required=False, max_length=200)

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "minimum": self[f"minimum_{kind}"], "basis": self[f"basis_{kind}"]}
            for kind, label in Agency.Kind.choices
        ]

    def targets(self) -> dict[str, tuple[int, str]]:
        """Kind → (minimum, basis), of the kinds that owe something."""
        data = self.cleaned_data
        return {
            kind: (data[f"minimum_{kind}"], data[f"basis_{kind}"])
            for kind in Agency.Kind.values
            if data.get(f"minimum_{kind}")
        }


class RegionsFileForm(forms.Form):
    """A CSV of regions, read here as far as its form goes: ``rows`` are ready to be brought in."""

    file = forms.FileField(
        label="Berkas CSV", widget=FileInput(accept=".csv,text/csv", max_bytes=LARGEST_CSV),
        help_text="Baris pertama judul kolom: code,name,kind,province_code,latitude,longitude,population. Tiga yang pertama wajib.",
    )  # fmt: skip

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_CSV:
            raise forms.ValidationError("Berkasnya lebih dari 2 MB. Bagi menjadi beberapa berkas.")
        self.rows, faults = read_regions(file.read())
        if faults:
            raise forms.ValidationError(faults[:20])
        return file


def read_regions(content: bytes) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows of a CSV of regions as ``actions.regions.bring`` wants them, and what is wrong with the file, by line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], ["Berkas bukan teks UTF-8. Simpan ulang dari Excel sebagai “CSV UTF-8”."]
    text = text.replace("\x00", "")
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    missing = {"code", "name", "kind"} - set(reader.fieldnames or ())
    if missing:
        return [], [f"Kolom {', '.join(sorted(missing))} tidak ada di baris judul."]
    rows, faults, seen = [], [], set()
    for line, raw in enumerate(reader, 2):
        row, wrong = _region(raw)
        if row.get("code") in seen:
            wrong.append("kode wilayah muncul dua kali")
        seen.add(row.get("code"))
        rows.append(row)
        faults += [f"Baris {line}: {one}." for one in wrong]
    return rows, faults


def _region(raw: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    value = {
        key: (text or "").strip() for key, text in raw.items() if isinstance(key, str) and isinstance(text, str | None)
    }
    row: dict[str, Any] = {field: value.get(field, "") for field in ("code", "name", "kind")}
    wrong = []
    if not CODE.fullmatch(row["code"]):
        wrong.append("kode wilayah harus seperti 33.71 atau 33")
    if not 0 < len(row["name"]) <= 120:
        wrong.append("nama kosong atau lebih dari 120 huruf")
    if row["kind"] not in Region.Kind.values:
        wrong.append("jenis harus provinsi, kabupaten, atau kota")
    row["province_code"] = value.get("province_code") or row["code"][:2]
    for field, limit in (("latitude", 90), ("longitude", 180), ("population", 500_000_000)):
        if value.get(field):
            number = _number(value[field], limit)
            if number is None:
                wrong.append(f"{field} bukan angka yang mungkin")
            else:
                row[field] = int(number) if field == "population" else float(number)
    return row, wrong


def _number(text: str, limit: int) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) <= limit else None
