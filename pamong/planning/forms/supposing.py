"""What is supposed in a what-if."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from pamong.common.inputs import QuickSelect
from pamong.engine import edition as editions
from pamong.engine.edition import Indicator
from pamong.planning.queries.ground import Ground, Item
from pamong.planning.supposing import MOST_ADDED, STATES, Added, Changes

STATE = QuickSelect({"class": "form-select"}, [("", "Seperti sekarang"), *STATES.items()])


@dataclass(frozen=True, slots=True)
class SupposedRow:
    """One innovation: the id and the control of its supposed state, how many of its levels are supposed, and where they are."""

    name: str
    agency: str
    id: str
    control: SafeString
    changed: str
    levels: str


class SupposeForm(forms.Form):
    """What is supposed of the whole region."""

    name = forms.CharField(label="Nama pengandaian", max_length=120)
    edition = forms.ChoiceField(label="Aturan tahun", required=False)
    everywhere = forms.ChoiceField(label="Semua inovasi, pada indikator", required=False, widget=QuickSelect())
    least = forms.TypedChoiceField(
        label="sedikitnya mencapai", required=False, coerce=int, empty_value=None,
        choices=[("", "–"), *((str(level), f"tingkat {level}") for level in (1, 2, 3))],
    )  # fmt: skip
    number = forms.IntegerField(label="Tambah inovasi baru sebanyak", min_value=0, max_value=MOST_ADDED, required=False)
    affair = forms.ChoiceField(label="dengan urusan", required=False)
    level = forms.TypedChoiceField(
        label="semua indikatornya pada", required=False, coerce=int, empty_value=None,
        choices=[(str(level), f"tingkat {level}") for level in (1, 2, 3)], initial="2",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, found: Ground, changes: Changes, name: str = "", levels_at: str = ""
    ) -> None:
        """``levels_at``: the address of one innovation's levels, with ``ITEM`` for its code."""
        super().__init__(data, initial=_supposed_before(changes, name))
        self.found, self.changes, self.levels_at = found, changes, levels_at
        edition = found.edition
        self._choose(
            "edition",
            [
                ("", f"Tetap ({edition.title})"),
                *((code, editions.load(code).title) for code in editions.available() if code != edition.code),
            ],
        )
        self._choose(
            "everywhere", [("", "–"), *((each.code, f"{each.code} {each.name}") for each in edition.innovation)]
        )
        self._choose("affair", [(each.code, each.label) for each in edition.affairs])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = choices

    @property
    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "edition", "everywhere", "least", "number", "affair", "level")]

    def rows(self) -> Iterator[SupposedRow]:
        """Every innovation, as the table shows it."""
        counted = Counter(item for item, _ in self.changes.levels)
        for each in self.innovations:
            name, number = f"s{each.code}", counted[each.code]
            control = STATE.render(name, self._state(each), {"id": f"id_{name}"})
            changed, levels = f" ({number})" if number else "", self.levels_at.replace("ITEM", each.code)
            yield SupposedRow(each.name, each.agency_name, f"id_{name}", control, changed, levels)

    @property
    def innovations(self) -> list[Item]:
        return [each for each in self.found.items.values() if not each.is_own]

    def _state(self, item: Item) -> str:
        # No fields of their own: a region has hundreds of innovations, and every field costs as much as computing the index.
        if not self.is_bound:
            return self.changes.states.get(item.code, "")
        return str(self.data.get(f"s{item.code}", ""))

    @property
    def supposed(self) -> Changes:
        """The changes as typed; levels set one by one elsewhere are kept."""
        given = self.cleaned_data
        everywhere = {given["everywhere"]: given["least"]} if given["everywhere"] and given["least"] else {}
        added = (Added(given["number"], given["affair"], given["level"]),) if given["number"] else ()
        states = {item.code: state for item in self.innovations if (state := self._state(item))}
        return Changes(given["edition"], self.changes.levels, everywhere, states, added)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get("everywhere")) != bool(data.get("least")):
            self.add_error("least", "Pilih indikator dan tingkatnya, atau kosongkan keduanya.")
        for item in self.innovations:
            if self._state(item) not in ("", *STATES):
                self.add_error(None, f"Keadaan {item.name} tidak dikenal. Pilih lagi dari daftarnya.")
        return data


class LevelsForm(forms.Form):
    """Supposed levels of one innovation, or of the region's own indicators."""

    def __init__(
        self, data: Any = None, *, item: Item, indicators: Sequence[Indicator], levels: Mapping[str, int]
    ) -> None:
        super().__init__(data)
        self.indicators = indicators
        for each in indicators:
            now = item.levels.get(each.code, 0)
            choices = [("", f"Tetap (tingkat {now})"), *((str(level), f"tingkat {level}") for level in range(4))]
            self.fields[f"l{each.code}"] = forms.TypedChoiceField(
                label=f"{each.code} {each.name}", choices=choices, required=False, coerce=int, empty_value=None,
                initial=levels.get(each.code, ""), widget=QuickSelect(choices=choices),
            )  # fmt: skip

    @property
    def levels(self) -> dict[str, int]:
        given = {each.code: self.cleaned_data[f"l{each.code}"] for each in self.indicators}
        return {code: level for code, level in given.items() if level is not None}


def _supposed_before(changes: Changes, name: str) -> dict[str, Any]:
    (code, least), *_ = [*changes.everywhere.items(), ("", "")]
    added = changes.added[0] if changes.added else None
    new = {"number": added.number, "affair": added.affair, "level": added.level} if added else {}
    return {"name": name, "edition": changes.edition, "everywhere": code, "least": least, **new}
