"""Whether the days of reminding are well formed."""

from __future__ import annotations

import re

from django import forms


class RemindingForm(forms.Form):
    """Numbers of days, written one after the other."""

    days = forms.CharField(
        label="Ingatkan berapa hari sebelumnya",
        required=False,
        max_length=60,
        help_text="Pisahkan dengan koma, misalnya 90, 30, 7. Kosongkan bila tidak perlu diingatkan.",
    )

    def clean_days(self) -> list[int]:
        written = self.cleaned_data["days"]
        if not re.fullmatch(r"[\d\s,]*", written):
            raise forms.ValidationError("Tulis angka hari saja, dipisahkan koma: 90, 30, 7.")
        return [int(each) for each in re.findall(r"\d{1,4}", written)]
