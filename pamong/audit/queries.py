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
    ends = {head.chain for head in heads()}
    for name in sorted({*ends, *known, *Event.objects.order_by().values_list("chain", flat=True).distinct()}):
        yield from _Reading(name, known.get(name)).faults()


class _Reading:
    """One chain read from its first link to its last."""

    def __init__(self, name: str, known: Head | None) -> None:
        self.name, self.known = name, known
        self.number, self.before = 0, GENESIS

    def faults(self) -> Iterator[Fault]:
        yield from self._further()
        # Beyond what was read: added meanwhile, or cut off. Reading on tells which.
        while (end := self._end()) and end.length > (read := self.number):
            yield from self._further()
            if self.number == read:
                break
        yield from self._at_the_end(end)

    def _further(self) -> Iterator[Fault]:
        rows = Event.objects.filter(chain=self.name, number__gt=self.number).order_by("number")
        for event in rows.iterator(AT_ONCE):
            yield from self._of(event)
            self.number, self.before = event.number, event.digest

    def _of(self, event: Event) -> Iterator[Fault]:
        if event.number != self.number + 1:
            yield Fault(self.name, self.number + 1, f"hilang sampai baris {event.number - 1}")
        elif event.previous != self.before:
            says = "tidak menyambung ke baris sebelumnya: baris dipindah, diganti, atau disisipkan"
            yield Fault(self.name, event.number, says)
        if seal(event) != event.digest:
            yield Fault(self.name, event.number, "isinya tidak sesuai dengan segelnya: baris diubah")
        if self.known and event.number == self.known.length and event.digest != self.known.digest:
            yield Fault(self.name, event.number, "berbeda dari yang pernah dicatat: jejak ditulis ulang")

    def _at_the_end(self, end: Head | None) -> Iterator[Fault]:
        longest = max(end.length if end else 0, self.known.length if self.known else 0)
        if self.number < longest:
            yield Fault(self.name, self.number + 1, f"ekor jejak hilang sampai baris {longest}")
        elif end is None or (end.length, end.digest) != (self.number, self.before):
            yield Fault(self.name, self.number, "ujung rantai tidak sesuai dengan baris terakhir")

    def _end(self) -> Head | None:
        row = Chain.objects.filter(pk=self.name).values_list("name", "length", "head").first()
        return Head(*row) if row else None
