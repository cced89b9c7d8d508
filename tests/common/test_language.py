"""Indonesian unless English was chosen; English complete where it is offered."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

import pamong
from pamong.common.compile_messages import LOCALE, compile_all
from tests.build import People

ROOT = Path(pamong.__file__).parent
PUBLIC = (
    *(ROOT / "accounts" / "templates").rglob("*.html"),
    *(ROOT / "accounts" / "templates").rglob("*.txt"),
    *(ROOT / "agencies" / "templates" / "home").rglob("*.html"),
    *(ROOT / "agencies" / "templates" / "agencies").glob("invitation.html"),
    *(ROOT / "common" / "templates").rglob("*.html"),
)
TRANSLATED = re.compile(r"""(?:\{% translate |_\()(["'])(.+?)\1""")


def words_of(paths: tuple[Path, ...]) -> set[str]:
    return {found[1] for path in paths for found in TRANSLATED.findall(path.read_text())}


def test_every_word_of_the_public_pages_has_its_english() -> None:
    known = {
        entry.msgid for entry in polib.pofile(str(LOCALE / "en" / "LC_MESSAGES" / "django.po")) if entry.translated()
    }
    assert sorted(words_of(PUBLIC) - known) == []


def test_nothing_is_left_untranslated_or_doubtful() -> None:
    po = polib.pofile(str(LOCALE / "en" / "LC_MESSAGES" / "django.po"))
    assert [entry.msgid for entry in po if not entry.translated() or "fuzzy" in entry.flags] == []


def test_translations_keep_their_blanks_to_fill() -> None:
    blanks = re.compile(r"%\(\w+\)s|\{\w+\}|</?\w+>")
    po = polib.pofile(str(LOCALE / "en" / "LC_MESSAGES" / "django.po"))
    odd = [e.msgid for e in po if e.msgstr and sorted(blanks.findall(e.msgid)) != sorted(blanks.findall(e.msgstr))]
    assert odd == []


def test_compile_writes_beside_its_source(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "b"\n'
    )
    assert compile_all(tmp_path) == [tmp_path / "en" / "django.mo"]
    assert (tmp_path / "en" / "django.mo").stat().st_size > 0


@pytest.mark.django_db
def test_an_english_browser_is_answered_in_indonesian(client: Client) -> None:
    response = client.get("/", headers={"Accept-Language": "en"})
    assert response["Content-Language"] == "id"
    assert '<html lang="id">' in response.text


@pytest.mark.django_db
@pytest.mark.usefixtures("english")
def test_choosing_english_lasts_until_indonesian_is_chosen(client: Client) -> None:
    client.post("/bahasa/", {"language": "en", "next": "/akun/login/"})
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    page = client.get("/akun/login/")
    assert page["Content-Language"] == "en"
    assert '<html lang="en">' in page.text
    assert "<h1>Sign in</h1>" in page.text
    client.post("/bahasa/", {"language": "id"})
    assert "<h1>Masuk</h1>" in client.get("/akun/login/").text


@pytest.mark.django_db
def test_an_unknown_language_is_indonesian(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    assert client.get("/")["Content-Language"] == "id"


@pytest.mark.usefixtures("english")
def test_work_is_indonesian_even_if_english_was_chosen(client: Client, people: People) -> None:
    client.force_login(people.region_admin)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get("/komponen/")["Content-Language"] == "id"
    assert client.get("/saya/")["Content-Language"] == "en"


@pytest.mark.usefixtures("english")
def test_numbers_and_days_follow_the_language() -> None:
    from datetime import date

    from pamong.common.templatetags.pamong import day, decimal

    with override("en"):
        assert (decimal(1234.5, 2), day(date(2026, 5, 3))) == ("1,234.50", "3 May 2026")
