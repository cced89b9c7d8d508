"""What verifiers type: a level with its reason, what to repair, a decision, the region's sentences."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from pamong.accounts.models import User
from pamong.assessments.models import CannedReason
from pamong.assessments.states import REPORTED, State
from pamong.assessments.verification_changes import Seen
from pamong.assessments.verification_queue import DEFAULT_SORT, Queue, Wanted
from pamong.assessments.verification_sheet import Line, Sheet
from pamong.common.inputs import QuickSelect, QuickText
from pamong.engine.model import TOP_LEVEL

SEEN_MAX = 2**63 - 1


def _reason(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def _choose_from(form: forms.Form, name: str, choices: list[tuple[Any, str]]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices


class VerdictForm(forms.Form):
    """A verdict on one indicator, with what lay before the verifier when the page was made."""

    level = forms.TypedChoiceField(
        label="Tingkat yang terbukti", coerce=int, widget=forms.RadioSelect,
        choices=[(number, f"Tingkat {number}") for number in range(TOP_LEVEL, -1, -1)],
    )  # fmt: skip
    canned = forms.ChoiceField(label="Kalimat yang sering dipakai", required=False)
    reason = _reason(
        "Alasan",
        "Wajib bila tingkatnya berbeda dari klaim. Pelapor membacanya, jadi tulis apa yang kurang.",
        required=False,
    )
    claim = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=SEEN_MAX)
    verdict = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=SEEN_MAX)

    def __init__(self, data: Any = None, *, line: Line, sentences: list[str]) -> None:
        super().__init__(data, initial=self.seen_now(line) | self._standing(line))
        levels: list[tuple[Any, str]] = [
            (each.level, f"Tingkat {each.level}{' (diklaim)' if each.level == line.level else ''}: {each.text}")
            for each in sorted(line.levels, key=lambda each: -each.level)
        ]
        _choose_from(self, "level", [*levels, (0, "Tingkat 0: tidak ada bukti yang sah")])
        _choose_from(self, "canned", [("", "– pilih bila cocok –"), *((text, text) for text in sentences)])

    @staticmethod
    def seen_now(line: Line) -> dict[str, int]:
        return {"claim": line.version, "verdict": line.standing.pk if line.standing else 0}

    @staticmethod
    def _standing(line: Line) -> dict[str, Any]:
        return {"level": line.standing.level, "reason": line.standing.reason} if line.standing else {}

    @property
    def seen(self) -> Seen:
        return Seen(self.cleaned_data["claim"], self.cleaned_data["verdict"])

    @property
    def words(self) -> str:
        """The chosen sentence, then what was typed."""
        parts = (self.cleaned_data["canned"], self.cleaned_data["reason"].strip())
        return "\n".join(dict.fromkeys(part for part in parts if part))


class RepairForm(forms.Form):
    """What to repair: one text for every indicator; those left empty are not returned."""

    def __init__(self, data: Any = None, *, sheet: Sheet) -> None:
        super().__init__(data)
        for line in sheet.lines:
            self.fields[f"r{line.code}"] = _reason(f"Yang perlu diperbaiki pada indikator {line.code}", required=False)
            self.fields[f"r{line.code}"].widget.attrs["rows"] = 2
            if line.standing and line.standing.level < line.claimed:
                self.fields[f"r{line.code}"].initial = line.standing.reason
        self.lines = sheet.lines

    def rows(self) -> list[tuple[Line, forms.BoundField]]:
        return [(line, self[f"r{line.code}"]) for line in self.lines]

    @property
    def reasons(self) -> dict[str, str]:
        return {line.code: text for line in self.lines if (text := self.cleaned_data[f"r{line.code}"].strip())}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(str(text).strip() for text in cleaned.values()):
            raise forms.ValidationError("Tulis sedikitnya pada satu indikator apa yang harus diperbaiki.")
        return cleaned


class DecisionForm(forms.Form):
    """Accepting, rejecting or reopening as a whole."""

    reason = _reason("Alasan", "Pelapor membacanya.")
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, data: Any = None, *, seen: str = "", optional: bool = False) -> None:
        super().__init__(data, initial={"seen": seen})
        if optional:
            self.fields["reason"].required = False
            self.fields["reason"].label = "Catatan (boleh kosong)"


class AssignForm(forms.Form):
    """Who verifies the entry."""

    verifier = forms.ModelChoiceField(
        User.objects.none(), label="Verifikator", required=False, empty_label="– belum ditugaskan –"
    )

    def __init__(self, data: Any = None, *, people: list[User], verifier: int | None = None) -> None:
        super().__init__(data, initial={"verifier": verifier})
        field = cast("forms.ModelChoiceField[User]", self.fields["verifier"])
        field.queryset = User.objects.filter(pk__in=[person.pk for person in people]).order_by("name")


class SentenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """One of the region's sentences."""

    class Meta:
        model = CannedReason
        fields = ("text",)


class QueueForm(forms.Form):
    """What to look for in the queue. Nonsense in the address counts as nothing asked."""

    q = forms.CharField(label="Cari", required=False, max_length=100, widget=QuickText)
    status = forms.ChoiceField(label="Status", required=False)
    instansi = forms.ChoiceField(label="Instansi", required=False, widget=QuickSelect)
    verifikator = forms.ChoiceField(label="Verifikator", required=False, widget=QuickSelect)
    hanya = forms.ChoiceField(label="Hanya", required=False, widget=QuickSelect)
    urut = forms.ChoiceField(label="Urutkan", required=False, widget=QuickSelect)

    def __init__(self, data: Any, *, queue: Queue) -> None:
        super().__init__(data)
        states = [(state.value, str(state.label)) for state in State if state in REPORTED]
        self._choices("status", "Semua status", states)
        self._choices("instansi", "Semua instansi", queue.agencies())
        people = [(str(pk), name) for pk, name in queue.people()]
        self._choices("verifikator", "Siapa saja", [("saya", "Saya"), ("kosong", "Belum ditugaskan"), *people])
        self._choices("hanya", "Semua", ONLY)
        self._choices("urut", "Tenggat terdekat", [each for each in ORDER if each[0] != DEFAULT_SORT])

    def _choices(self, name: str, everything: str, choices: list[tuple[str, str]]) -> None:
        _choose_from(self, name, [("", everything), *choices])

    @property
    def wanted(self) -> Wanted:
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            q=given.get("q", ""),
            state=given.get("status", ""),
            agency=given.get("instansi", ""),
            verifier=given.get("verifikator", ""),
            only=given.get("hanya", ""),
            sort=given.get("urut", "") or DEFAULT_SORT,
        )


ONLY = [
    ("terbuka", "Yang belum diputus"),
    ("terlambat", "Yang lewat tenggat"),
    ("dibuka-kembali", "Yang dibuka kembali"),
]
ORDER = [
    ("tenggat", "Tenggat terdekat"),
    ("umur", "Paling lama menunggu"),
    ("taruhan", "Poin dipertaruhkan terbanyak"),
    ("nama", "Nama"),
    ("instansi", "Instansi"),
    ("status", "Status"),
    ("verifikator", "Verifikator"),
]
