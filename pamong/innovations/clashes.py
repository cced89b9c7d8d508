"""Two writers shown to each other: what was typed beside what the other saved, and drafts found again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.http import QueryDict

from pamong.innovations import merge, queries
from pamong.innovations.actions import Clashed
from pamong.innovations.forms.profile import MINE, THEIRS, ProfileForm, initial_of
from pamong.innovations.labels import shown
from pamong.innovations.models import Draft, Innovation
from pamong.innovations.texts import about


@dataclass(frozen=True, slots=True)
class Choice:
    """One field both changed: both texts, who wrote the other one, when, and the names of the form's inputs."""

    unit: str
    label: str
    mine: str
    theirs: str
    by: str
    at: Any
    takes_theirs: bool

    @property
    def input_name(self) -> str:
        return f"pilih-{self.unit}"


@dataclass(frozen=True, slots=True)
class Told:
    """What the page tells after a clash: the form to send again, the choices, and what was taken over silently."""

    form: ProfileForm
    choices: tuple[Choice, ...]
    taken: tuple[str, ...]
    mine: str = MINE
    theirs: str = THEIRS


def told(clashed: Clashed, form: ProfileForm) -> Told:
    """The form once more, grown from the other's version: their lone changes taken in, mine kept, both shown."""
    innovation = clashed.innovation
    writers = queries.last_changes(innovation, int(form.cleaned_data["base_version"]))
    choices = tuple(_choice(clash, writers, form.data) for clash in clashed.clashes)
    data = cast(QueryDict, form.data).copy()
    data["base_version"] = str(clashed.version)
    current = initial_of(innovation)
    for unit in clashed.taken:
        _put(data, unit, current[unit])
    taken = tuple(about(unit).label for unit in sorted(clashed.taken))
    again = ProfileForm(data, innovation=innovation)
    again.is_valid()
    return Told(again, choices, taken)


def _choice(clash: merge.Clash, writers: dict[str, queries.Change], data: Any) -> Choice:
    writer = writers.get(clash.unit)
    return Choice(
        clash.unit,
        about(clash.unit).label,
        shown(clash.unit, clash.mine),
        shown(clash.unit, clash.theirs),
        writer.by if writer else "orang lain",
        writer.at if writer else None,
        data.get(f"pilih-{clash.unit}", MINE) == THEIRS,
    )


def _put(data: QueryDict, unit: str, value: Any) -> None:
    if isinstance(value, list):
        data.setlist(unit, value)
    else:
        data[unit] = "" if value is None else str(value)


# -- drafts -----------------------------------------------------------------------------------------------------------


def restored(innovation: Innovation, draft: Draft) -> ProfileForm:
    """The form with what was typed, grown from the version it was typed on."""
    return ProfileForm(innovation=innovation, initial=draft.data | {"base_version": draft.base_version})


def differs(innovation: Innovation, draft: Draft) -> bool:
    """Whether the draft says anything the saved profile does not: a draft equal to what was saved is no news."""
    data = QueryDict(mutable=True)
    for name, value in draft.data.items():
        _put(data, name, value)
    data["base_version"] = str(draft.base_version)
    form = ProfileForm(data, innovation=innovation)
    if not form.is_valid():
        return True
    stored = queries.profile_of(innovation)
    return any(stored[field] != value for field, value in form.values().items())


def autosaved(innovation: Innovation, base_version: str) -> str:
    """What the line under the form says after an autosave; it warns when someone saved meanwhile."""
    if base_version.isdecimal() and base_version != str(innovation.version):
        return "Ketikan disimpan sementara. Profil ini baru diubah orang lain; saat disimpan, keduanya dipadukan."
    return "Ketikan disimpan sementara"
