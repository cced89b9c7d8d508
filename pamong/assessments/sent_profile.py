"""The profile as it was handed over, beside the present one."""

from __future__ import annotations

from dataclasses import dataclass

from pamong.assessments.models import Entry
from pamong.innovations import queries as innovations
from pamong.innovations.labels import shown, unit_label
from pamong.innovations.merge import members, unit_of


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One part of a profile as it was handed over, and as it is now where that differs."""

    label: str
    sent: str
    now: str

    @property
    def differs(self) -> bool:
        return self.sent != self.now


def profile_sent(entry: Entry) -> list[ProfileLine]:
    """The profile as ``entry`` was handed over with it, beside the present one. Empty before the first submission."""
    if entry.innovation is None or not entry.profile_version:
        return []
    sent = innovations.profile_at(entry.innovation, entry.profile_version) or {}
    now = innovations.profile_of(entry.innovation)
    units = dict.fromkeys(unit_of(field) for field in now)
    lines = (
        ProfileLine(
            unit_label(unit).capitalize(),
            shown(unit, tuple(sent.get(field) for field in members(unit))),
            shown(unit, tuple(now.get(field) for field in members(unit))),
        )
        for unit in units
    )
    return [line for line in lines if line.sent or line.now]
