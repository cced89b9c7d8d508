"""Is what was typed well formed? What a file really is, the action finds out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat as filesize

from pamong.agencies.models import Agency
from pamong.common.inputs import DayInput, FileInput
from pamong.evidence import links
from pamong.evidence.inspection import kinds, too_large
from pamong.evidence.models import Arrival, Document, Quota

BOTH = "Pilih salah satu: unggah berkas atau isi tautan, tidak keduanya."
TWO_FILES = "Pilih salah satu: unggah berkas baru atau pakai yang sudah ada di kotak masuk, tidak keduanya."
NEITHER = "Unggah berkasnya, atau isi tautannya."


if TYPE_CHECKING:
    _DocumentModelForm = forms.ModelForm[Document]
else:
    _DocumentModelForm = forms.ModelForm


class ContentForm(forms.Form):
    """A file, one out of the person's inbox (``arrivals``), or a link: exactly one, and ``file`` is either of the first two.

    ``allowed`` and ``max_bytes`` are those the action will enforce (``limits``).
    """

    file = forms.FileField(label="Berkas", required=False)
    arrival = forms.TypedChoiceField(label="Berkas dari kotak masuk", required=False, empty_value=None)
    link = forms.CharField(
        label="Tautan",
        required=False,
        max_length=links.LONGEST,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text="Bila berkasnya tersimpan di tempat lain (Google Drive, YouTube, situs resmi). Pastikan siapa pun dapat membukanya.",
    )

    def __init__(
        self,
        *args: Any,
        allowed: Iterable[str] | None = None,
        max_bytes: int | None = None,
        max_seconds: int | None = None,
        link_allowed: bool = True,
        arrivals: Iterable[Arrival] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer(list(arrivals))
        accepted = kinds.USUAL if allowed is None else kinds.known(allowed)
        most = min(max_bytes or settings.UPLOAD_MAX_BYTES, settings.UPLOAD_MAX_BYTES)
        self.limits: dict[str, Any] = {"allowed": sorted(accepted), "max_bytes": most, "max_seconds": max_seconds}
        self.fields["file"].help_text = f"{kinds.labels(accepted)}; paling besar {most // 1024 // 1024} MB."
        self.fields["file"].widget = FileInput(max_bytes=most, accept=kinds.extensions(accepted))
        if not link_allowed:
            del self.fields["link"]

    def _offer(self, arrivals: list[Arrival]) -> None:
        """What lies in the inbox; a script that sends a file ahead chooses it here in the person's place."""
        by_code = {arrival.code: arrival for arrival in arrivals}
        field = self.fields["arrival"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  (for the type checker)
        field.coerce = by_code.__getitem__
        named = [(code, f"{arrival} ({filesize(arrival.length)})") for code, arrival in by_code.items()]
        field.choices = [("", "Tidak, unggah berkas di atas"), *named]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > self.limits["max_bytes"]:
            raise forms.ValidationError(too_large(self.limits["max_bytes"]))
        return file or None

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and (fault := links.fault_of(link)):
            raise forms.ValidationError(fault)
        return link

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data.setdefault("link", "")
        arrival = data.pop("arrival", None)
        if not self.errors.keys() & {"file", "arrival", "link"}:
            if data.get("file") and arrival:
                self.add_error("arrival", TWO_FILES)
            data["file"] = data.get("file") or arrival
            if data["file"] and data["link"]:
                self.add_error("link", BOTH)
            elif not data.get("file") and not data["link"]:
                self.add_error("file", NEITHER if "link" in self.fields else "Unggah berkasnya.")
        return data


class VersionForm(ContentForm):
    """A newer file or link for a document that exists."""


class CorrectionForm(_DocumentModelForm):
    """What is written about a document."""

    class Meta:
        model = Document
        fields = ("instrument", "subject", "number", "dated", "issuer", "valid_from", "valid_until")
        widgets: ClassVar = {"dated": DayInput(), "valid_from": DayInput(), "valid_until": DayInput()}
        help_texts: ClassVar = {
            "subject": "Seperti tertulis pada dokumennya, misalnya: Tim Pelaksana Inovasi SIPPUT.",
            "number": "Misalnya 188.4/45/2026. Kosongkan bila tidak bernomor.",
            "issuer": "Pejabat atau instansi yang menandatangani.",
            "valid_from": "Kosongkan bila tidak disebutkan.",
            "valid_until": "Kosongkan bila berlaku terus.",
        }

    base = forms.CharField(required=False, widget=forms.HiddenInput())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, until = data.get("valid_from"), data.get("valid_until")
        if since and until and until < since:
            self.add_error("valid_until", "Tanggal ini lebih awal daripada awal masa berlakunya.")
        return data


class DocumentForm(ContentForm, CorrectionForm):
    """A new document, for any page that lets one be added.

    ``cleaned_data`` and ``limits`` together are arguments of ``actions.add_document``, which also wants ``region``, ``agency``, ``by``.
    """

    base = None  # type: ignore[assignment]  # nothing to have been overtaken
    anyway = forms.BooleanField(label="Tetap tambahkan: ini dokumen lain", required=False)

    field_order: tuple[str, ...] = (
        "instrument",
        "subject",
        "number",
        "dated",
        "issuer",
        "valid_from",
        "valid_until",
        "file",
        "arrival",
        "link",
    )


class LibraryDocumentForm(DocumentForm):
    """A new document for the library, which must be told whose it is."""

    agency: forms.ModelChoiceField[Agency] = forms.ModelChoiceField(
        Agency.objects.none(), label="Milik instansi", required=False
    )

    field_order = ("agency", *DocumentForm.field_order)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], for_region: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        field.queryset = agencies
        field.empty_label = "Seluruh daerah (misalnya Perda)" if for_region else None
        field.required = not for_region


class _Files(forms.FileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Any number of files, in the order chosen; empty ones too, which the inbox names."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [file for file in data or [] if file]


class InboxForm(forms.Form):
    """Files for the inbox: chosen, or taken with a phone's camera on the spot."""

    chosen = _FilesField(label="Berkas", required=False, widget=_Files(attrs={"multiple": True}))
    photo = forms.FileField(
        label="Ambil foto dengan kamera",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most, archive = settings.UPLOAD_MAX_BYTES // 1024 // 1024, settings.ARCHIVE_MAX_BYTES // 1024 // 1024
        self.fields[
            "chosen"
        ].help_text = f"{kinds.labels(kinds.KINDS)}; paling besar {most} MB. ZIP sampai {archive} MB dibongkar menjadi berkas-berkasnya."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            data["files"] = [*data["chosen"], *([data["photo"]] if data["photo"] else [])]
            if not data["files"]:
                self.add_error("chosen", "Pilih sedikitnya satu berkas.")
        return data


class QuotaForm(forms.Form):
    """How much one agency may keep."""

    megabytes = forms.IntegerField(
        label="Kuota (MB)",
        required=False,
        min_value=1,
        max_value=Quota.MOST,
        help_text="1.000 MB memuat sekitar seribu pindaian keputusan. Kosongkan untuk memakai kuota bawaan.",
    )


class LibraryFilter(forms.Form):
    """The library's search fields; what cannot be read is left out of the search."""

    FAMILIES = (("", "Semua bentuk"), ("pdf", "PDF"), ("gambar", "Gambar"), ("video", "Video"), ("tautan", "Tautan"))

    q = forms.CharField(label="Cari isi, nomor, atau perihal", required=False, max_length=200)
    jenis = forms.ChoiceField(label="Jenis", required=False)
    tahun = forms.IntegerField(label="Tahun", required=False, min_value=1900, max_value=2100)
    instansi: forms.ModelChoiceField[Agency] = forms.ModelChoiceField(
        Agency.objects.none(), label="Instansi", required=False, to_field_name="slug"
    )
    bentuk = forms.ChoiceField(label="Bentuk", required=False, choices=FAMILIES)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        jenis, instansi = self.fields["jenis"], self.fields["instansi"]
        assert isinstance(jenis, forms.ChoiceField) and isinstance(instansi, forms.ModelChoiceField)  # noqa: S101, PT018
        jenis.choices = [("", "Semua jenis"), *Document.Instrument.choices]
        instansi.queryset, instansi.empty_label = agencies, "Semua instansi"

    def wanted(self) -> dict[str, Any]:
        """Arguments of the search."""
        self.is_valid()
        data = self.cleaned_data
        return {
            "words": data.get("q", ""), "instrument": data.get("jenis", ""), "year": data.get("tahun"),
            "agency": data.get("instansi"), "family": data.get("bentuk", ""),
        }  # fmt: skip
