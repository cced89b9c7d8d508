"""Published results, brought as the product brings them."""

from __future__ import annotations

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.ranking import queries, tables, tasks
from pamong.ranking.actions import bringing as actions
from pamong.ranking.actions import computing
from pamong.ranking.models import Publication, Run, Series
from pamong.ranking.states import Kind

HEADER = "kode;nama;nilai;peringkat;di antara;sumber\n"
TABLE = (
    HEADER
    + "33.71;Kota Contoh;71,87;;;\n35.20;Kabupaten Lain;43,00;218;kabupaten;suara.test\n33.08;Kabupaten Sama;71,87;;;\n33;Provinsi Contoh;60;;;\n"
)


def series(code: str = "iid") -> Series:
    return Series.objects.get(code=code)


def results(text: str = TABLE, *, year: int = 2025, code: str = "iid", regions: int | None = None) -> Publication:
    """``text`` recorded by the operator of the machine as the results of ``year``."""
    of = series(code)
    rows = [line.given for line in tables.read(text.encode(), of.top) if line.given]
    actions.bring_results(of, rows, actions.Told(year, "Keputusan contoh", "0" * 64, regions), by=None)
    return queries.publications().get(series=of, year=year)


SPEC = '{"id": "daerah", "tree": {"name": "indeks", "weight": 1, "children": [{"column": "a", "weight": 1, "direction": 1}]}}'


def simulated(region: Region, by: User, *, shared: bool = False) -> Run:
    """An index by the weights of ``by``, computed."""
    asked = {"spec": SPEC, "table": "daerah,a\nKab. A,2\nKab. B,1\n", "draws": 10, "seed": 1, "noise": 5.0}
    made = computing.start(region, Kind.COMPOSITE, "Simulasi sendiri", asked, by=by, now=True)
    tasks.work(made.pk)
    computing.share(made, by=by, shared=shared)
    return Run.objects.get(pk=made.pk)
