"""Regions imported and the first administrator made, from the terminal."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Region
from pamong.agencies.standing import standing
from pamong.audit.models import Event

HEAD = "code,name,kind,province_code,latitude,longitude,population_male,population_female\n"
JAVA = "33,Jawa Tengah,provinsi,,,,18000000,17900000\n"
MAGELANG = "33.71,Kota Magelang,kota,33,-7.47,110.21,60000,62000\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "regions.csv"


def _run(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def test_regions_come_in_unused_until_activated(db: None, file: Path) -> None:
    file.write_text(HEAD + JAVA + MAGELANG)
    assert _run("import_regions", file, "--activate", "33.71") == "2 daerah baru, 0 diperbaiki, 0 tetap.\n"
    assert list(Region.objects.values_list("code", "name", "kind", "population", "is_active", "slug")) == [
        ("33", "Jawa Tengah", "provinsi", 35_900_000, False, "jawa-tengah"),
        ("33.71", "Kota Magelang", "kota", 122_000, True, "kota-magelang"),
    ]


def test_the_same_list_twice_changes_nothing_twice(db: None, file: Path) -> None:
    file.write_text(HEAD + JAVA + MAGELANG)
    _run("import_regions", file)
    acts = Event.objects.count()
    assert _run("import_regions", file) == "0 daerah baru, 0 diperbaiki, 2 tetap.\n"
    assert Event.objects.count() == acts


def test_every_fault_of_a_list_is_named_by_line_and_nothing_is_kept(db: None, file: Path) -> None:
    file.write_text(
        HEAD + JAVA + "33,Lagi,provinsi,,,,,\n33.72,,desa,33,91,x,-1,1.5\n" + MAGELANG + ",Tanpa Kode,kota,,,,,\n"
    )
    with pytest.raises(CommandError) as caught:
        _run("import_regions", file)
    assert str(caught.value).splitlines() == [
        "baris 3: code 33 sudah ada di baris sebelumnya",
        "baris 4: name kosong atau lebih dari 120 huruf",
        "baris 4: kind “desa” tidak dikenal; pilih: provinsi, kabupaten, kota",
        "baris 4: latitude “91” bukan angka dari -90 sampai 90",
        "baris 4: longitude “x” bukan angka dari -180 sampai 180",
        "baris 4: population_male “-1” bukan bilangan bulat",
        "baris 4: population_female “1.5” bukan bilangan bulat",
        "baris 6: code kosong atau lebih dari 10 huruf",
        "Tidak ada yang disimpan. Perbaiki berkasnya lalu ulangi.",
    ]
    assert (Region.objects.count(), Event.objects.count()) == (0, 0)


def test_activating_a_region_that_is_not_there_keeps_nothing(db: None, file: Path) -> None:
    file.write_text(HEAD + JAVA)
    with pytest.raises(CommandError, match=re.escape("berkode 99")):
        _run("import_regions", file, "--activate", "99")
    assert (Region.objects.count(), Event.objects.count()) == (0, 0)


SHAPE = '{"type": "Feature", "properties": {"code": "33.71"}, "geometry": {"type": "Polygon", "coordinates": [[%s]]}}'
CORNERS = "[110.1, -7.4], [110.3, -7.4], [110.3, -7.6], [110.1, -7.4]"


def test_boundaries_come_in_with_the_list_or_alone(db: None, file: Path, tmp_path: Path) -> None:
    shapes = tmp_path / "batas.geojson"
    shapes.write_text(SHAPE % CORNERS)
    file.write_text(HEAD + MAGELANG)
    assert _run("import_regions", file, "--boundaries", shapes, "--source", "BIG") == (
        "1 daerah baru, 0 diperbaiki, 0 tetap.\n1 batas baru, 0 diganti, 0 sudah sama.\n"
    )
    assert (
        _run("import_regions", "--boundaries", shapes, "--source", "BIG") == "0 batas baru, 0 diganti, 1 sudah sama.\n"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SHAPE % "[110.1, -7.4]", "Fitur ke-1: ada garis batas dengan kurang dari tiga titik."),
        ((SHAPE % CORNERS).replace("33.71", "99.99"), "Impor daftar daerah lebih dahulu"),
    ],
)
def test_boundaries_that_cannot_be_used_keep_the_list_out_too(
    content: str, said: str, db: None, file: Path, tmp_path: Path
) -> None:
    shapes = tmp_path / "batas.geojson"
    shapes.write_text(content)
    file.write_text(HEAD + MAGELANG)
    with pytest.raises(CommandError, match=said):
        _run("import_regions", file, "--boundaries", shapes)
    assert (Region.objects.count(), Event.objects.count()) == (0, 0)


def test_nothing_to_import_is_said(db: None, tmp_path: Path) -> None:
    for arguments in ((), ("--boundaries", tmp_path / "tidak-ada.geojson")):
        with pytest.raises(CommandError):
            _run("import_regions", *arguments)


@pytest.mark.parametrize("content", [b"name,kind\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_such_list_is_refused(db: None, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(CommandError):
        _run("import_regions", file)
    assert Region.objects.count() == 0


def test_the_first_administrator_sets_a_password_by_the_printed_link(db: None, client: Client) -> None:
    shown = _run("createadmin", "Ani@Contoh.test", "--name", "Ani Utami")
    person = User.objects.get(email="ani@contoh.test")
    assert (person.name, person.has_usable_password()) == ("Ani Utami", False)
    assert standing(person).may(Permission.MANAGE_SITE)
    path = re.search(r"http://[^/]+(/\S+)", shown)
    assert path is not None
    form = client.get(path[1], follow=True)
    place = form.redirect_chain[-1][0]
    words = {"password1": "kata-sandi-panjang-9", "password2": "kata-sandi-panjang-9"}
    assert client.post(place, words).status_code == 302
    assert User.objects.get(pk=person.pk).check_password("kata-sandi-panjang-9")


def test_a_password_may_come_from_standard_input(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("kata-sandi-panjang-9\n"))
    assert "http" not in _run("createadmin", "ani@contoh.test", "--password-stdin")
    assert User.objects.get().check_password("kata-sandi-panjang-9")


def test_a_weak_password_makes_no_administrator(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("12345\n"))
    with pytest.raises(CommandError):
        _run("createadmin", "ani@contoh.test", "--password-stdin")
    assert (User.objects.count(), Event.objects.count()) == (0, 0)


def test_a_person_who_is_there_already_keeps_name_and_password(db: None) -> None:
    User.objects.create_user("ani@contoh.test", "kata-sandi-uji", name="Ani Utami")
    _run("createadmin", "ani@contoh.test", "--name", "Lain")
    _run("createadmin", "ani@contoh.test")
    person = User.objects.get()
    assert (person.name, person.check_password("kata-sandi-uji")) == ("Ani Utami", True)
    assert person.memberships.count() == 1


def test_what_is_no_address_makes_no_administrator(db: None) -> None:
    with pytest.raises(CommandError, match="bukan alamat surel"):
        _run("createadmin", "ani")
    assert User.objects.count() == 0
