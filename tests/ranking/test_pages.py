"""The pages of ranks say what they show, in how many questions, and record only what was confirmed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from pamong.agencies.models import Region
from pamong.ranking import queries
from pamong.ranking.models import Cluster, Result, Series
from tests.build import People
from tests.ranking import build

Login = Callable[[Any], Client]


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def at(region: Region, **asked: str) -> str:
    return reverse("ranking:table", args=[region.slug]) + "?" + "&".join(f"{k}={v}" for k, v in asked.items())


def test_the_table_marks_the_region_and_says_how_ties_are_ranked(region: Region, people: People, login: Login) -> None:
    build.results(regions=4)
    page = text(login(people.operator).get(at(region, kelompok="semua")))
    assert "Kota Contoh: urutan 1 dari 4 , dengan nilai 71,87." in page
    assert "Daerah bernilai sama berbagi urutan, dan urutan sesudahnya dilompati (1, 2, 2, 4)." in page
    assert "belum lengkap" not in page
    assert "218 kabupaten" in page


def test_a_table_that_is_not_whole_says_that_it_is_no_national_rank(
    region: Region, people: People, login: Login
) -> None:
    build.results(regions=552)
    page = text(login(people.operator).get(at(region)))
    assert "Kota Contoh: nilai 71,87. " in page
    assert "memuat 4 daerah dari 552 yang dinilai . Urutannya di antara yang dimuat saja" in page.replace(
        "dinilai.", "dinilai ."
    )


def test_without_results_the_page_says_whom_to_ask(region: Region, people: People, login: Login) -> None:
    client = login(people.operator)
    assert "Mintalah administrator situs mengimpornya." in text(client.get(at(region)))
    assert client.get(reverse("ranking:export", args=[region.slug])).status_code == 404


def test_nonsense_in_the_address_shows_the_newest_table(region: Region, people: People, login: Login) -> None:
    build.results(year=2024)
    build.results()
    page = login(people.operator).get(at(region, tabel="iid-9999", kelompok="x' OR 1=1"))
    assert (page.status_code, page.context["shown"].publication.year, page.context["shown"].group.code) == (
        200,
        2025,
        "kota",
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_asks_the_same_for_one_region_and_for_three(
    count: int, region: Region, people: People, login: Login, django_assert_num_queries: Any
) -> None:
    rows = "".join(f"33.{71 + n};Kota {n};5{n},00;;;\n" for n in range(count))
    build.results(build.HEADER + rows, year=2024, regions=count)
    build.results(build.HEADER + rows, regions=count)
    client = login(people.operator)
    client.get(at(region))
    with django_assert_num_queries(9):
        assert len(client.get(at(region)).context["shown"].rows) == count


def test_the_table_leaves_as_a_workbook(region: Region, people: People, login: Login) -> None:
    build.results()
    answer = login(people.operator).get(reverse("ranking:export", args=[region.slug]) + "?kelompok=semua")
    assert answer["Content-Disposition"] == 'attachment; filename="peringkat-iid-2025-semua.xlsx"'


def test_a_regions_own_years_stand_in_one_table_for_each_series(region: Region, people: People, login: Login) -> None:
    build.results(build.HEADER + "33.71;Kota Contoh;20030;;;\n", year=2018, code="iga-poin")
    build.results()
    page = login(people.operator).get(reverse("ranking:history", args=[region.slug]))
    assert page.content.decode().count("<table") == 2
    assert "Angka dari tabel yang berbeda tidak dapat dibandingkan." in text(page)


def send(client: Client, content: str, **more: Any) -> Any:
    file = SimpleUploadedFile("hasil.csv", content.encode())
    given = {"series": "iid", "year": "2025", "source": "SK contoh", "regions": "552", "file": file} | more
    return client.post(reverse("site:results_bring"), given)


def test_an_import_is_shown_line_by_line_and_recorded_when_confirmed(people: People, login: Login) -> None:
    client = login(people.site_admin)
    assert client.get(reverse("site:results_bring")).status_code == 200
    report = send(client, build.TABLE)
    assert "4 hasil baru, 0 berubah, 0 sudah sama. Belum ada yang dicatat." in text(report)
    assert Result.objects.count() == 0
    initial = {key: "" if value is None else value for key, value in report.context["form"].initial.items()}
    done = client.post(reverse("site:results_bring"), initial, follow=True)
    assert "4 hasil baru, 0 diperbaiki, 0 sudah sama." in text(done)
    assert (Result.objects.count(), "552" in text(done)) == (4, True)


def test_a_wrong_line_keeps_the_whole_file_from_being_recorded(people: People, login: Login) -> None:
    report = send(login(people.site_admin), build.TABLE + "33.72;Kota Salah;x;;;\n")
    assert "1 baris salah" in text(report)
    assert "nilai harus angka dengan paling banyak dua desimal" in text(report)
    assert 'name="rows"' not in report.content.decode()
    assert Result.objects.count() == 0


def test_what_is_no_table_is_refused_with_what_was_typed(people: People, login: Login) -> None:
    answer = send(login(people.site_admin), "nama\nKota\n")
    assert answer.status_code == 409
    assert "Kolom kode, nilai tidak ada pada baris judul." in text(answer)
    assert 'value="SK contoh"' in answer.content.decode()
    assert send(login(people.site_admin), build.TABLE, year="1").status_code == 422


@pytest.mark.parametrize("rows", ["x", "[[1]]", '[["33","A","NaN",null,"",""]]', '[["33","A","1","1","",""]]'])
def test_a_tampered_confirmation_is_refused(rows: str, people: People, login: Login) -> None:
    given = {"series": "iid", "year": "2025", "source": "SK", "digest": "0" * 64, "rows": rows}
    answer = login(people.site_admin).post(reverse("site:results_bring"), given)
    assert (answer.status_code, Result.objects.count()) == (422, 0)
    empty = login(people.site_admin).post(reverse("site:results_bring"), given | {"rows": "[]"})
    assert (empty.status_code, Result.objects.count()) == (409, 0)


def test_series_and_clusters_are_added_from_their_forms(people: People, login: Login) -> None:
    client = login(people.site_admin)
    client.post(reverse("site:series_add"), {"name": "IGP", "code": "igp", "unit": "poin", "method": "Lain."})
    file = SimpleUploadedFile("papua.csv", b"kode\n91\n92\n")
    given = {"name": "Papua", "code": "papua", "source": "UU 2/2021", "file": file}
    page = client.post(reverse("site:cluster_set"), given, follow=True)
    assert "2 daerah; dasar: UU 2/2021" in text(page)
    assert (Series.objects.filter(code="igp").count(), Cluster.objects.get().members.count()) == (1, 2)


def test_a_cluster_may_not_take_the_name_of_a_kind(people: People, login: Login) -> None:
    file = SimpleUploadedFile("x.csv", b"kode\n91\n")
    answer = login(people.site_admin).post(
        reverse("site:cluster_set"), {"name": "Kota", "code": "kota", "source": "x", "file": file}
    )
    assert (answer.status_code, Cluster.objects.count()) == (422, 0)


def test_unless_told_the_table_is_the_newest_the_region_stands_in(region: Region, people: People, login: Login) -> None:
    build.results(year=2024)
    build.results(build.HEADER + "33.72;Kota Lain;50;;;\n", year=2025)
    shown = login(people.operator).get(at(region)).context["shown"]
    assert (shown.publication.year, shown.own.rank) == (2024, 1)


def test_a_code_known_under_another_name_is_remarked_and_can_be_recorded_all_the_same(
    region: Region, people: People, login: Login
) -> None:
    build.results(build.HEADER + "33.08;Kab. Sama;60;;;\n", year=2024)
    text_ = build.HEADER + "33.71;Kota Lain;70;;;\n33.08;Kabupaten SAMA;61;;;\n99.01;Kabupaten Baru;50;;;\n"
    report = send(login(people.site_admin), text_)
    assert [remark for _, remark in report.context["lines"]] == ["kode ini dikenal sebagai Kota Contoh", "", ""]
    assert "1 baris perlu Anda periksa" in text(report)
    assert 'name="rows"' in report.content.decode()


def test_a_code_nobody_knows_is_remarked_where_the_list_of_regions_is_long(
    people: People, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "WHOLE_LIST", 1)
    report = send(login(people.site_admin), build.HEADER + "99.01;Kabupaten Baru;50;;;\n")
    assert [remark for _, remark in report.context["lines"]] == ["kode ini tidak ada di antara daerah yang dikenal"]


def test_the_years_brought_leave_as_a_workbook(people: People, login: Login) -> None:
    build.results(regions=4)
    answer = login(people.site_admin).get(reverse("site:published_export"))
    head, line = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert (head[:4], line[1:5]) == (
        ["Seri", "Tahun", "Daerah dicatat", "Daerah dinilai"],
        [2025, 4, 4, "Keputusan contoh"],
    )
