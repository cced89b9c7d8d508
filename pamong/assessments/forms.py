"""Is what was typed well formed? What it means, the actions find out."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from pamong.assessments import answers
from pamong.assessments.models import Assessment, Claim, Entry
from pamong.assessments.requirements import with_years
from pamong.assessments.states import State
from pamong.common.inputs import DayInput, QuickHidden, QuickSelect, QuickText, TextArea
from pamong.engine import edition as editions
from pamong.engine.edition import Edition, Indicator, Level, Status
from pamong.evidence.forms import DocumentForm
from pamong.evidence.models import Document

STATUS = {Status.PAST: "sudah lewat", Status.CURRENT: "berlaku", Status.PROGNOSIS: "prakiraan, belum resmi"}
NOT_YET = "Belum ada"
FROM_NUMBER = "Hitung dari angka yang ditulis di bawah"


def status_in_words(edition: Edition) -> str:
    """Whether the rules are over, in force, or only announced."""
    return STATUS[edition.status]


class DatesForm(forms.Form):
    """When a year opens, when agencies must be ready, when it closes."""

    opens_on = forms.DateField(label="Dibuka", widget=DayInput, help_text="Mulai tanggal ini laporan dapat diajukan.")
    internal_deadline = forms.DateField(
        label="Tenggat internal",
        widget=DayInput,
        help_text="Batas perangkat daerah mengajukan, supaya masih ada waktu untuk verifikasi.",
    )
    closes_on = forms.DateField(
        label="Ditutup", widget=DayInput, help_text="Hari terakhir laporan diterima. Dapat diperpanjang dengan alasan."
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        opens, deadline, closes = (data.get(name) for name in ("opens_on", "internal_deadline", "closes_on"))
        if opens and deadline and deadline < opens:
            self.add_error("internal_deadline", "Tenggat internal lebih awal daripada tanggal dibuka.")
        if deadline and closes and closes < deadline:
            self.add_error("closes_on", "Tanggal ditutup lebih awal daripada tenggat internal.")
        return data


class PrepareForm(DatesForm):
    """A new assessment year under an edition."""

    year = forms.IntegerField(label="Tahun penilaian", min_value=2000, max_value=2100)
    edition_code = forms.ChoiceField(
        label="Edisi aturan", help_text="Bobot, tingkat, bukti, dan rentang tanggal mengikuti edisi ini."
    )

    field_order = ("year", "edition_code", "opens_on", "internal_deadline", "closes_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [editions.load(code) for code in reversed(editions.available())]
        choice = self.fields["edition_code"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  (for the type checker)
        choice.choices = [(each.code, f"{each.title} ({status_in_words(each)})") for each in known]


class ExtendForm(forms.Form):
    """A later closing date, with its reason."""

    closes_on = forms.DateField(label="Tanggal penutupan baru", widget=DayInput)
    internal_deadline = forms.DateField(
        label="Tenggat internal baru", widget=DayInput, required=False, help_text="Kosongkan bila tetap."
    )
    reason = forms.CharField(
        label="Alasan", max_length=1000, widget=TextArea(rows=3), help_text="Dibaca semua pelapor."
    )


class ReasonForm(forms.Form):
    """A reason, for acts that must give one."""

    reason = forms.CharField(label="Alasan", max_length=1000, widget=TextArea(rows=4))


class NoForm(forms.Form):
    """For acts that need nothing but the button."""


class AnswerForm(forms.Form):
    """The claim on one indicator, in the way the edition asks for it: a level, an option, or a number."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    note = forms.CharField(
        label="Keterangan untuk verifikator",
        required=False,
        max_length=4000,
        widget=TextArea(rows=3),
        help_text="Misalnya halaman yang perlu dibaca, atau mengapa bukti ini sah.",
    )
    passage = forms.CharField(
        label="Halaman atau bagian yang membuktikan",
        required=False,
        max_length=200,
        help_text="Untuk dokumen yang ditambahkan sekarang, misalnya “halaman 4, nomor 12”.",
    )
    documents: forms.ModelMultipleChoiceField[Document] = forms.ModelMultipleChoiceField(
        Document.objects.none(), label="Dokumen dari pustaka", required=False, widget=forms.CheckboxSelectMultiple
    )
    also = forms.MultipleChoiceField(
        label="Dokumen tambahan ini juga membuktikan", required=False, widget=forms.CheckboxSelectMultiple
    )
    q = forms.CharField(
        label="Cari di pustaka",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def __init__(
        self,
        *args: Any,
        indicator: Indicator,
        claim: Claim | None,
        kind: str,
        year: int,
        documents: QuerySet[Document],
        also: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {**_initial(claim), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self._add_answer(indicator, kind, year)
        choice, codes = self.fields["documents"], self.fields["also"]
        assert isinstance(choice, forms.ModelMultipleChoiceField) and isinstance(codes, forms.MultipleChoiceField)  # noqa: S101, PT018
        choice.queryset, codes.choices = documents, also

    def _add_answer(self, indicator: Indicator, kind: str, year: int) -> None:
        if indicator.options:
            self.fields["basis"] = forms.ChoiceField(
                label="Jawaban", choices=[(each.code, each.label) for each in indicator.options],
                widget=forms.RadioSelect, required=False,
            )  # fmt: skip
            return
        if indicator.bases:
            self.fields["basis"] = forms.ChoiceField(
                label="Dasar kemanfaatan (pilih tepat satu)", widget=forms.RadioSelect, required=False,
                choices=[(each.code, f"{each.code}. {each.label}") for each in indicator.bases],
            )  # fmt: skip
        measured = bool(indicator.measure or any(each.measure for each in indicator.bases))
        if not answers.needs_value(indicator):
            self.fields["level"] = forms.TypedChoiceField(
                label="Tingkat yang diklaim", coerce=int, empty_value=None, required=False, widget=forms.RadioSelect,
                choices=_level_choices(indicator, kind, year, measured),
            )  # fmt: skip
        if measured:
            self.fields["value"] = number_field(indicator, year)

    def typed(self) -> answers.Typed:
        """What was typed, for the action."""
        data = self.cleaned_data
        return answers.Typed(
            level=data.get("level"), basis=data.get("basis", ""), value=data.get("value"), note=data["note"]
        )


def levels_for(indicator: Indicator, kind: str) -> tuple[Level, ...]:
    """The three levels in the words for this kind of innovation, where the edition distinguishes kinds."""
    return next((each.levels for each in indicator.variants if each.kind == kind), indicator.levels)


def _level_choices(indicator: Indicator, kind: str, year: int, measured: bool) -> list[tuple[str, str]]:
    """The levels in words; first, where a number can decide, to leave it to the number."""
    by_number = [("", FROM_NUMBER)] if measured else []
    levels = [(str(each.level), _level_text(indicator, each, year)) for each in levels_for(indicator, kind)]
    return [*by_number, ("0", NOT_YET), *levels]


def _level_text(indicator: Indicator, level: Level, year: int) -> str:
    if indicator.bases:  # each basis has limits of its own; the page shows them in a table
        return f"Tingkat {level.level} menurut dasar itu"
    return f"Tingkat {level.level}: {with_years(level.text, year)}"


class NumberField(forms.DecimalField):
    """A number as Indonesians write it: ``1.234,56`` and ``1234,56`` and ``1234.56`` are all understood."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        if isinstance(value, str):
            text = value.strip().replace(" ", "").rstrip("%").replace("−", "-")
            value = text.replace(".", "").replace(",", ".") if "," in text else text
        return super().to_python(value)


def number_field(indicator: Indicator, year: int) -> NumberField:
    """The field for the number that decides (or helps decide) the level."""
    own = indicator.measure
    duty = answers.needs_value(indicator)
    label = f"{with_years(own.question, year)} ({own.unit})" if own else "Angka menurut dasar yang dipilih"
    help_text = (
        "Tingkatnya dihitung dari angka ini. Kosongkan bila datanya belum ada."
        if duty
        else "Bila diisi, tingkatnya dihitung dari angka ini dan tingkat di atas tidak perlu dipilih."
    )
    return NumberField(
        label=label, required=False, max_digits=18, decimal_places=4, help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip


def _initial(claim: Claim | None) -> dict[str, Any]:
    if claim is None:
        return {"version": 0}
    value = None if claim.value is None else f"{claim.value.normalize():f}".replace(".", ",")
    return {
        "version": claim.version,
        "level": str(claim.level) if claim.value is None else "",
        "basis": claim.basis,
        "value": value,
        "note": claim.note,
    }


class UploadForm(DocumentForm):
    """A new document beside a claim: only asked for if a file or link is given."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="baru", empty_permitted=True, **kwargs)

    def is_given(self) -> bool:
        """Whether the person gave anything that makes a document."""
        if not self.is_bound:
            return False
        names = ("file", "arrival", "link", "subject", "number")
        return any(self.files.get(f"baru-{name}") or (self.data.get(f"baru-{name}") or "").strip() for name in names)


class EntriesFilter(forms.Form):
    """What a year's table is narrowed to; what cannot be read is left out."""

    q = forms.CharField(label="Cari nama atau instansi", required=False, max_length=100, widget=QuickText)
    status = forms.ChoiceField(label="Status", required=False, widget=QuickSelect)
    instansi = forms.ChoiceField(label="Instansi", required=False, widget=QuickSelect)
    urusan = forms.ChoiceField(label="Urusan", required=False, widget=QuickSelect)
    urut = forms.CharField(required=False, max_length=20, widget=QuickHidden)

    def __init__(
        self, *args: Any, assessment: Assessment, agencies: list[tuple[str, str]], states: dict[str, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._states = states
        self.fields["q"].widget.attrs["class"] = "form-control"
        self._choose("status", "Semua status", [(each, f"{each.label} ({states.get(each, 0)})") for each in State])
        self._choose("instansi", "Semua instansi", agencies)
        self._choose("urusan", "Semua urusan", [(each.code, each.label) for each in assessment.edition.affairs])

    def _choose(self, name: str, every: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [("", every), *choices]
        field.widget.attrs["class"] = "form-select"

    def wanted(self) -> dict[str, str]:
        """Arguments of ``queries.filtered``."""
        self.is_valid()
        names = {"q": "q", "status": "state", "instansi": "agency", "urusan": "affair", "urut": "sort"}
        return {ours: self.cleaned_data.get(name, "").replace("\x00", "") for name, ours in names.items()}

    @property
    def total(self) -> int | None:
        """How many entries pass, where the counts beside the states already tell; ``None``: the database must count."""
        wanted = self.wanted()
        if wanted["q"] or wanted["agency"] or wanted["affair"]:
            return None
        return self._states.get(wanted["state"], 0) if wanted["state"] else sum(self._states.values())


def usual_dates(year: int) -> dict[str, date]:
    """A first proposal: June to August, as the ministry has done."""
    return {"opens_on": date(year, 6, 1), "internal_deadline": date(year, 8, 15), "closes_on": date(year, 8, 31)}


class PairForm(forms.Form):
    """One file of the inbox: whose proof it is, of which indicators, and what the document is. Not filled in, it stays."""

    entry = forms.ChoiceField(label="Inovasi", required=False)
    indicators = forms.CharField(
        label="Indikator",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": "misalnya 17, 22"}),
    )
    instrument = forms.ChoiceField(label="Jenis dokumen", choices=Document.Instrument.choices)
    subject = forms.CharField(label="Tentang", max_length=250, required=False)
    number = forms.CharField(label="Nomor", max_length=120, required=False)
    dated = forms.DateField(label="Tanggal", required=False, widget=DayInput)

    def __init__(self, *args: Any, entries: dict[str, Entry], codes: dict[str, tuple[str, ...]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries, self.codes = entries, codes
        choice = self.fields["entry"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  (for the type checker)
        choice.choices = [("", "Biarkan di kotak masuk"), *((code, str(entry)) for code, entry in entries.items())]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.is_wanted:
            return data
        known = self.codes[data["entry"]]
        wanted = list(dict.fromkeys(re.findall(r"[0-9]+[a-z]?", data.get("indicators", "").lower())))
        if not wanted:
            self.add_error("indicators", "Tulis nomor indikator yang dibuktikan berkas ini, misalnya 17, 22.")
        elif unknown := [code for code in wanted if code not in known]:
            self.add_error("indicators", f"Tidak ada indikator {', '.join(unknown)} pada inovasi ini.")
        if not data.get("subject"):
            self.add_error("subject", "Isi “tentang” agar dokumen ini dapat dikenali.")
        data["codes"] = wanted
        return data

    @property
    def is_wanted(self) -> bool:
        """Whether this file is to leave the inbox now: not where only the innovation stands, as it was guessed."""
        is_said = self.cleaned_data.get("indicators") or "entry" in self.changed_data
        return bool(self.cleaned_data.get("entry") and is_said)

    def about(self) -> dict[str, Any]:
        """Arguments of ``evidence.add_document``."""
        return {name: self.cleaned_data[name] for name in ("instrument", "subject", "number", "dated")}
