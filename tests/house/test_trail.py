"""The trail cannot be changed without leaving a mark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from pamong.audit import triggers
from pamong.audit.actions import record
from pamong.audit.chain import seal
from pamong.audit.models import Chain, Event
from pamong.audit.queries import Fault, Head, faults, heads


@pytest.fixture
def trail(db: None) -> None:
    """Two chains, of five and two acts, with the triggers in place."""
    triggers.install(connection)
    with transaction.atomic():
        for number in range(1, 6):
            record("thing.done", by=None, says=f"berbuat {number}", chain="33.71", number=number, text="é", share=0.1)
        for _ in range(2):
            record("other.done", by=None, says="berbuat lain", chain="site")


@pytest.fixture
def unguarded(trail: None) -> Iterator[None]:
    """What somebody with the keys of the database could do: the triggers are gone."""
    triggers.remove(connection)
    yield
    triggers.install(connection)


def _found() -> list[tuple[str, int]]:
    return [(fault.chain, fault.number) for fault in faults()]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET says = 'lain'",
        "DELETE FROM audit_event",
        "DELETE FROM audit_event WHERE number = 5",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_row(trail: None, statement: str) -> None:
    before = list(Event.objects.values_list("pk", "says"))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Event.objects.values_list("pk", "says")) == before


def test_postgresql_refuses_to_empty_the_trail(trail: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_event")
    assert Event.objects.count() == 7


def test_an_act_outside_a_transaction_is_refused(transactional_db: None) -> None:
    with pytest.raises(RuntimeError):
        record("thing.done", by=None, says="berbuat")
    assert (Event.objects.count(), Chain.objects.count()) == (0, 0)


def test_an_untouched_trail_has_no_fault(trail: None) -> None:
    assert list(faults()) == []
    assert [(head.chain, head.length) for head in heads()] == [("33.71", 5), ("site", 2)]


@pytest.mark.parametrize(
    "change",
    [
        {"says": "tidak berbuat"},
        {"actor": "Orang lain"},
        {"actor_id": 7},
        {"act": "other"},
        {"data": {"number": 4}},
        {"target_id": "9"},
    ],
)
def test_a_changed_row_is_found(unguarded: None, change: dict[str, Any]) -> None:
    Event.objects.filter(chain="33.71", number=3).update(**change)
    assert _found() == [("33.71", 3)]


def test_a_changed_row_sealed_anew_is_found_at_the_next(unguarded: None) -> None:
    event = Event.objects.get(chain="33.71", number=3)
    event.says = "tidak berbuat"
    event.digest = seal(event)
    event.save()
    assert _found() == [("33.71", 4)]


def test_a_removed_row_is_found(unguarded: None) -> None:
    Event.objects.filter(chain="33.71", number=2).delete()
    assert _found() == [("33.71", 2)]


def test_two_rows_that_changed_places_are_found(unguarded: None) -> None:
    two, three = (Event.objects.get(chain="33.71", number=number) for number in (2, 3))
    Event.objects.filter(pk=two.pk).update(number=99)
    Event.objects.filter(pk=three.pk).update(number=2)
    Event.objects.filter(pk=two.pk).update(number=3)
    assert {number for _, number in _found()} == {2, 3, 4}


def test_a_row_moved_to_another_chain_is_found(unguarded: None) -> None:
    Event.objects.filter(chain="33.71", number=5).update(chain="site", number=3)
    assert {chain for chain, _ in _found()} == {"33.71", "site"}


def test_a_tail_cut_off_is_found(unguarded: None) -> None:
    Event.objects.filter(chain="33.71", number__gte=4).delete()
    assert list(faults()) == [Fault("33.71", 4, "ekor jejak hilang sampai baris 5")]


def test_a_row_put_in_is_found(unguarded: None) -> None:
    last = Event.objects.get(chain="33.71", number=5)
    last.pk, last.number, last.previous = None, 6, last.digest
    last.digest = seal(last)
    last.save(force_insert=True)
    assert _found() == [("33.71", 6)]


def test_a_tail_cut_off_with_its_end_rewritten_is_found_by_heads_kept_elsewhere(unguarded: None) -> None:
    known = {head.chain: head for head in heads()}
    Event.objects.filter(chain="33.71", number=5).delete()
    four = Event.objects.get(chain="33.71", number=4)
    Chain.objects.filter(pk="33.71").update(length=4, head=four.digest)
    assert list(faults()) == []
    assert [(fault.chain, fault.number) for fault in faults(known)] == [("33.71", 5)]


def test_a_chain_removed_whole_is_found_by_heads_kept_elsewhere(unguarded: None) -> None:
    known = {"site": Head("site", 2, "x" * 64)}
    Event.objects.filter(chain="site").delete()
    Chain.objects.filter(pk="site").delete()
    assert [(fault.chain, fault.number) for fault in faults(known)] == [("site", 1)]


def test_verify_audit_says_so_when_all_is_well(trail: None) -> None:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [["33.71", "5"], ["site", "2"]]
    assert lines[2:] == ["Jejak utuh."]


def test_verify_audit_names_the_fault_and_fails(unguarded: None) -> None:
    Event.objects.filter(chain="site", number=1).update(says="lain")
    errors = StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("verify_audit", stdout=StringIO(), stderr=errors)
    assert errors.getvalue().splitlines() == [
        "rantai site, baris 1: isinya tidak sesuai dengan segelnya: baris diubah",
        "1 kesalahan: jejak tidak utuh.",
    ]


def test_verify_audit_compares_with_heads_printed_earlier(unguarded: None, tmp_path: Path) -> None:
    out = StringIO()
    call_command("verify_audit", "--json", stdout=out)
    noted = tmp_path / "heads.json"
    noted.write_text(out.getvalue())
    assert set(json.loads(out.getvalue())) == {"33.71", "site"}
    Event.objects.filter(chain="site").delete()
    Chain.objects.filter(pk="site").delete()
    call_command("verify_audit", stdout=StringIO())
    with pytest.raises(SystemExit, match="1"):
        call_command("verify_audit", "--against", str(noted), stdout=StringIO(), stderr=StringIO())
