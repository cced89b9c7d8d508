"""What a claim and its proofs were at one moment, and how they differ from what they are now, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pamong.assessments.models import Claim, Entry, Proof, Repair, Verdict
from pamong.evidence.models import Version


@dataclass(frozen=True, slots=True)
class Seen:
    """What lay before the verifier when the page was made: the claim's version (0: none) and the standing verdict (0: none)."""

    claim: int = 0
    verdict: int = 0


@dataclass(frozen=True)
class Moment:
    """A claim at one moment. ``proofs``: document code → (subject, number of the version). ``note`` None: not known."""

    level: int
    version: int = 0
    note: str | None = ""
    basis: str | None = ""
    proofs: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As JSON, for ``Repair.before``."""
        return {
            "level": self.level,
            "version": self.version,
            "note": self.note,
            "basis": self.basis,
            "proofs": [
                {"document": code, "subject": subject, "version": number}
                for code, (subject, number) in self.proofs.items()
            ],
        }


def now(claim: Claim | None, versions: Iterable[Version]) -> Moment:
    """The claim as it stands, with the current ``versions`` of its documents."""
    proofs = _proofs(versions)
    if claim is None:
        return Moment(0, proofs=proofs)
    return Moment(claim.level, claim.version, claim.note, claim.basis, proofs)


def when_judged(verdict: Verdict, versions: Iterable[Version]) -> Moment:
    """What lay before the verifier; notes are not kept with verdicts."""
    return Moment(verdict.claimed_level, verdict.claim_version, None, None, _proofs(versions))


def when_returned(repair: Repair) -> Moment:
    """What stood when the indicator was returned."""
    before = repair.before
    return Moment(
        int(before.get("level", 0)),
        repair.claim_version,
        before.get("note"),
        before.get("basis"),
        {each["document"]: (each["subject"], each["version"]) for each in before.get("proofs", [])},
    )


def between(before: Moment, after: Moment) -> list[str]:
    """What changed, one sentence each; empty if nothing did."""
    said = []
    if before.level != after.level:
        said.append(f"Tingkat klaim {before.level} menjadi {after.level}.")
    if before.basis is not None and before.basis != after.basis:
        said.append("Dasar penilaian yang dipilih berubah.")
    if before.note is not None and before.note != (after.note or ""):
        said.append(f"Keterangan sekarang: “{after.note}”." if after.note else "Keterangan dihapus.")
    return said + _proof_changes(before.proofs, after.proofs)


def _proof_changes(before: Mapping[str, tuple[str, int]], after: Mapping[str, tuple[str, int]]) -> list[str]:
    added = [f"Bukti baru: {subject}." for code, (subject, _) in after.items() if code not in before]
    gone = [f"Bukti dilepas: {subject}." for code, (subject, _) in before.items() if code not in after]
    replaced = [
        f"Berkas diganti: {subject} (versi {before[code][1]} menjadi {number})."
        for code, (subject, number) in after.items()
        if code in before and before[code][1] != number
    ]
    return added + replaced + gone


def _proofs(versions: Iterable[Version]) -> dict[str, tuple[str, int]]:
    return {version.document.code: (version.document.subject, version.number) for version in versions}


def current_versions(entry: Entry) -> dict[str, list[Version]]:
    """By indicator, the current version of every attached document, in the order of attachment. One query."""
    found: dict[str, list[Version]] = {}
    rows = Proof.objects.filter(claim__entry=entry).order_by("pk").values_list("claim__indicator", "document_id")
    pairs = list(rows)
    versions = {
        version.document_id: version
        for version in Version.objects.filter(
            document__in={document for _, document in pairs}, is_current=True
        ).select_related("document")
    }
    for indicator, document in pairs:
        if document in versions:
            found.setdefault(indicator, []).append(versions[document])
    return found
