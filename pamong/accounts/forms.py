"""A person's own profile."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _


class ProfileForm(forms.Form):
    """How a person is called and reached."""

    name = forms.CharField(
        label=_("Nama"),
        max_length=150,
        help_text=_("Nama dan gelar, seperti yang muncul di riwayat dan surat."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    position = forms.CharField(
        label=_("Jabatan"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    phone = forms.CharField(
        label=_("Telepon"),
        required=False,
        max_length=30,
        help_text=_("Hanya terlihat oleh rekan kerja di Pamong."),
        validators=[
            RegexValidator(r"^\+?[0-9 ()-]{6,30}$", _("Tulis nomor telepon dengan angka, misalnya 0812 3456 7890."))
        ],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
