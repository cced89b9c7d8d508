"""What a level takes, and how likely innovations are accepted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from pamong.engine.gaps import Effort
from pamong.planning.queries.efforts import EffortLine
from pamong.planning.queries.portfolio import DECIDED
from pamong.planning.queries.portfolio import Row as PortfolioRow


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


def _plain(days: Decimal) -> str:
    return f"{days.normalize():f}".replace(".", ",")
