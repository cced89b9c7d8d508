"""A form with one field of each kind, for the gallery of components."""

from __future__ import annotations

from django import forms

from pamong.common.inputs import DayInput, FileInput, TextArea

KINDS = (("digital", "Digital"), ("non-digital", "Nondigital"))
AFFAIRS = (("kesehatan", "Kesehatan"), ("pendidikan", "Pendidikan"), ("sosial", "Sosial"))


class SampleForm(forms.Form):
    """Never sent anywhere."""

    name = forms.CharField(label="Nama inovasi", help_text="Nama yang dipakai sehari-hari, tanpa singkatan instansi.")
    design = forms.CharField(
        label="Rancang bangun",
        help_text="Ceritakan masalah, gagasan, cara kerja, dan hasilnya.",
        widget=TextArea(words_min=300),
    )
    kind = forms.ChoiceField(label="Jenis", choices=KINDS, widget=forms.RadioSelect)
    affairs = forms.MultipleChoiceField(label="Urusan", choices=AFFAIRS, widget=forms.CheckboxSelectMultiple)
    agency = forms.ChoiceField(label="Perangkat daerah", choices=(("", "Pilih …"), ("dinkes", "Dinas Kesehatan")))
    since = forms.DateField(label="Diterapkan sejak", widget=DayInput)
    proof = forms.FileField(
        label="Berkas bukti",
        required=False,
        help_text="PDF, paling besar 2 MB.",
        widget=FileInput(max_bytes=2 * 1024 * 1024, accept=".pdf"),
    )
    agree = forms.BooleanField(label="Data ini benar dan dapat dibuktikan")

    field_order = ("name", "design", "kind", "affairs", "agency", "since", "proof", "agree")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["name"].example = "Posyandu Keliling Kampung"  # type: ignore[attr-defined]
