"""What is said of a task."""

from __future__ import annotations

from typing import Any

from django import forms

from pamong.accounts.models import User
from pamong.common.inputs import DayInput
from pamong.planning.models import Task


class AssignForm(forms.Form):
    """Who does the task, and by when."""

    person = forms.ModelChoiceField(
        label="Penanggung jawab", queryset=User.objects.none(), required=False, empty_label="Belum ditentukan"
    )
    due_on = forms.DateField(label="Tenggat", widget=DayInput)

    def __init__(self, data: Any = None, *, people: Any, task: Task) -> None:
        super().__init__(data, initial={"person": task.person_id, "due_on": task.due_on})
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        field.queryset = people


class FinishForm(forms.Form):
    """What a finished task took."""

    spent = forms.DecimalField(
        label="Hari kerja yang terpakai", min_value=0, max_digits=5, decimal_places=1, localize=True, required=False,
        help_text="Dari sini Pamong belajar berapa lama suatu tingkat dikerjakan di daerah ini.",
    )  # fmt: skip
    note = forms.CharField(label="Catatan", max_length=300, required=False)


class DropForm(forms.Form):
    """Why a task is let go."""

    note = forms.CharField(label="Mengapa dilepas", max_length=300)
