"""What the machine offers to write about a document, beside what is written: a person takes it over or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Field
from django.forms import BaseForm

from pamong.evidence import guessing
from pamong.evidence.models import Arrival, Document
from pamong.reading.facts import Facts, Recognised

OFFERED = ("instrument", "subject", "number", "dated", "issuer")
SURE = 0.8


@dataclass(frozen=True, slots=True)
class Offer:
    """One field: what is written now, what was read (``value`` for the form, ``shown`` for people), and where.

    ``is_new``: nothing is written there yet. Otherwise the two differ, which somebody should look at.
    """

    name: str
    label: str
    now: str
    shown: str
    value: Any
    place: Recognised
    is_new: bool


def offers(document: Document, facts: Facts | None) -> list[Offer]:
    """The fields in which what was read says more than, or something else than, what is written."""
    if facts is None:
        return []
    found = facts.fields.found()
    made = (_offer(document, name, found[name]) for name in OFFERED if name in found)
    return [offer for offer in made if offer is not None]


def _offer(document: Document, name: str, place: Recognised) -> Offer | None:
    written = getattr(document, name)
    value: Any = date.fromisoformat(place.value) if name == "dated" else place.value
    is_new = not written or (name == "instrument" and written == Document.Instrument.OTHER)
    if _same(written, value) or (not is_new and (name in ("subject", "issuer") or place.confidence < SURE)):
        return None
    field = cast("Field[Any, Any]", Document._meta.get_field(name))
    return Offer(name, str(field.verbose_name), _shown(name, written), _shown(name, value), value, place, is_new)


def _same(written: Any, value: Any) -> bool:
    if isinstance(value, date):
        return bool(written == value)
    return _plain(str(written)) == _plain(str(value))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _shown(name: str, value: Any) -> str:
    if name == "instrument":
        return str(dict(Document.Instrument.choices).get(value, ""))
    return f"{value.day}/{value.month}/{value.year}" if isinstance(value, date) else str(value or "")


@dataclass(frozen=True, slots=True)
class Told:
    """A field of a document that is not written yet: what to fill in, how it is shown, and where that comes from."""

    name: str
    value: Any
    shown: str
    hint: str


def told(arrival: Arrival, facts: Facts | None) -> dict[str, Told]:
    """What a file in the inbox tells of the document it will be: what was read in it, otherwise what its name tells."""
    read = {offer.name: offer for offer in offers(Document(), facts)}
    named = asdict(guessing.from_name(arrival.name, arrival.media_type))
    found = {}
    for name in OFFERED:
        if offer := read.get(name):
            found[name] = Told(name, offer.value, offer.shown, _read_at(offer.place))
        elif (value := named.get(name)) and value != Document.Instrument.OTHER:
            found[name] = Told(name, value, _shown(name, value), "Ditebak dari nama berkasnya. Periksa.")
    return found


def _read_at(place: Recognised) -> str:
    words = " ".join(place.passage.split())
    return f"Dibaca mesin di halaman {place.page}: “{words[:80]}{'…' if len(words) > 80 else ''}”. Periksa."


def fill_in(form: BaseForm, found: Mapping[str, Told]) -> None:
    """Put what was told into the empty fields of ``form``, each saying where it comes from; nothing is saved by that."""
    for name, one in found.items():
        if name in form.fields:
            form.initial[name] = one.value
            form.fields[name].help_text = one.hint
