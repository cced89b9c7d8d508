"""Forms about people, roles, invitations and stewards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pamong.accounts.models import User
from pamong.accounts.roles import ROLES, Role, Scope
from pamong.agencies.forms.tree import AgencyChoice
from pamong.agencies.models import Agency, Region
from pamong.common.inputs import DayInput, TextArea

if TYPE_CHECKING:
    _PersonChoice = forms.ModelChoiceField[User]
else:
    _PersonChoice = forms.ModelChoiceField


class PlaceForm(forms.Form):
    """A role and where it holds."""

    role = forms.TypedChoiceField(label="Peran", coerce=Role)
    agency = AgencyChoice(
        Agency.objects.none(), label="Instansi", required=False, empty_label="Tanpa instansi",
        help_text="Wajib untuk operator dan kepala perangkat daerah. Untuk peran lain: kantor asal orang itu; "
        "ia tidak akan menilai karya kantornya sendiri.",
    )  # fmt: skip

    def __init__(self, *args: Any, roles: Sequence[Role], agencies: QuerySet[Agency] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pick = [("", "Pilih peran")] if len(roles) > 1 else []
        choices = pick + [(role.value, str(ROLES[role].label)) for role in roles]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        if agencies is None:
            del self.fields["agency"]
        else:
            self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        role = data.get("role")
        local = role and ROLES[role].scope is Scope.AGENCY and "agency" in self.fields
        if local and not data.get("agency") and "agency" not in self.errors:
            self.add_error("agency", "Peran ini berlaku di satu instansi: pilih instansinya.")
        return data


class InvitationForm(PlaceForm):
    field_order = ("name", "email", "role", "region", "agency")
    name = forms.CharField(label="Nama", max_length=150)
    email = forms.EmailField(label="Alamat surel", max_length=254)


class SiteInvitationForm(InvitationForm):
    """From the pages of the site: also names the region."""

    region = forms.ModelChoiceField(
        Region.objects.none(), label="Daerah", required=False, empty_label="Seluruh situs",
        help_text="Untuk administrator daerah: daerahnya. Untuk pembaca provinsi: provinsinya.",
    )  # fmt: skip

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]


class GrantForm(PlaceForm):
    field_order = ("role", "agency", "starts_on", "ends_on")
    starts_on = forms.DateField(label="Mulai", widget=DayInput, initial=timezone.localdate)
    ends_on = forms.DateField(label="Sampai", widget=DayInput, required=False, help_text="Kosongkan bila tanpa batas.")


class EndForm(forms.Form):
    when = forms.ChoiceField(
        label="Kapan",
        choices=[("now", "Sekarang juga"), ("day", "Setelah tanggal tertentu")],
        initial="now",
        widget=forms.RadioSelect,
    )
    on = forms.DateField(
        label="Hari terakhir", widget=DayInput, required=False, help_text="Bila setelah tanggal tertentu."
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("when") == "day" and not data.get("on") and "on" not in self.errors:
            self.add_error("on", "Isi hari terakhir peran ini berlaku.")
        if data.get("when") == "now":
            data["on"] = None
        return data


class NewPersonForm(forms.Form):
    """Whoever accepts an invitation without having an account."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=150)
    position = forms.CharField(label=_("Jabatan"), max_length=150, required=False)
    phone = forms.CharField(label=_("Telepon"), max_length=30, required=False)
    password = forms.CharField(
        label=_("Kata sandi"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False, max_length=128,
        help_text=_("Sedikitnya 10 huruf atau angka. Kalimat pendek yang hanya Anda tahu lebih aman daripada satu kata."),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Kata sandi sekali lagi"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=128,
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["phone"].widget.attrs["autocomplete"] = "tel"

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("Kedua kata sandi tidak sama. Ketik ulang."))
        return data


class PersonChoice(_PersonChoice):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name} ({obj.email})"


class AppointForm(forms.Form):
    person = PersonChoice(
        User.objects.none(), label="Orang", empty_label="Pilih orang",
        help_text="Yang mempunyai peran di instansi ini atau induknya. Belum ada? Undang dahulu sebagai operator.",
    )  # fmt: skip
    starts_on = forms.DateField(
        label="Bertugas sejak", widget=DayInput, initial=timezone.localdate, help_text="Boleh tanggal SK yang lampau."
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """To a successor, or to nobody."""

    to = PersonChoice(User.objects.none(), label="Diserahkan kepada", required=False, empty_label="Tanpa pengganti")
    on = forms.DateField(label="Tanggal serah terima", widget=DayInput, initial=timezone.localdate)
    note = forms.CharField(
        label="Catatan serah terima", widget=TextArea(rows=4), required=False, max_length=2000,
        help_text="Yang perlu diketahui penggantinya: pekerjaan berjalan, bukti yang kurang, letak berkas.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
