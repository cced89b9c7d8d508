"""A question to the planner, and agreeing on its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from pamong.accounts.models import User
from pamong.common.inputs import DayInput, QuickSelect
from pamong.planning.asks import PAST, Share, Wish, Without
from pamong.planning.models import Plan
from pamong.planning.queries.ground import OWN_AGENCY, OWN_LABEL, Ground
from pamong.planning.ranks import Basis

MOST_DAYS = Decimal("9999.9")
OFFICE = "daerah"  # stands in the form for the region's own office, which has no slug


class WishForm(forms.Form):
    """A question to the planner."""

    name = forms.CharField(
        label="Nama rencana", max_length=120, help_text="Supaya mudah dikenali di antara rencana lain."
    )
    goal = forms.ChoiceField(label="Yang dicari", choices=Plan.Goal.choices, widget=forms.RadioSelect)
    target = forms.DecimalField(
        label="Indeks yang dituju", min_value=0, max_value=100, max_digits=5, decimal_places=2, localize=True,
        required=False, help_text="Hanya bila yang dicari indeks tertentu. Predikat Sangat Inovatif dimulai dari 65,01.",
    )  # fmt: skip
    rank = forms.IntegerField(label="Peringkat yang dituju", min_value=1, required=False)
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

    def __init__(
        self, data: Any = None, *, found: Ground, basis: Basis | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        """``basis``: the published table a rank may be chosen from; without one a rank cannot be."""
        super().__init__(data, initial=dict(initial or {}))
        self.basis = basis
        if basis:
            self.fields["rank"].help_text = _of_ranks(basis)
        else:
            del self.fields["rank"]
            self._choose("goal", [(goal, str(label)) for goal, label in Plan.Goal.choices if goal != Plan.Goal.RANK])
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
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = choices

    @property
    def aims(self) -> list[forms.BoundField]:
        """What is to be reached."""
        return [self[name] for name in ("name", "goal", "target", "rank") if name in self.fields]

    @property
    def limits(self) -> list[forms.BoundField]:
        """What may be used for it."""
        return [self[name] for name in ("until", "otherwise", "own", "cost")]

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
        return Wish(budgets=days, without=without, rank=given.get("rank"), **main)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("goal") == Plan.Goal.REACH and data.get("target") is None and "target" not in self.errors:
            self.add_error("target", "Tulis indeks yang dituju.")
        if data.get("goal") == Plan.Goal.RANK:
            self._require_rank(data.get("rank"))
        if data.get("until") and data["until"] < timezone.localdate():
            self.add_error("until", PAST)
        return data

    def _require_rank(self, rank: int | None) -> None:
        if rank is None and "rank" not in self.errors:
            self.add_error("rank", "Tulis peringkat yang dituju.")
        if rank is not None and self.basis and rank > self.basis.of:
            self.add_error(
                "rank", f"Hanya ada {self.basis.of} {self.basis.among} dalam tabel itu. Tulis angka yang lebih kecil."
            )


def _of_ranks(basis: Basis) -> str:
    """From which table a rank is taken, and where the region stands in it."""
    own = f" Daerah ini di urutan {basis.own_rank}." if basis.own_rank else ""
    table = f"{basis.series} {basis.year}, {basis.of} {basis.among}"
    return f"Hanya bila yang dicari peringkat tertentu. Diambil dari {table}.{own}"


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
