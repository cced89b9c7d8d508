"""What a composite index is: a tree of groups and indicators, and how numbers become scores.

Frozen data only. Meaning, defaults and sources of every choice: docs/reference/composite.md. The construction follows
the order of the OECD/JRC *Handbook on Constructing Composite Indicators* (2008).
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field


class Method(enum.StrEnum):
    """How a column is brought onto a common scale."""

    MINMAX = "minmax"
    ZSCORE = "zscore"
    RANK = "rank"
    GOALPOSTS = "goalposts"
    NONE = "none"


class Aggregate(enum.StrEnum):
    """How the scores of a group's children become its own."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"
    COPELAND = "copeland"


class Outliers(enum.StrEnum):
    """How values far from all others are drawn in before they are brought onto a scale."""

    NONE = "none"
    PERCENTILE = "percentile"
    FENCES = "fences"
    MOMENTS = "moments"


class Missing(enum.StrEnum):
    """What an empty cell does: the siblings present speak for the group, or the table is refused."""

    SIBLINGS = "siblings"
    ERROR = "error"


class Transform(enum.StrEnum):
    """What happens to a raw value first."""

    NONE = "none"
    LOG = "log"


@dataclass(frozen=True)
class Normalise:
    """``low`` to ``high`` is the scale of min–max, rank and goalposts; ``mean`` and ``sd`` that of z-scores."""

    method: Method = Method.MINMAX
    low: float = 0.0
    high: float = 100.0
    mean: float = 0.0
    sd: float = 1.0


@dataclass(frozen=True)
class Treatment:
    """``low`` and ``high`` are percentiles; ``factor`` is how many interquartile ranges the fences stand off."""

    method: Outliers = Outliers.NONE
    low: float = 5.0
    high: float = 95.0
    factor: float = 1.5


@dataclass(frozen=True)
class Leaf:
    """One indicator. ``direction`` is 1 where more is better, −1 where less is. ``goalposts`` are worst and best value
    in units of the column, in order of size whatever the direction."""

    name: str
    column: str
    weight: float = 1.0
    direction: int = 1
    transform: Transform = Transform.NONE
    goalposts: tuple[float, float] | None = None
    path: str = "$"


@dataclass(frozen=True)
class Group:
    """A level of the hierarchy. ``aggregate`` is ``None`` where the index's own holds."""

    name: str
    children: tuple[Group | Leaf, ...]
    weight: float = 1.0
    aggregate: Aggregate | None = None
    path: str = "$"

    def leaves(self) -> Iterator[Leaf]:
        """Every indicator below, in the order written."""
        for child in self.children:
            if isinstance(child, Leaf):
                yield child
            else:
                yield from child.leaves()

    def groups(self) -> Iterator[Group]:
        """This group and every group below, from the top down."""
        yield self
        for child in self.children:
            if isinstance(child, Group):
                yield from child.groups()


@dataclass(frozen=True)
class Alternatives:
    """Choices a simulation draws from, beside those of the index itself."""

    normalise: tuple[Normalise, ...] = ()
    aggregate: tuple[Aggregate, ...] = ()
    outliers: tuple[Treatment, ...] = ()


@dataclass(frozen=True)
class Spec:
    """One composite index. ``id`` is the column that names the rows."""

    id: str
    tree: Group
    normalise: Normalise = Normalise()
    aggregate: Aggregate = Aggregate.ARITHMETIC
    outliers: Treatment = Treatment()
    missing: Missing = Missing.SIBLINGS
    alternatives: Alternatives = field(default_factory=Alternatives)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads, each once, in the order of the tree."""
        return tuple(dict.fromkeys(leaf.column for leaf in self.tree.leaves()))
