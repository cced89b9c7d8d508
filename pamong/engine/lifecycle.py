"""Life cycles as data: which states exist, which step leads where, and what it takes to go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


class StepNotAllowed(Exception):
    """The step does not exist, or does not start from this state."""


@dataclass(frozen=True, slots=True)
class Step:
    """``name`` leads from any state in ``sources`` to ``target`` and takes ``permission``."""

    name: str
    sources: frozenset[str]
    target: str
    permission: str


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """All steps of one kind of thing, and where it begins."""

    initial: str
    steps: tuple[Step, ...]

    def step(self, name: str, *, state: str) -> Step:
        """The step ``name`` taken from ``state``. Raises ``StepNotAllowed``."""
        for step in self.steps:
            if step.name == name and state in step.sources:
                return step
        raise StepNotAllowed(f"{name!r} does not start from {state!r}")

    def allows(self, name: str, *, state: str) -> bool:
        return any(step.name == name and state in step.sources for step in self.steps)

    def steps_from(self, state: str) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if state in step.sources)

    def diagram(self) -> str:
        """The life cycle as a Mermaid state diagram."""
        return "\n".join(("stateDiagram-v2", f"    [*] --> {self.initial!s}", *self._arrows()))

    def _arrows(self) -> Iterator[str]:
        for step in self.steps:
            for source in sorted(map(str, step.sources)):
                yield f"    {source} --> {step.target!s}: {step.name}"
