"""An installation kept in one file, and brought back from it."""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.ops.terminal import pamong

ROWS = "code,name,kind,province_code\n33,Jawa Tengah,provinsi,\n33.71,Kota Magelang,kota,33\n"
Install = Callable[[str], dict[str, str]]
before_any_database = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"),
    reason="an archive is read before any database: as on SQLite",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("archive")


@pytest.fixture(scope="module")
def install(folder: Path) -> Iterator[Install]:
    """``install(name)`` gives a new installation's environment; on PostgreSQL with a database of its own."""
    server, made = os.environ.get("DATABASE_URL", ""), []

    def new(name: str) -> dict[str, str]:
        home = folder / name
        home.mkdir()
        if not server.startswith("postgres"):
            return {"home": str(home)}
        database = f"pamong_archive_{os.getpid()}_{name}"
        with psycopg.connect(_at(server, "postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database}")
            connection.execute(f"CREATE DATABASE {database}")
        made.append(database)
        return {"home": str(home), "DATABASE_URL": _at(server, database)}

    yield new
    for database in made:
        with psycopg.connect(_at(server, "postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


def _at(server: str, database: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{database}"))


def _do(place: dict[str, str], *arguments: str) -> tuple[int, str]:
    done = pamong(Path(place["home"]), *arguments, **{k: v for k, v in place.items() if k != "home"})
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def kept(install: Install, folder: Path) -> tuple[dict[str, str], Path]:
    """An installation with two regions, one administrator and one file, and its archive. The archive stays as it is."""
    place, rows, archive = install("first"), folder / "regions.csv", folder / "all.tar.gz"
    rows.write_text(ROWS)
    assert _do(place, "import-regions", str(rows), "--activate", "33.71")[0] == 0
    assert _do(place, "createadmin", "ani@contoh.test")[0] == 0
    stored = Path(place["home"], "files", "ab", "cd", "abcd")
    stored.parent.mkdir(parents=True)
    stored.write_bytes(b"bukti")
    status, said = _do(place, "backup", str(archive))
    assert (status, "Traceback" in said) == (0, False), said
    return place, archive


def _trail(place: dict[str, str]) -> str:
    status, said = _do(place, "verify-audit", "--json")
    assert status == 0, said
    return said


def _damaged(archive: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The archive with every member passed through ``change``; None leaves it out."""
    bad = archive.with_name("bad.tar.gz")
    with tarfile.open(archive) as source, tarfile.open(bad, "w:gz") as target:
        for member in source:
            content = change(member.name, source.extractfile(member).read())  # type: ignore[union-attr]
            if content is not None:
                member.size = len(content)
                target.addfile(member, BytesIO(content))
    return bad


def test_what_was_kept_comes_back_in_an_empty_installation(kept: tuple[dict[str, str], Path], install: Install) -> None:
    _, archive = kept
    second = install("second")
    status, said = _do(second, "restore", str(archive))
    assert (status, "jejak utuh" in said) == (0, True), said
    with tarfile.open(archive) as members:
        noted = json.load(members.extractfile("manifest.json"))["heads"]  # type: ignore[arg-type]
    assert json.loads(_trail(second)) == noted
    assert Path(second["home"], "files/ab/cd/abcd").read_bytes() == b"bukti"
    # New rows take new numbers: the counters came along.
    assert _do(second, "createadmin", "budi@contoh.test")[0] == 0
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as members:
        assert not any("secret" in name for name in members.getnames())


def test_an_installation_in_use_is_not_overwritten_unless_forced(kept: tuple[dict[str, str], Path]) -> None:
    first, archive = kept
    assert _do(first, "createadmin", "citra@contoh.test")[0] == 0
    later = _trail(first)
    status, said = _do(first, "restore", str(archive))
    assert (status, "--force" in said) == (1, True)
    assert _trail(first) == later
    status, said = _do(first, "restore", str(archive), "--force")
    assert status == 0, said
    assert _trail(first) != later
    # Nothing was lost: what was there before is an archive of its own, and comes back too.
    before = said.split("disimpan di ")[1].strip().rstrip(".")
    assert _do(first, "restore", before, "--force")[0] == 0
    assert _trail(first) == later


@before_any_database
def test_a_damaged_archive_changes_nothing(kept: tuple[dict[str, str], Path]) -> None:
    first, archive = kept
    before = _trail(first)
    for change in (
        lambda name, content: b"lain" if name.startswith("files/") else content,
        lambda name, content: None if name.startswith("files/") else content,
        lambda name, content: content[:-100] if name.startswith(("database", "audit_event")) else content,
        lambda name, content: None if name == "manifest.json" else content,
    ):
        status, said = _do(first, "restore", str(_damaged(archive, change)), "--force")
        assert (status, "Tidak ada yang diubah" in said, "Traceback" in said) == (1, True, False), said
        assert _trail(first) == before
    cut = archive.with_name("cut.tar.gz")
    cut.write_bytes(archive.read_bytes()[:-2000])
    assert _do(first, "restore", str(cut), "--force")[0] == 1
    assert _trail(first) == before
    assert Path(first["home"], "files/ab/cd/abcd").read_bytes() == b"bukti"


def test_an_archive_whose_trail_does_not_fit_is_undone(kept: tuple[dict[str, str], Path]) -> None:
    first, archive = kept
    before = _trail(first)

    def longer(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        manifest["heads"]["site"] = [99, "0" * 64]
        return json.dumps(manifest).encode()

    status, said = _do(first, "restore", str(_damaged(archive, longer)), "--force")
    assert (status, "Data semula tetap dipakai" in said) == (1, True), said
    assert _trail(first) == before
    assert Path(first["home"], "files/ab/cd/abcd").read_bytes() == b"bukti"
    assert _do(first, "createadmin", "budi@contoh.test")[0] == 0


@before_any_database
def test_a_path_that_leads_outside_is_never_written(kept: tuple[dict[str, str], Path], folder: Path) -> None:
    first, archive = kept
    bad = archive.with_name("bad.tar.gz")
    with tarfile.open(archive) as source, tarfile.open(bad, "w:gz") as target:
        manifest = json.loads(source.extractfile("manifest.json").read())  # type: ignore[union-attr]
        manifest["members"] = {"../../outside": "0" * 64}
        for name, content in (("manifest.json", json.dumps(manifest).encode()), ("../../outside", b"x")):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            target.addfile(member, BytesIO(content))
    assert _do(first, "restore", str(bad), "--force")[0] == 1
    assert not list(folder.parent.rglob("outside"))
