"""A sealed index: inputs in the form ``pamong score`` reads, figures in the form it writes, and their digest.

Whoever has the inputs and the edition can compute the figures again without Pamong.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from pamong.engine import edition as editions
from pamong.engine.index import InnovationInput, score
from pamong.engine.score_output import as_data
from pamong.scoring.models import Snapshot
from pamong.scoring.queries.inputs import Inputs

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """A snapshot computed again. ``faults``: what does not agree, in Indonesian; empty is sound."""

    result: JSON
    faults: tuple[str, ...]

    def __bool__(self) -> bool:
        return not self.faults


def inputs_as_data(given: Inputs) -> JSON:
    """The inputs as ``pamong score`` reads them."""
    return {
        "edition": given.edition.code,
        "institution": dict(given.institution),
        "innovations": [
            {
                "code": each.code,
                "affair": each.affair,
                "status": "accepted" if each.accepted else "rejected",
                "levels": dict(each.levels),
            }
            for each in given.innovations
        ],
    }


def inputs_from_data(data: JSON) -> Inputs:
    """The reverse. Raises ``EditionUnknown``, or ``KeyError`` where something is missing."""
    innovations = tuple(
        InnovationInput(each["code"], each["affair"], each["levels"], each["status"] == "accepted")
        for each in data["innovations"]
    )
    return Inputs(editions.load(data["edition"]), data["institution"], innovations)


def computed(given: Inputs) -> JSON:
    """The figures with all their lines."""
    return as_data(given.edition, score(given.edition, given.institution, given.innovations))


def digest_of(inputs: JSON, result: JSON) -> str:
    """SHA-256 over inputs, rules and figures."""
    text = json.dumps([inputs, result], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def recompute(snapshot: Snapshot) -> Checked:
    """Compute ``snapshot`` anew from its own inputs and compare: seal, rules, every figure it holds."""
    faults = []
    if digest_of(snapshot.inputs, snapshot.result) != snapshot.digest:
        faults.append("Segel tidak cocok: masukan atau angka yang tersimpan sudah berubah.")
    given = inputs_from_data(snapshot.inputs)
    if given.edition.digest != snapshot.edition_digest:
        faults.append(f"Aturan {given.edition.code} bukan lagi aturan yang dipakai saat potret dibuat.")
    result = computed(given)
    differing = sorted(key for key, value in snapshot.result.items() if result.get(key) != value)
    if differing:
        faults.append(f"Hitungan ulang berbeda pada: {', '.join(differing)}.")
    return Checked(result, tuple(faults))
