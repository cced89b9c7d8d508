"""One answer to "may this person do this, now?" for the button, the hint and the guard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class Refused(Exception):
    """An act was refused. Nothing changed; ``reasons`` say, in Indonesian, what is in the way and what to do."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class Overtaken(Refused):
    """Refused because someone else changed the same thing first; the person must look again, their input is kept."""


@dataclass(frozen=True, slots=True)
class Permit:
    """A yes, or a no with its reasons."""

    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return not self.reasons

    @property
    def reason(self) -> str:
        return " ".join(self.reasons)

    def require(self) -> None:
        """Raise ``Refused`` with the reasons if this is a no."""
        if self.reasons:
            raise Refused(*self.reasons)


YES = Permit()


def no(*reasons: str) -> Permit:
    """A refusal. At least one reason is demanded: a silent no helps nobody."""
    if not reasons:
        raise ValueError("a refusal needs a reason")
    return Permit(tuple(str(reason) for reason in reasons))


def all_of(permits: Sequence[Permit]) -> Permit:
    """Yes only if every permit is a yes; otherwise every reason, in order."""
    return Permit(tuple(reason for permit in permits for reason in permit.reasons))
