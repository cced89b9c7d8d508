"""Published results are recorded once, by who may, with their source; ranks are shared by equals and only within a series."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from pamong.agencies.models import Region
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.ranking import queries, tables
from pamong.ranking.actions import bringing as actions
from pamong.ranking.actions.bringing import Brought, Told
from pamong.ranking.models import Cluster, ClusterMember, Publication, Result, Series
from pamong.ranking.queries import Group
from tests.build import People
from tests.ranking import build

TOLD = Told(2025, "Keputusan contoh", "0" * 64)


def rows(text: str = build.TABLE) -> list[tables.Given]:
    return [line.given for line in tables.read(text.encode(), None) if line.given]


def written() -> tuple[int, int, int]:
    return Publication.objects.count(), Result.objects.count(), Event.objects.count()


def ranks(publication: Publication, group: str, region: Region | None = None) -> list[tuple[int, str]]:
    return [(row.rank, row.code) for row in queries.table(publication, Group(group, ""), region)]


def test_an_import_records_results_their_source_and_who_did_it(people: People) -> None:
    assert actions.bring_results(build.series(), rows(), TOLD, by=people.site_admin) == Brought(4, 0, 0)
    made = Publication.objects.get()
    assert (made.year, made.source, made.by, made.results.count()) == (2025, "Keputusan contoh", people.site_admin, 4)
    event = Event.objects.get(act="results.brought")
    assert (event.chain, event.says, event.data["added"]) == ("site", f"mencatat hasil {made}", 4)


def test_twice_changes_nothing_twice(people: People) -> None:
    actions.bring_results(build.series(), rows(), TOLD, by=people.site_admin)
    before = written(), list(Publication.objects.values_list())
    assert actions.bring_results(build.series(), rows(), TOLD, by=people.site_admin) == Brought(0, 0, 4)
    assert (written(), list(Publication.objects.values_list())) == before


def test_a_corrected_value_replaces_the_old_one_and_leaves_the_others(people: People) -> None:
    build.results()
    corrected = rows(build.TABLE.replace("43,00", "43,25"))
    assert actions.would_bring(build.series(), corrected, 2025) == Brought(0, 1, 3)
    assert Result.objects.get(code="35.20").value == Decimal("43.00")
    assert actions.bring_results(build.series(), corrected, TOLD, by=people.site_admin) == Brought(0, 1, 3)
    assert Result.objects.get(code="35.20").value == Decimal("43.25")


def test_only_administrators_of_the_site_bring_results_and_others_change_nothing(people: People) -> None:
    before = written()
    for person in (people.region_admin, people.nation_reader, people.stranger):
        for act in (
            lambda who=person: actions.bring_results(build.series(), rows(), TOLD, by=who),
            lambda who=person: actions.add_series(by=who, code="x", name="X", unit="u", method="m"),
            lambda who=person: actions.set_cluster(by=who, code="x", name="X", source="s", members=["33"]),
        ):
            with pytest.raises(Refused, match="Hanya administrator situs"):
                act()
    assert (written(), Cluster.objects.count(), Series.objects.filter(code="x").exists()) == (before, 0, False)


def test_nothing_to_record_is_refused(people: People) -> None:
    with pytest.raises(Refused, match="Tidak ada baris"):
        actions.bring_results(build.series(), [], TOLD, by=people.site_admin)
    assert written() == (0, 0, 0)


def test_a_series_has_one_code(people: People) -> None:
    made = actions.add_series(by=people.site_admin, code="igp", name="IGP", unit="poin", method="Lain.")
    assert list(Series.objects.values_list("code", flat=True))[-1] == made.code
    with pytest.raises(Refused, match="sudah dipakai"):
        actions.add_series(by=people.site_admin, code="igp", name="Lain", unit="poin", method="Lain.")
    assert Series.objects.get(code="igp").name == "IGP"


def test_equal_values_share_a_rank_and_the_next_is_skipped(region: Region) -> None:
    found = build.results()
    assert ranks(found, "semua") == [(1, "33.08"), (1, "33.71"), (3, "33"), (4, "35.20")]
    assert queries.shared_ranks([Decimal(each) for each in (5, 5, 5, 4, 3, 3)]) == [1, 1, 1, 4, 5, 5]


def test_a_group_is_ranked_for_itself(region: Region, people: People) -> None:
    found = build.results()
    assert ranks(found, "kabupaten") == [(1, "33.08"), (2, "35.20")]
    assert ranks(found, "kota") == [(1, "33.71")]
    actions.set_cluster(by=people.site_admin, code="tertinggal", name="T", source="Perpres", members=["35.20", "33"])
    assert ranks(found, "tertinggal") == [(1, "33"), (2, "35.20")]
    assert [group.code for group in queries.groups()] == ["semua", "provinsi", "kabupaten", "kota", "tertinggal"]


def test_a_cluster_brought_anew_replaces_its_members(people: People) -> None:
    def members() -> list[str]:
        return sorted(ClusterMember.objects.values_list("code", flat=True))

    def put(*codes: str) -> None:
        actions.set_cluster(by=people.site_admin, code="papua", name="Papua", source="UU", members=codes)

    put("91", "92")
    put("92", "94")
    assert members() == ["92", "94"]
    before = Event.objects.count()
    put("92", "94")
    assert Event.objects.count() == before


def test_the_year_before_is_that_of_the_same_series_only(region: Region) -> None:
    build.results(build.TABLE.replace("71,87", "10,00"), year=2024, regions=4)
    build.results(build.TABLE, year=2024, code="iga-poin", regions=4)
    rows = queries.table(build.results(regions=4), Group("semua", ""))
    found = {row.code: (row.rank, row.before, row.moved) for row in rows}
    assert found == {"33.71": (1, 3, 2), "33.08": (1, 3, 2), "33": (3, 1, -2), "35.20": (4, 2, -2)}


@pytest.mark.parametrize(("earlier", "later"), [(5, 4), (4, 5), (None, 4), (4, None)])
def test_places_in_tables_that_are_not_whole_are_not_set_beside_one_another(
    earlier: int | None, later: int | None, region: Region
) -> None:
    build.results(year=2024, regions=earlier)
    rows = queries.table(build.results(regions=later), Group("semua", ""))
    assert {row.before for row in rows} == {None}


def test_a_regions_years_are_told_by_series(region: Region) -> None:
    build.results(build.HEADER + "33.71;Kota Contoh;20030;;;\n", year=2018, code="iga-poin")
    build.results(year=2024)
    build.results()
    found = [
        (series.code, [(p.publication.year, p.row.rank, p.rows) for p in points])
        for series, points in queries.history(region)
    ]
    assert found == [("iid", [(2025, 1, 1), (2024, 1, 1)]), ("iga-poin", [(2018, 1, 1)])]


def run(path: Path, *more: str) -> str:
    out = StringIO()
    call_command("import_results", str(path), "--series", "iid", "--year", "2025", "--source", "SK", *more, stdout=out)
    return out.getvalue()


def test_the_command_records_after_a_dry_run_that_records_nothing(db: None, tmp_path: Path) -> None:
    path = tmp_path / "hasil.csv"
    path.write_text(build.TABLE)
    assert run(path, "--dry-run") == "Belum dicatat (--dry-run): 4 hasil baru, 0 diperbaiki, 0 sudah sama.\n"
    assert Result.objects.count() == 0
    assert run(path) == "4 hasil baru, 0 diperbaiki, 0 sudah sama.\n"
    assert run(path) == "0 hasil baru, 0 diperbaiki, 4 sudah sama.\n"


def test_the_command_records_nothing_of_a_file_with_a_wrong_row(db: None, tmp_path: Path) -> None:
    path = tmp_path / "hasil.csv"
    path.write_text(build.TABLE + "33.72;Kota Salah;x;;;\n")
    with pytest.raises(CommandError, match=r"baris 6 \(33\.72 Kota Salah\): nilai harus angka"):
        run(path)
    for wrong in (["--series", "iid-lama"], ["--year", "1999"]):
        with pytest.raises(CommandError):
            run(path, *wrong)
    assert Result.objects.count() == 0
