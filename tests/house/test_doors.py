"""The door table: every address of the site × every persona, executed. A new address without a row fails."""

from __future__ import annotations

import io
import tomllib
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pamong.common.sheets import xlsx_response
from pamong.notifications.models import Message
from tests.house.addresses import addresses, parts
from tests.house.world import PERSONAS, SECRET, World

TABLE = Path(__file__).with_name("doors.toml")
PART = SECRET[1:-1]  # finds the whole word; a page that only repeats what was asked does not contain it
WORDS = {"with", "method", "sent", "rest"}


@cache
def table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text())


def expected(row: dict[str, str]) -> dict[str, str]:
    """Persona → outcome, as the row says. Raises ``ValueError`` on a persona named twice or not at all."""
    found: dict[str, str] = {}
    for outcome, names in row.items():
        for persona in [] if outcome in WORDS else _personas(names):
            if persona in found:
                raise ValueError(f"{persona} is named twice")
            found[persona] = outcome
    found.setdefault("anonymous", "login")
    for persona in PERSONAS:
        if persona not in found:
            found[persona] = row["rest"]
    return found


def _personas(names: str) -> list[str]:
    groups = table()["groups"]
    chosen = [persona for name in names.split() for persona in (groups[name].split() if name in groups else [name])]
    unknown = set(chosen) - set(PERSONAS)
    if unknown:
        raise ValueError(f"no such persona: {', '.join(sorted(unknown))}")
    return list(dict.fromkeys(chosen))


class Street:
    """The world and everybody's browser, for as many doors as are tried. ``leaks``: who read what is not theirs, where."""

    def __init__(self) -> None:
        self.world = World()
        self.world.furnish()
        self.browsers = {persona: self._browser(persona) for persona in PERSONAS}
        self.strangers = set(PERSONAS) - set(_personas("house"))
        self.leaks: list[str] = []

    def _browser(self, persona: str) -> Client:
        client = Client(raise_request_exception=False)
        if persona != "anonymous":
            client.force_login(self.world.person(persona))
        return client

    def knock(self, name: str, row: dict[str, Any]) -> dict[str, str]:
        """What each persona gets at the address; nothing they may have changed remains."""
        address, method = self._address(name, row), row.get("method", "get")
        sent = {field: self.world.argument(word) for field, word in row.get("sent", {}).items()}
        return {persona: self.ask(persona, address, method, sent) for persona in PERSONAS}

    def force(self, name: str, row: dict[str, Any], got: dict[str, str]) -> list[str]:
        """Who gets further by sending a form to a page they are not shown. ``got``: what they are shown."""
        if row.get("method") == "post" or not row.get("with", "").startswith("region"):
            return []
        address = self._address(name, row)
        shut = {persona: outcome for persona, outcome in got.items() if outcome in ("404", "409", "login")}
        answers = {persona: self.ask(persona, address, "post") for persona in shut}
        return [f"{who}: {it} when sending" for who, it in answers.items() if it not in (shut[who], "405")]

    def search(self, name: str, row: dict[str, Any], got: dict[str, str]) -> None:
        """Have those of other houses ask what pages they are shown for what is not theirs; ``ask`` notes what leaks."""
        if row.get("method") == "post":
            return
        address, agency = self._address(name, row), self.world.people.agency
        for persona in self.strangers & {one for one, outcome in got.items() if outcome == "200"}:
            self.ask(persona, f"{address}?q={PART}&cari={PART}&keadaan=all&urut=-nama&nilai=klaim", "get")
            for house in (agency.slug, agency.pk):
                self.ask(persona, f"{address}?instansi={house}&tahun=2025&format=xlsx&keadaan=past", "get")

    def from_next_door(self, name: str, row: dict[str, Any]) -> list[str]:
        """Whether the stranger reaches what is Kota Contoh's by the address of a region that is theirs."""
        words = row.get("with", "").split()
        own = {word for word in words if not word.startswith("=")} - self.world.SHARED
        if words[:1] != ["region"] or not own:
            return []
        got = self.ask("stranger", self._address(name, row, self.world.next_door), row.get("method", "get"))
        return [] if got == "404" else [f"stranger in their own region: {got}, not 404"]

    def _address(self, name: str, row: dict[str, Any], region: str = "") -> str:
        words = row.get("with", "").split()
        arguments = [self.world.argument(word) for word in words]
        if region:
            arguments[0] = region
        bare = name.partition(", ")[0]
        return bare if bare.startswith("/") else reverse(bare.partition(" ")[0], args=arguments)

    def ask(self, persona: str, address: str, method: str, data: dict[str, str] | None = None) -> str:
        client = self.browsers[persona]
        with transaction.atomic():
            response = client.post(address, data) if method == "post" else client.get(address)
            transaction.set_rollback(True)
        # A file is opened when sent: to the end, or it stays open.
        content = b"".join(response.streaming_content) if response.streaming else response.content
        if persona in self.strangers and tells(content, str(response.headers)):
            self.leaks.append(f"{persona} reads “{SECRET}” at {method} {address} ({response.status_code})")
        return _outcome(response)


def tells(content: bytes, headers: str = "") -> bool:
    """Whether an answer, or a file in it, contains what only Dinas Contoh and the region's readers may know."""
    word = SECRET.lower().encode()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(word in archive.read(name).lower() for name in archive.namelist())
    return word in content.lower() or word in headers.lower().encode()


def _outcome(response: HttpResponse) -> str:
    if response.status_code in (301, 302, 303):
        return "login" if response["Location"].startswith(reverse("account_login")) else "elsewhere"
    return str(response.status_code)


def _as_row(name: str, row: dict[str, str], got: dict[str, str]) -> str:
    """The row as it would describe what is; to be judged, not believed."""
    lines = [f'[doors."{name}"]', *(f'{word} = "{row[word]}"' for word in ("with", "method") if word in row)]
    outcomes: dict[str, list[str]] = {}
    for persona, outcome in got.items():
        outcomes.setdefault(outcome, []).append(persona)
    return "\n".join([*lines, *(f'{outcome} = "{" ".join(who)}"' for outcome, who in outcomes.items())])


def _skeleton(name: str) -> str:
    kinds = {"innovations": "innovation", "documents": "document", "verification": "submitted", "assessments": "entry"}
    words = [
        kinds.get(name.split(":", maxsplit=1)[0], "") if part == "code" else part for part in parts(addresses()[name])
    ]
    given = f'with = "{" ".join(words)}"\n' if words else ""
    return f'[doors."{name}"]\n{given}200 = ""\nrest = "404"'


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    named = {name.partition(", ")[0] for name in table()["doors"]}
    missing, gone = addresses().keys() - named, named - addresses().keys()
    skeletons = "\n\n".join(map(_skeleton, sorted(missing)))
    assert (missing, gone) == (set(), set()), f"add to doors.toml:\n\n{skeletons}\n\nremove: {sorted(gone)}"


def test_only_a_librarys_addresses_lack_a_name() -> None:
    assert [name for name in addresses() if name.startswith("/") and not name.startswith("/akun/")] == []


def _streets() -> list[str]:
    return sorted({name.partition(":")[0] if ":" in name else "site-wide" for name in table()["doors"]})


@pytest.mark.parametrize("street", _streets())
def test_everybody_gets_at_every_door_what_the_table_says(street: str, db: None) -> None:
    here = Street()
    complaints = []
    for name, row in table()["doors"].items():
        if street == (name.partition(":")[0] if ":" in name else "site-wide"):
            wanted, got = expected(row), here.knock(name, row)
            wrong = [f"{who}: {got[who]}, not {wanted[who]}" for who in PERSONAS if got[who] != wanted[who]]
            wrong += here.force(name, row, got) + here.from_next_door(name, row)
            here.search(name, row, got)
            if wrong:
                complaints.append("\n".join([name, *wrong, "", "As it is now:", _as_row(name, row, got)]))
    assert not complaints + here.leaks, "\n\n".join(complaints + here.leaks)


def test_leaks_are_noticed_in_pages_and_in_workbooks() -> None:
    book = xlsx_response("a", ["Nama"], [[f"Inovasi {SECRET}"]]).content
    assert [tells(book), tells(f"<p>{SECRET.upper()}</p>".encode()), tells(b"", f"/{SECRET}/")] == [True] * 3
    assert [tells(xlsx_response("a", ["Nama"], [["Lain"]]).content), tells(b"<p>Lain</p>")] == [False] * 2


def test_no_message_tells_people_of_other_houses_of_an_innovation(db: None) -> None:
    here = Street()
    letters = Message.objects.filter(to__in=[here.world.person(one).email for one in here.strangers - {"anonymous"}])
    told = [f"{letter.to}: {letter.subject}" for letter in letters if tells(f"{letter.subject} {letter.body}".encode())]
    assert told == []
    assert Message.objects.filter(body__contains=SECRET).exists(), "nothing was told to anybody: nothing was tested"
