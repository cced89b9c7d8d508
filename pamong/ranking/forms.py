"""What is typed about published results."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from pamong.common.inputs import FileInput
from pamong.engine.composite.spec import Aggregate, Alternatives, Spec
from pamong.engine.composite.spec_input import read_spec
from pamong.engine.composite.table import read_table
from pamong.engine.strict_json import InputRefused
from pamong.ranking import queries
from pamong.ranking.models import Series
from pamong.ranking.tables import MAX_BYTES, Given

FIRST_YEAR, LAST_YEAR = 2010, 2100
CSV = ".csv,text/csv"
Choices = Sequence[tuple[Any, str]]


class ResultsForm(forms.Form):
    """A table of results, with where it comes from."""

    series = forms.ModelChoiceField(
        queryset=Series.objects.none(), label="Seri", to_field_name="code", empty_label="Pilih …",
        help_text="Satu seri satu cara mengukur. Hasil dengan cara lain dicatat pada seri lain.",
    )  # fmt: skip
    year = forms.IntegerField(label="Tahun", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    source = forms.CharField(
        label="Sumber", max_length=400, help_text="Nomor keputusan, atau alamat halaman yang memuat angkanya."
    )
    regions = forms.IntegerField(
        label="Jumlah daerah yang dinilai", required=False, min_value=1, max_value=2000,
        help_text="Menurut sumbernya. Kosongkan bila tidak disebut; tabel yang kurang dari ini ditandai belum lengkap.",
    )  # fmt: skip
    file = forms.FileField(
        label="Berkas CSV", widget=FileInput(accept=CSV, max_bytes=MAX_BYTES),
        help_text="Judul kolom: kode, nama, nilai; boleh juga peringkat, di antara, sumber. Paling besar 2 MB.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].queryset = queries.every_series()  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """A dry run sent back to be recorded; the rows are checked again by the database and the series."""

    series = forms.ModelChoiceField(queryset=Series.objects.none(), to_field_name="code", widget=forms.HiddenInput)
    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, widget=forms.HiddenInput)
    source = forms.CharField(max_length=400, widget=forms.HiddenInput)
    regions = forms.IntegerField(required=False, min_value=1, max_value=2000, widget=forms.HiddenInput)
    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    rows = forms.CharField(max_length=2_000_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].queryset = queries.every_series()  # type: ignore[attr-defined]

    def clean_rows(self) -> list[Given]:
        try:
            return [_row(row) for row in json.loads(self.cleaned_data["rows"])]
        except (ValueError, TypeError, ArithmeticError):
            raise forms.ValidationError("Isian ini rusak. Unggah berkasnya sekali lagi.") from None


def _row(row: Any) -> Given:
    code, name, value, rank, among, source = row
    number = Decimal(str(value))
    if not (number.is_finite() and 0 <= number < 10**7 and (rank is None or type(rank) is int)):
        raise ValueError("not a result")
    return Given(str(code)[:10], str(name)[:120], number, rank, str(among)[:80], str(source)[:400])


def packed(rows: Sequence[Given]) -> str:
    """``rows`` as ``ConfirmForm`` reads them."""
    return json.dumps([[r.code, r.name, str(r.value), r.rank, r.rank_among, r.source] for r in rows])


def digest_of(content: bytes) -> str:
    """The mark by which the file can be recognised."""
    return hashlib.sha256(content).hexdigest()


class SeriesForm(forms.Form):
    """A measure, and how it measures."""

    name = forms.CharField(label="Nama", max_length=120, help_text="Contoh: Indeks Daya Saing Daerah (metode BRIN).")
    code = forms.SlugField(label="Kode", max_length=40, help_text="Huruf kecil, angka, dan tanda hubung: idsd-brin.")
    unit = forms.CharField(label="Satuan", max_length=40, help_text="Contoh: indeks 0–100, atau poin.")
    top = forms.DecimalField(
        label="Nilai tertinggi", required=False, min_value=1, max_value=9_999_999, max_digits=9, decimal_places=2,
        help_text="Kosongkan bila tidak ada batasnya.",
    )  # fmt: skip
    method = forms.CharField(
        label="Cara mengukur", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Siapa mengukur, dengan apa, dan mengapa tidak dapat dibandingkan dengan seri lain.",
    )  # fmt: skip


class ClusterForm(forms.Form):
    """A cluster and its members."""

    name = forms.CharField(label="Nama", max_length=120, help_text="Contoh: Daerah tertinggal 2020–2024.")
    code = forms.SlugField(
        label="Kode", max_length=40, help_text="Huruf kecil, angka, dan tanda hubung: tertinggal-2020."
    )
    source = forms.CharField(label="Dasar", max_length=400, help_text="Contoh: Perpres 63 Tahun 2020.")
    file = forms.FileField(
        label="Berkas CSV", widget=FileInput(accept=CSV, max_bytes=MAX_BYTES),
        help_text="Judul kolom: kode. Satu kode wilayah tiap baris. Daftar yang baru menggantikan yang lama.",
    )  # fmt: skip

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError("Berkasnya lebih dari 2 MB.")
        return file

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code in {group.code for group in queries.groups()[:4]}:
            raise forms.ValidationError("Kode ini sudah berarti jenis daerah. Pilih kode lain.")
        return code


DRAWS = ((1000, "1.000"), (10_000, "10.000"), (20_000, "20.000"))
QUICK = 250_000_000  # numbers weighed: 10,000 draws of 552 regions and 36 indicators are 199 million
MOST_FAULTS = 10
IDSD = Path(__file__).with_name("idsd.json")


class _Drawn(forms.Form):
    """What every computation by chance is asked."""

    draws = forms.TypedChoiceField(
        label="Banyak undian", choices=DRAWS, coerce=int, initial=10_000,
        help_text="Makin banyak makin halus, makin lama.",
    )  # fmt: skip
    seed = forms.IntegerField(
        label="Benih", min_value=0, max_value=2**31 - 1, initial=1,
        help_text="Benih yang sama dengan data yang sama memberi hasil yang persis sama.",
    )  # fmt: skip


class _Doubtful(_Drawn):
    """What about levels, verdicts and weights may be otherwise."""

    lowered = forms.FloatField(
        label="Peluang klaim yang belum dinilai turun satu tingkat (%)", min_value=0, max_value=100, localize=True
    )
    rejected = forms.FloatField(
        label="Peluang inovasi yang belum diputus ditolak (%)", min_value=0, max_value=100, localize=True
    )
    margin = forms.FloatField(
        label="Ketelitian angka indikator daerah (± %)", min_value=0, max_value=50, initial=2, localize=True,
        help_text="Angka yang sedekat ini dengan batas tingkat dapat jatuh ke sebelahnya.",
    )  # fmt: skip
    noise = forms.FloatField(
        label="Goyangan bobot (± %)", min_value=0, max_value=90, initial=10, localize=True,
        help_text="Setiap bobot pedoman dikalikan bilangan acak dalam rentang ini; 0 berarti bobot pedoman apa adanya.",
    )  # fmt: skip


class RobustnessForm(_Doubtful):
    """How sure the rank of a year is."""

    field_order = ("year", "publication", "group", "lowered", "rejected", "margin", "noise")
    year = forms.TypedChoiceField(label="Tahun penilaian daerah ini", coerce=int)
    publication = forms.TypedChoiceField(
        label="Dibandingkan dengan", coerce=int, help_text="Nilai daerah lain dianggap tetap seperti yang diumumkan."
    )
    group = forms.ChoiceField(label="Di antara")

    def __init__(self, *args: Any, years: Choices, publications: Choices, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("year", years), ("publication", publications), ("group", groups)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class NationForm(_Doubtful):
    """How sure the ranks of all regions are."""

    field_order = ("year", "lowered", "rejected", "margin", "noise")
    year = forms.IntegerField(label="Tahun penilaian", min_value=FIRST_YEAR, max_value=LAST_YEAR)


class ForecastForm(_Drawn):
    """Which rank a planned index would give."""

    field_order = ("series", "group", "planned", "wished")
    series = forms.ChoiceField(label="Seri", help_text="Tahun-tahun dalam satu seri dapat dibandingkan.")
    group = forms.ChoiceField(label="Di antara")
    planned = forms.FloatField(label="Nilai yang direncanakan", min_value=0, max_value=100, localize=True)
    wished = forms.IntegerField(
        label="Peringkat yang diinginkan", required=False, min_value=1, max_value=2000,
        help_text="Bila diisi, peluang mencapainya ikut dihitung.",
    )  # fmt: skip

    def __init__(self, *args: Any, series: Choices, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("series", series), ("group", groups)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class TowardForm(forms.Form):
    """The rank one is heading for."""

    peringkat = forms.IntegerField(label="Peringkat yang dituju", min_value=1, max_value=2000)
    kelompok = forms.ChoiceField(label="Di antara")

    def __init__(self, data: Any = None, *, groups: Choices, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["kelompok"].choices = groups  # type: ignore[attr-defined]


class _Simulation(_Drawn):
    """A composite index of one's own: its name, its table, and how far the weights may be argued about."""

    title = forms.CharField(
        label="Nama simulasi", max_length=120,
        help_text="Sebut bobot siapa yang dipakai, misalnya: IDSD 2024 dengan bobot Bapperida.",
    )  # fmt: skip
    file = forms.FileField(label="Berkas CSV", widget=FileInput(accept=CSV, max_bytes=MAX_BYTES))
    noise = forms.FloatField(
        label="Goyangan bobot (± %)", min_value=0, max_value=90, initial=25, localize=True,
        help_text="Seberapa jauh bobotnya dapat diperdebatkan.",
    )  # fmt: skip
    quick = False  # whether the answer is there before one would look for it again
    tree: str | None = None  # the field that faults of the tree are told beside

    def clean(self) -> dict[str, Any]:
        """Whether tree and table can be read, and the table fits the tree."""
        given = super().clean() or {}
        try:
            spec = read_spec(given["spec"].encode()) if "spec" in given else None
        except InputRefused as refused:
            self.add_error(self.tree, list(refused.faults[:MOST_FAULTS]))
            return given
        if spec and "file" in given:
            try:
                table = read_table(given["file"].encode(), spec.id, spec.columns)
            except InputRefused as refused:
                self.add_error("file", list(refused.faults[:MOST_FAULTS]))
            else:
                self.quick = _is_quick(spec, len(table.ids) * len(spec.columns) * given.get("draws", 0))
        return given

    def clean_file(self) -> str:
        """The text of the table."""
        content: bytes = self.cleaned_data["file"].read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise forms.ValidationError("Berkasnya lebih dari 2 MB.")
        try:
            return content.decode("utf-8-sig").replace("\x00", "")
        except UnicodeDecodeError:
            raise forms.ValidationError("Berkas ini bukan teks UTF-8. Simpan ulang sebagai “CSV UTF-8”.") from None


class CompositeForm(_Simulation):
    """Any tree, written as the terminal's command reads it."""

    field_order = ("title", "spec", "file", "noise")
    tree = "spec"
    spec = forms.CharField(
        label="Pohon indikator dan bobotnya", max_length=60_000, widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text="Contoh ini pohon IDSD metode BRIN dengan bobot sama, bukan bobot BRIN yang tidak diumumkan. Ganti weight dengan bobot Anda.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spec"].initial = IDSD.read_text(encoding="utf-8")
        self.fields[
            "file"
        ].help_text = "Satu baris tiap daerah; judul kolom seperti column dalam pohon, dan kolom pengenal seperti id."


class IdsdForm(_Simulation):
    """The competitiveness index by BRIN's tree, a number for each weight."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = json.loads(IDSD.read_text(encoding="utf-8"))
        components = self.document["tree"]["children"]
        self.weighted = [node for component in components for node in (component, *component["children"])]
        columns = [node["column"] for node in self.weighted if "column" in node]
        self.fields[
            "file"
        ].help_text = f"Satu baris tiap daerah, nilai pilar dari sumber resmi. Judul kolom: {self.document['id']}, {', '.join(columns)}."
        for place, node in enumerate(self.weighted):
            self.fields[f"weight_{place}"] = forms.FloatField(
                label=node["name"] if "column" in node else f"Komponen {node['name'].lower()}",
                min_value=0, max_value=1000, initial=1, localize=True,
            )  # fmt: skip

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "file")]

    @property
    def drawn(self) -> list[forms.BoundField]:
        return [self[name] for name in ("noise", "draws", "seed")]

    @property
    def components(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each component with its own weight and those of its pillars."""
        found: list[tuple[str, list[forms.BoundField]]] = []
        for place, node in enumerate(self.weighted):
            if "column" not in node:
                found.append((node["name"], []))
            found[-1][1].append(self[f"weight_{place}"])
        return found

    def clean(self) -> dict[str, Any]:
        weights = [self.cleaned_data.pop(f"weight_{place}", None) for place in range(len(self.weighted))]
        if None not in weights:
            for node, weight in zip(self.weighted, weights, strict=True):
                node["weight"] = weight
            self._refuse_weightless()
            self.cleaned_data["spec"] = json.dumps(self.document, indent=1, ensure_ascii=False)
        return self.cleaned_data if self.errors else super().clean()

    def _refuse_weightless(self) -> None:
        for group in (self.document["tree"], *self.document["tree"]["children"]):
            if not any(child["weight"] for child in group["children"]):
                whose = "semua komponen" if group is self.document["tree"] else f"semua pilar {group['name'].lower()}"
                self.add_error(None, f"Bobot {whose} nol. Beri paling sedikit satu bobot lebih dari nol.")


def _is_quick(spec: Spec, numbers: int) -> bool:
    """Whether a simulation is done in about the time a page takes: one way to build the index, none that compares all pairs."""
    ways = {spec.aggregate, *(group.aggregate for group in spec.tree.groups())}
    return numbers <= QUICK and spec.alternatives == Alternatives() and Aggregate.COPELAND not in ways
