"""Forms of the life cycle's steps and of the profile's documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from pamong.evidence.models import Document
from pamong.innovations.forms.inputs import DayField, TextField
from pamong.innovations.models import Attachment
from pamong.innovations.states import StepInfo

_INSTRUMENTS = {
    "find_feasible": Document.Instrument.REPORT,
    "find_infeasible": Document.Instrument.REPORT,
    "adopt": Document.Instrument.SK_KDH,
    "start_trial": Document.Instrument.ASSIGNMENT,
    "implement": Document.Instrument.PERKADA,
    "record_existing": Document.Instrument.PERKADA,
    "develop": Document.Instrument.REPORT,
}
_LINK_HELP = "Bila berkasnya terlalu besar, tempel tautan yang dapat dibuka siapa pun."


class StepForm(forms.Form):
    """When, why, and what ordered it. Only the fields the step knows are shown."""

    on = DayField(native=True)
    decree = forms.CharField(label="Nomor keputusan", max_length=120, help_text="Seperti tertulis pada keputusan.")
    team = TextField(label="Anggota tim ad hoc", rows=3, required=True, help_text="Nama dan asalnya, satu per baris.")
    note = TextField(rows=4)
    document: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=Document.objects.none(), required=False, empty_label="Unggah yang baru …"
    )
    file = forms.FileField(label="Unggah berkas", required=False)
    link = forms.URLField(
        label="Atau tautan", required=False, max_length=500, assume_scheme="https", help_text=_LINK_HELP
    )
    instrument = forms.ChoiceField(label="Jenis dokumen", required=False, choices=Document.Instrument.choices)
    number = forms.CharField(label="Nomor dokumen", required=False, max_length=120)

    def __init__(
        self,
        *args: Any,
        step: str,
        info: StepInfo,
        documents: QuerySet[Document],
        document_needed: bool,
        may_upload: object = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.step, self.info, self.document_needed = step, info, document_needed
        self._word()
        choice = self.fields["document"]
        choice.queryset = documents  # type: ignore[attr-defined]
        unwanted = [name for name, wanted in (("team", info.team), ("decree", info.decree)) if not wanted]
        unwanted += ["number"] if info.decree else []
        if not may_upload:
            unwanted += ["file", "link", "instrument", "number"]
            choice.empty_label = "Tanpa berkas"  # type: ignore[attr-defined]
        for name in unwanted:
            self.fields.pop(name, None)

    def _word(self) -> None:
        """The words of this step."""
        self.fields["on"].label = self.info.date_label
        self.fields["decree"].example = "100.3.3/215/2026"  # type: ignore[attr-defined]
        note = self.fields["note"]
        note.label, note.help_text, note.required = self.info.note_label, self.info.note_help, self.info.note_required
        self.fields["document"].label = self.info.document_label
        self.fields["instrument"].initial = _INSTRUMENTS.get(self.step, Document.Instrument.OTHER)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        given = [bool(data.get(name)) for name in ("document", "file", "link")]
        if sum(given) > 1:
            self.add_error("document", "Pilih satu saja: dokumen yang sudah ada, berkas baru, atau tautan.")
        if self.document_needed and not any(given) and not self.errors:
            self.add_error(
                "file", f"Lampirkan {self.info.document_label.lower()}: pilih, unggah, atau tempel tautannya."
            )
        return data

    def paper(self, name: str) -> dict[str, Any] | None:
        """The new document to add with the step, or ``None``."""
        data = self.cleaned_data
        if not (data.get("file") or data.get("link")):
            return None
        return {
            "instrument": data.get("instrument") or Document.Instrument.OTHER,
            "subject": f"{self.info.document_label}: {name}"[:250],
            "number": data.get("decree") or data.get("number") or "",
            "dated": data["on"] if self.info.decree else None,
            "file": data.get("file"),
            "link": data.get("link") or "",
        }


class AttachmentForm(forms.Form):
    """One document of the profile."""

    slot = forms.ChoiceField(label="Jenis lampiran", choices=Attachment.Slot.choices)
    file = forms.FileField(label="Berkas", required=False)
    link = forms.URLField(
        label="Atau tautan", required=False, max_length=500, assume_scheme="https", help_text=_LINK_HELP
    )
    subject = forms.CharField(
        label="Keterangan", required=False, max_length=250, help_text="Judul atau isi singkat dokumen."
    )

    def __init__(self, *args: Any, limits: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = limits

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get("file")) == bool(data.get("link")) and not self.errors:
            self.add_error("file", "Pilih satu berkas, atau isi tautannya (tidak keduanya).")
        return data
