"""The door table: every address of the site × every persona, executed. A new address without a row fails."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.house.addresses import addresses, parts
from tests.house.world import PERSONAS, World

TABLE = Path(__file__).with_name("doors.toml")
WORDS = {"with", "given", "method", "rest"}


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
    """The world and everybody's browser, for as many doors as are tried."""

    def __init__(self) -> None:
        self.world = World()
        self.browsers = {persona: self._browser(persona) for persona in PERSONAS}

    def _browser(self, persona: str) -> Client:
        client = Client(raise_request_exception=False)
        if persona != "anonymous":
            client.force_login(self.world.person(persona))
        return client

    def knock(self, name: str, row: dict[str, str]) -> dict[str, str]:
        """What each persona gets at the address; nothing they may have changed remains."""
        for word in row.get("given", "").split():
            self.world.argument(word)
        arguments = [self.world.argument(word) for word in row.get("with", "").split()]
        address = name if name.startswith("/") else reverse(name.split(" ", maxsplit=1)[0], args=arguments)
        return {persona: self._ask(persona, address, row) for persona in PERSONAS}

    def _ask(self, persona: str, address: str, row: dict[str, str]) -> str:
        client = self.browsers[persona]
        with transaction.atomic():
            response = client.post(address) if row.get("method") == "post" else client.get(address)
            transaction.set_rollback(True)
        if response.streaming:
            # The file is opened when sent: to the end, or it stays open.
            assert b"".join(response.streaming_content)
        response.close()
        return _outcome(response)


def _outcome(response: HttpResponse) -> str:
    if response.status_code in (301, 302, 303):
        return "login" if response["Location"].startswith(reverse("account_login")) else "elsewhere"
    return str(response.status_code)


def _as_row(name: str, row: dict[str, str], got: dict[str, str]) -> str:
    """The row as it would describe what is; to be judged, not believed."""
    lines = [f'[doors."{name}"]', *(f'{word} = "{row[word]}"' for word in ("with", "given", "method") if word in row)]
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
    missing, gone = addresses().keys() - table()["doors"].keys(), table()["doors"].keys() - addresses().keys()
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
            if wrong:
                complaints.append("\n".join([name, *wrong, "", "As it is now:", _as_row(name, row, got)]))
    assert not complaints, "\n\n".join(complaints)
