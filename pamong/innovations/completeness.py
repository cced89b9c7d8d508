"""What a profile still lacks for the index, and where to write it."""

from __future__ import annotations

from dataclasses import dataclass

from pamong.engine.edition import Edition
from pamong.engine.words import count_words
from pamong.innovations.labels import unit_label
from pamong.innovations.models import Innovation
from pamong.innovations.states import NATIONAL_STAGE, Stage

# The edition's codes for profile fields, where they differ from ours.
_OURS = {"cluster": "programme"}
_ELSEWHERE = frozenset({"agency", "stage", "developed", "developed_on", "design", "budget", "business_profile"})


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is lacking: what, why if that is not plain, and the id of its field in the profile form."""

    unit: str
    label: str
    why: str = ""

    @property
    def anchor(self) -> str:
        return f"id_{self.unit}"


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a profile is: what is lacking, of how many things in all, and how long the design is."""

    missing: tuple[Missing, ...]
    total: int
    words: int
    words_wanted: int

    @property
    def done(self) -> int:
        return self.total - len(self.missing)

    @property
    def complete(self) -> bool:
        return not self.missing


def completeness(innovation: Innovation, edition: Edition) -> Completeness:
    """Hold the profile against what ``edition`` asks of an innovation that is to be assessed."""
    required = [_OURS.get(each.code, each.code) for each in edition.fields if each.required]
    required = [code for code in required if code not in _ELSEWHERE and _asked(innovation, code)]
    missing = [Missing(unit, _label(unit)) for unit in required if not _filled(innovation, unit)]
    words, wanted = count_words(innovation.design), edition.design.min_words
    missing += _design(innovation, words, wanted)
    missing += [
        Missing(field, f"Kriteria: {unit_label(field)}")
        for field in Innovation.CRITERIA
        if not getattr(innovation, field)
    ]
    missing += _development(innovation, edition)
    total = len(required) + len(Innovation.DESIGN_PARTS) + 1 + len(Innovation.CRITERIA)
    return Completeness(tuple(missing), max(total, len(missing)), words, wanted)


def _asked(innovation: Innovation, code: str) -> bool:
    """The date of application belongs to the step, so before it nobody is asked for it here."""
    return code == "coordinate" or (
        hasattr(innovation, code) and (code != "applied_on" or NATIONAL_STAGE[Stage(innovation.stage)] == "penerapan")
    )


def _label(unit: str) -> str:
    text = unit_label(unit)
    return text[:1].upper() + text[1:]


def _filled(innovation: Innovation, unit: str) -> bool:
    if unit == "coordinate":
        return innovation.latitude is not None and innovation.longitude is not None
    return bool(getattr(innovation, unit))


def _design(innovation: Innovation, words: int, wanted: int) -> list[Missing]:
    parts = [
        Missing(part, f"Rancang bangun: {unit_label(part)}")
        for part in Innovation.DESIGN_PARTS
        if not getattr(innovation, part)
    ]
    if words < wanted:
        why = f"Baru {words} dari sedikitnya {wanted} kata; kurang {wanted - words} kata."
        parts.append(Missing("legal_basis", "Panjang rancang bangun", why))
    return parts


def _development(innovation: Innovation, edition: Edition) -> list[Missing]:
    """Applied before the window: only a development inside it brings it in."""
    first, _last = edition.window_years
    if innovation.applied_on is None or innovation.applied_on.year >= first or innovation.developed_on is not None:
        return []
    why = f"Diterapkan sebelum {first}: isi tanggal dan penjelasan pengembangan agar dapat dinilai {edition.year}."
    return [Missing("developed_on", "Pengembangan terbaru", why)]
