"""What can be asked of the trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pamong.audit.chain import GENESIS, seal
from pamong.audit.models import Chain, Event

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of one chain, as of one moment: kept elsewhere, it shows later what was cut off."""

    chain: str
    length: int
    digest: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a chain that the product never writes. ``number`` is the link at which it shows."""

    chain: str
    number: int
    says: str

    def __str__(self) -> str:
        return f"rantai {self.chain}, baris {self.number}: {self.says}"


def heads() -> list[Head]:
    """The last link of every chain, by name."""
    return [Head(*row) for row in Chain.objects.order_by("pk").values_list("name", "length", "head")]


def faults(known: Mapping[str, Head] | None = None) -> Iterator[Fault]:
    """Read the whole trail once, in constant memory, and yield every fault.

    Finds a row that was changed, removed, moved or put in, and a tail cut off. Whoever cuts the tail *and* rewrites the
    chain's last link is found only with ``known``: heads noted earlier and kept elsewhere (a backup's, say).
    """
    known = known or {}
    ends = {head.chain: head for head in heads()}
    names = sorted({*ends, *known, *Event.objects.order_by().values_list("chain", flat=True).distinct()})
    for name in names:
        yield from _faults_of(name, ends.get(name), known.get(name))


def _faults_of(name: str, end: Head | None, known: Head | None) -> Iterator[Fault]:
    number, before = 0, GENESIS
    for event in Event.objects.filter(chain=name).order_by("number").iterator(AT_ONCE):
        if event.number != number + 1:
            yield Fault(name, number + 1, f"hilang sampai baris {event.number - 1}")
        elif event.previous != before:
            yield Fault(
                name, event.number, "tidak menyambung ke baris sebelumnya: baris dipindah, diganti, atau disisipkan"
            )
        if seal(event) != event.digest:
            yield Fault(name, event.number, "isinya tidak sesuai dengan segelnya: baris diubah")
        number, before = event.number, event.digest
        if known and number == known.length and before != known.digest:
            yield Fault(name, number, "berbeda dari yang pernah dicatat: jejak ditulis ulang")
    yield from _cut(name, number, before, end, known)


def _cut(name: str, number: int, last: str, end: Head | None, known: Head | None) -> Iterator[Fault]:
    longest = max(end.length if end else 0, known.length if known else 0)
    if number < longest:
        yield Fault(name, number + 1, f"ekor jejak hilang sampai baris {longest}")
    elif end is None or (end.length, end.digest) != (number, last):
        yield Fault(name, number, "ujung rantai tidak sesuai dengan baris terakhir")
