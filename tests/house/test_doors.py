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
WORDS = {"with", "method", "rest"}


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


def knock(world: World, persona: str, name: str, row: dict[str, str]) -> str:
    """What ``persona`` gets at the address; nothing it may have changed remains."""
    arguments = [world.argument(word) for word in row.get("with", "").split()]
    address = name if name.startswith("/") else reverse(name.split(" ", maxsplit=1)[0], args=arguments)
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        if persona != "anonymous":
            client.force_login(world.person(persona))
        response = client.post(address) if row.get("method") == "post" else client.get(address)
        transaction.set_rollback(True)
    return _outcome(response)


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
    missing, gone = addresses().keys() - table()["doors"].keys(), table()["doors"].keys() - addresses().keys()
    skeletons = "\n\n".join(map(_skeleton, sorted(missing)))
    assert (missing, gone) == (set(), set()), f"add to doors.toml:\n\n{skeletons}\n\nremove: {sorted(gone)}"


def test_only_a_librarys_addresses_lack_a_name() -> None:
    assert [name for name in addresses() if name.startswith("/") and not name.startswith("/akun/")] == []


@pytest.mark.parametrize("name", table()["doors"])
def test_everybody_gets_at_every_door_what_the_table_says(name: str, db: None) -> None:
    row = table()["doors"][name]
    wanted = expected(row)
    world = World()
    got = {persona: knock(world, persona, name, row) for persona in PERSONAS}
    wrong = [f"{who}: {got[who]}, not {wanted[who]}" for who in PERSONAS if got[who] != wanted[who]]
    assert wrong == [], f"{name}\n" + "\n".join(wrong) + f"\n\nAs it is now:\n{_as_row(name, row, got)}"
