"""Life cycles as tables: which steps there are, from where to where, and what one must be permitted to take them.

    LIFECYCLE = Lifecycle(initial=State.DRAFT, steps=(
        Step("submit", frozenset({State.DRAFT, State.RETURNED}), State.SUBMITTED, Permission.SUBMIT),
    ))
    LIFECYCLE.step("submit", state=entry.state).target

States are the values of a ``StrEnum`` (or Django ``TextChoices``). The table only answers; whoever asks does the locking, the permission check and the writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

S = TypeVar("S", bound=str)


class StepNotAllowed(ValueError):
    """The step does not lead anywhere from the present state; ``allowed`` names those that do."""

    def __init__(self, name: str, state: str, allowed: tuple[str, ...]) -> None:
        self.name, self.state, self.allowed = name, state, allowed
        super().__init__(f"no step {name!r} from state {state!r}; possible: {', '.join(allowed) or 'none'}")


@dataclass(frozen=True)
class Step(Generic[S]):
    """One step: its name (a verb), the states it starts from, the state it leads to, the permission it takes."""

    name: str
    sources: frozenset[S]
    target: S
    permission: str = ""


@dataclass(frozen=True)
class Lifecycle(Generic[S]):
    """The steps between states. A name may occur more than once, but only once for each state it starts from."""

    initial: S
    steps: tuple[Step[S], ...]

    def __post_init__(self) -> None:
        seen: set[tuple[str, S]] = set()
        for step in self.steps:
            for source in step.sources:
                if (step.name, source) in seen:
                    raise ValueError(f"step {step.name!r} from {source!r} is defined twice")
                seen.add((step.name, source))

    @property
    def states(self) -> tuple[S, ...]:
        """Every state of the table, the initial one first, then as the steps mention them."""
        found = [self.initial]
        for step in self.steps:
            found += [*sorted(step.sources), step.target]
        return tuple(dict.fromkeys(found))

    def step(self, name: str, *, state: str) -> Step[S]:
        """The step ``name`` from ``state``. Raises ``StepNotAllowed``."""
        for step in self.steps_from(state):
            if step.name == name:
                return step
        raise StepNotAllowed(name, state, tuple(step.name for step in self.steps_from(state)))

    def steps_from(self, state: str) -> tuple[Step[S], ...]:
        """The steps that start from ``state``, in the order of the table."""
        return tuple(step for step in self.steps if state in step.sources)

    def diagram(self) -> str:
        """The table as a Mermaid state diagram."""
        names = [f'    state "{state}" as {_identifier(state)}' for state in self.states if "-" in state]
        arrows = [
            f"    {_identifier(source)} --> {_identifier(step.target)}: {step.name}"
            for step in self.steps
            for source in sorted(step.sources)
        ]
        ends = [f"    {_identifier(state)} --> [*]" for state in self.states if not self.steps_from(state)]
        start = f"    [*] --> {_identifier(self.initial)}"
        return "\n".join(["stateDiagram-v2", *names, start, *arrows, *ends]) + "\n"


def _identifier(state: str) -> str:
    return str(state).replace("-", "_")
