"""Archives made, read and put back."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import IO, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from pamong.audit.archive import postgresql, sqlite
from pamong.audit.models import Event
from pamong.audit.queries import Head, faults, heads

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20


def make(target: Path) -> dict[str, Any]:
    """Write the archive and return its manifest. ``target`` appears only when it is whole."""
    if target.exists():
        raise CommandError(f"{target} sudah ada. Pilih nama lain.")
    with _workplace(target.parent) as work:
        _engine().dump(work)
        # Files after the database: what it names is there; no file is ever changed.
        members = dict(_members(work)) | dict(_members(Path(settings.MEDIA_ROOT), "files/"))
        manifest = _manifest(members)
        whole = work / "archive"
        with tarfile.open(whole, "w:gz", compresslevel=3) as archive:
            _add_text(archive, MANIFEST, json.dumps(manifest, indent=1))
            for name, path in members.items():
                archive.add(path, name, recursive=False)
        whole.chmod(0o600)
        whole.replace(target)
    return manifest


def put_back(source: Path, *, force: bool = False) -> tuple[dict[str, Any], Path | None]:
    """Replace the installation's data by the archive's. Returns the manifest and where the former data was kept.

    Everything is checked before anything is touched; should the rest fail, the former data is back in place.
    """
    home = Path(settings.HOME)
    occupied = not _is_empty()
    if occupied and not force:
        raise CommandError("Pemasangan ini sudah berisi data; tidak ada yang diubah. Pakai --force untuk menggantinya.")
    with _workplace(home) as work:
        manifest = unpack(source, work)
        kept = home / f"sebelum-dipulihkan-{timezone.localtime():%Y%m%d-%H%M%S}.tar.gz" if occupied else None
        if kept:
            make(kept)
        aside = work / "aside"
        aside.mkdir()
        with _engine().replaced(work, aside), _files_replaced(work / "files", aside / "files"):
            _check_trail(manifest)
    return manifest, kept


def unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Write the archive's members into ``folder``. Raises ``CommandError`` unless every one is as the manifest says."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            manifest = _read_manifest(archive)
            for name, digest in manifest["members"].items():
                if _take(archive, name, folder) != digest:
                    raise CommandError(f"Arsip rusak: {name} tidak sesuai dengan daftar isinya. Tidak ada yang diubah.")
    except (OSError, EOFError, tarfile.TarError, KeyError, ValueError) as fault:
        raise CommandError(f"{source} bukan arsip Pamong yang utuh ({fault}). Tidak ada yang diubah.") from None
    return manifest


def _engine() -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def _manifest(members: dict[str, Path]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "engine": connection.vendor,
        "at": timezone.now().isoformat(timespec="seconds"),
        "heads": {head.chain: [head.length, head.digest] for head in heads()},
        "members": {name: _digest(path) for name, path in members.items()},
    }


def _members(folder: Path, prefix: str = "") -> Iterator[tuple[str, Path]]:
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield prefix + path.relative_to(folder).as_posix(), path


def _read_manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    first = archive.next()
    file = archive.extractfile(first) if first is not None and first.name == MANIFEST else None
    if file is None:
        raise ValueError("daftar isi tidak ada")
    manifest: dict[str, Any] = json.load(file)
    if manifest["format"] != FORMAT:
        raise ValueError(f"format {manifest['format']} tidak dikenal")
    if manifest["engine"] != connection.vendor:
        raise ValueError(f"isinya {manifest['engine']}, sedangkan pemasangan ini memakai {connection.vendor}")
    return manifest


def _take(archive: tarfile.TarFile, name: str, folder: Path) -> str:
    """Write the next member, which must be the file ``name``, and return its digest."""
    member = archive.next()
    path = PurePosixPath(name)
    if member is None or member.name != name or not member.isfile() or path.is_absolute() or ".." in path.parts:
        raise ValueError(f"{name} tidak ada di tempatnya")
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    source = archive.extractfile(member)
    if source is None:
        raise ValueError(f"{name} tidak dapat dibaca")
    digest = hashlib.sha256()
    with target.open("xb") as file:
        while block := source.read(CHUNK):
            digest.update(block)
            file.write(block)
    target.chmod(0o600)
    return digest.hexdigest()


@contextmanager
def _files_replaced(new: Path, aside: Path) -> Iterator[None]:
    place = Path(settings.MEDIA_ROOT)
    if place.exists():
        shutil.move(place, aside)
    try:
        if new.exists():
            shutil.move(new, place)
        yield
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        if aside.exists():
            shutil.move(aside, place)
        raise


def _check_trail(manifest: dict[str, Any]) -> None:
    known = {chain: Head(chain, length, digest) for chain, (length, digest) in manifest["heads"].items()}
    found = next(faults(known), None)
    if found:
        raise CommandError(f"Jejak dalam arsip tidak utuh ({found}). Data semula tetap dipakai.")


def _is_empty() -> bool:
    try:
        with transaction.atomic():
            return not (Event.objects.exists() or get_user_model()._default_manager.exists())
    except DatabaseError:
        return True


@contextmanager
def _workplace(parent: Path) -> Iterator[Path]:
    """A private folder beside the target, so that the last step is a rename."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".pamong-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    data: IO[bytes] = io.BytesIO(text.encode())
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = len(text.encode()), 0o600, int(timezone.now().timestamp())
    info.uid, info.gid = os.getuid(), os.getgid()
    archive.addfile(info, data)
