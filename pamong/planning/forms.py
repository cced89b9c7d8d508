"""What is typed when planning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.safestring import SafeString

from pamong.accounts.models import User
from pamong.common.inputs import DayInput, QuickSelect
from pamong.engine import edition as editions
from pamong.engine.edition import Indicator
from pamong.engine.gaps import Effort
from pamong.planning.asks import PAST, Share, Wish, Without
from pamong.planning.models import Plan, Task
from pamong.planning.queries.efforts import EffortLine
from pamong.planning.queries.ground import OWN_AGENCY, OWN_LABEL, Ground, Item
from pamong.planning.queries.portfolio import DECIDED
from pamong.planning.queries.portfolio import Row as PortfolioRow
from pamong.planning.supposing import MOST_ADDED, STATES, Added, Changes

MOST_DAYS = Decimal("9999.9")
STATE = QuickSelect({"class": "form-select"}, [("", "Seperti sekarang"), *STATES.items()])
OFFICE = "daerah"  # stands in the form for the region's own office, which has no slug


class EffortForm(forms.Form):
    """Days, money and waiting time for each level of one indicator; without days the level keeps its estimate."""

    def __init__(self, data: Any = None, *, lines: Sequence[EffortLine]) -> None:
        super().__init__(data)
        self.lines = lines
        for line in lines:
            effort = line.effort if line.is_set else None
            self.fields[f"days{line.level}"] = forms.DecimalField(
                label=f"Tingkat {line.level}: hari kerja", min_value=0, max_value=Decimal("9999"), max_digits=5,
                decimal_places=1, required=False, localize=True, initial=effort.days if effort else None,
                help_text=f"Sekarang dipakai {_plain(line.effort.days)} hari ({line.source}).",
            )  # fmt: skip
            self.fields[f"cost{line.level}"] = forms.DecimalField(
                label=f"Tingkat {line.level}: biaya (rupiah)", min_value=0, max_digits=14, decimal_places=0,
                required=False, localize=True, initial=effort.cost if effort else None,
            )  # fmt: skip
            self.fields[f"lead{line.level}"] = forms.IntegerField(
                label=f"Tingkat {line.level}: waktu tunggu (hari kalender)", min_value=0, max_value=3000,
                required=False, initial=effort.lead if effort else None,
                help_text="Berapa lama sampai buktinya ada, misalnya menunggu tanda tangan.",
            )  # fmt: skip

    @property
    def efforts(self) -> dict[int, Effort | None]:
        return {line.level: self._effort(line.level) for line in self.lines}

    def _effort(self, level: int) -> Effort | None:
        given = self.cleaned_data
        if given[f"days{level}"] is None:
            return None
        return Effort(given[f"days{level}"], given[f"cost{level}"] or Decimal(0), given[f"lead{level}"] or 0)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for line in self.lines:
            rest = (data.get(f"cost{line.level}"), data.get(f"lead{line.level}"))
            if data.get(f"days{line.level}") is None and any(each is not None for each in rest):
                self.add_error(f"days{line.level}", "Isi juga hari kerjanya, atau kosongkan biaya dan waktu tunggunya.")
        return data


class WishForm(forms.Form):
    """A question to the planner."""

    name = forms.CharField(
        label="Nama rencana", max_length=120, help_text="Supaya mudah dikenali di antara rencana lain."
    )
    goal = forms.ChoiceField(label="Yang dicari", choices=Plan.Goal.choices, widget=forms.RadioSelect)
    target = forms.DecimalField(
        label="Indeks yang dituju", min_value=0, max_value=100, max_digits=5, decimal_places=2, localize=True,
        required=False, help_text="Hanya untuk pilihan kedua. Predikat Sangat Inovatif dimulai dari 65,01.",
    )  # fmt: skip
    until = forms.DateField(
        label="Tenggat",
        widget=DayInput,
        help_text="Tingkat yang buktinya tidak mungkin selesai sebelum tanggal ini tidak direncanakan.",
    )
    otherwise = forms.DecimalField(
        label="Hari kerja setiap instansi", min_value=0, max_value=MOST_DAYS, max_digits=5, decimal_places=1,
        localize=True, required=False,
        help_text="Jumlah hari kerja orang yang dapat dipakai. Kosongkan bila tidak dibatasi.",
    )  # fmt: skip
    cost = forms.DecimalField(
        label="Biaya paling banyak (rupiah)", min_value=0, max_digits=14, decimal_places=0, localize=True, required=False,
        help_text="Kosongkan bila tidak dibatasi.",
    )  # fmt: skip

    own = forms.DecimalField(
        label=f"Hari kerja {OWN_LABEL}", min_value=0, max_value=MOST_DAYS, max_digits=5, decimal_places=1, localize=True,
        required=False, help_text="Untuk indikator daerah sendiri. Kosongkan bila sama dengan setiap instansi.",
    )  # fmt: skip
    no_agencies = forms.MultipleChoiceField(label="Instansi", required=False, widget=forms.CheckboxSelectMultiple)
    no_entries = forms.MultipleChoiceField(label="Inovasi", required=False, widget=forms.CheckboxSelectMultiple)
    no_indicators = forms.MultipleChoiceField(label="Indikator", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, found: Ground, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        agencies = {slug: name for slug, name in sorted(found.names.items(), key=lambda each: each[1]) if slug}
        entries = [(each.code, each.name) for each in found.items.values() if not each.is_own]
        lines = (*found.edition.institution, *found.edition.innovation)
        self._choose("no_agencies", [(OFFICE, OWN_LABEL), *agencies.items()])
        self._choose("no_entries", entries)
        self._choose("no_indicators", [(each.code, f"{each.code} {each.name}") for each in lines])
        self.agencies = agencies
        for slug, name in agencies.items():
            self.fields[f"days-{slug}"] = forms.DecimalField(
                label=name,
                min_value=0,
                max_value=MOST_DAYS,
                max_digits=5,
                decimal_places=1,
                localize=True,
                required=False,
            )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (for the type checker)
        field.choices = choices

    @property
    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "goal", "target", "until", "otherwise", "own", "cost")]

    @property
    def left_out(self) -> list[tuple[forms.BoundField, int]]:
        """What can be left out, and how many of it are."""
        fields = (self[name] for name in ("no_agencies", "no_entries", "no_indicators"))
        return [(bound, len(bound.value() or ())) for bound in fields]

    @property
    def leaves_out(self) -> bool:
        """Whether something is left out, or wrong: then that part of the form is shown open."""
        return any(number or bound.errors for bound, number in self.left_out)

    @property
    def budgets(self) -> list[forms.BoundField]:
        return [self[f"days-{slug}"] for slug in self.agencies]

    @property
    def differs(self) -> bool:
        """Whether some agency was given days of its own, or one of them is wrong: then the list is shown open."""
        return any(bound.value() not in (None, "") for bound in self.budgets)

    @property
    def wish(self) -> Wish:
        given = self.cleaned_data
        days = {slug: given[f"days-{slug}"] for slug in self.agencies if given[f"days-{slug}"] is not None}
        if given["own"] is not None:
            days[OWN_AGENCY] = given["own"]
        without = Without(
            tuple(OWN_AGENCY if slug == OFFICE else slug for slug in given["no_agencies"]),
            tuple(given["no_entries"]),
            tuple(given["no_indicators"]),
        )
        main = {name: given[name] for name in ("name", "goal", "until", "target", "otherwise", "cost")}
        return Wish(budgets=days, without=without, **main)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("goal") == Plan.Goal.REACH and data.get("target") is None and "target" not in self.errors:
            self.add_error("target", "Tulis indeks yang dituju.")
        if data.get("until") and data["until"] < timezone.localdate():
            self.add_error("until", PAST)
        return data


class AgreeForm(forms.Form):
    """For every agency of a plan: who answers for its part, and by when."""

    def __init__(
        self,
        data: Any = None,
        *,
        houses: Iterable[tuple[str, str]],
        people: Mapping[str, Sequence[User]],
        proposed: Mapping[str, User],
        plan: Plan,
    ) -> None:
        super().__init__(data)
        self.houses = list(houses)
        self.known = {str(one.pk): one for each in people.values() for one in each}
        for slug, name in self.houses:
            choices = [("", "Belum ditentukan"), *((str(one.pk), one.name) for one in people.get(slug, ()))]
            self.fields[f"person-{slug}"] = forms.ChoiceField(
                label=f"Penanggung jawab {name}", choices=choices, required=False, widget=QuickSelect(choices=choices),
                initial=str(proposed[slug].pk) if slug in proposed else "",
            )  # fmt: skip
            self.fields[f"due-{slug}"] = forms.DateField(label=f"Tenggat {name}", widget=DayInput, initial=plan.until)

    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [(name, self[f"person-{slug}"], self[f"due-{slug}"]) for slug, name in self.houses]

    @property
    def shares(self) -> dict[str, Share]:
        given = self.cleaned_data
        return {slug: Share(self.known.get(given[f"person-{slug}"]), given[f"due-{slug}"]) for slug, _ in self.houses}


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


def _plain(days: Decimal) -> str:
    return f"{days.normalize():f}".replace(".", ",")


class ChancesForm(forms.Form):
    """The chance of each innovation not decided yet; empty ones follow the region's history."""

    def __init__(self, data: Any = None, *, rows: Sequence[PortfolioRow]) -> None:
        super().__init__(data)
        self.rows = [row for row in rows if row.item.state not in DECIDED]
        for row in self.rows:
            self.fields[f"c{row.item.pk}"] = forms.IntegerField(
                label=f"Peluang {row.item.name} (%)", min_value=0, max_value=100, required=False,
                initial=row.percent if row.is_set else None,
            )  # fmt: skip

    @property
    def chances(self) -> dict[int, int | None]:
        return {row.item.pk: self.cleaned_data[f"c{row.item.pk}"] for row in self.rows}


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
