"""What the browser loads: built, hashed, small, and free of references to files that do not exist."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client, override_settings

import pamong

ROOT = Path(pamong.__file__).parent.parent
DIST = ROOT / "pamong" / "common" / "static" / "dist"
SPRITE = (ROOT / "pamong" / "common" / "static" / "pamong" / "icons.svg").read_text()
FIRST_PAGE_MAX = 150 * 1024  # bytes, compressed
STYLES_MAX = 40 * 1024


@pytest.fixture(scope="module")
def built() -> Path:
    if not (DIST / "app.css").exists():
        if not shutil.which("node") or not (ROOT / "frontend" / "node_modules").exists():
            pytest.skip("the front end is not set up here: run `make setup`")
        subprocess.run(["node", "build.mjs"], cwd=ROOT / "frontend", check=True, capture_output=True)
    return DIST


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def test_built_files_name_no_source_maps(built: Path) -> None:
    assert [path.name for path in built.iterdir() if b"sourceMappingURL" in path.read_bytes()] == []


def test_styles_are_small(built: Path) -> None:
    assert packed((built / "app.css").read_bytes()) < STYLES_MAX


def test_first_page_with_all_it_loads_is_small(built: Path, client: Client, db: None) -> None:
    html = client.get("/").content
    paths = set(re.findall(rb'(?:href|src)="/static/([^"#]+)', html))
    files = {path.decode(): Path(str(finders.find(path.decode()))) for path in paths}
    assert sorted(files) == sorted(
        ["dist/app.css", "dist/app.js", "django_htmx/htmx-2.min.js", "pamong/icons.svg", "pamong/logo.svg"]
    )
    assert packed(html) + sum(packed(path.read_bytes()) for path in files.values()) < FIRST_PAGE_MAX


def test_every_static_file_can_be_hashed(built: Path, tmp_path: Path) -> None:
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    with override_settings(STORAGES=storages, STATIC_ROOT=str(tmp_path)):
        call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()


def test_every_icon_asked_for_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))
    asked = set()
    for path in (ROOT / "pamong").rglob("templates/**/*.html"):
        asked |= set(re.findall(r"""\{% icon ["']([\w-]+)["'] %\}""", path.read_text()))
    assert sorted(asked - drawn) == []
