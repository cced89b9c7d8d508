"""Reading SPEC.json: JSON text in, a ``Spec`` out, or every fault with its JSON path. See docs/reference/composite.md."""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pamong.engine.composite.spec import (
    Aggregate,
    Alternatives,
    Group,
    Leaf,
    Method,
    Missing,
    Normalise,
    Outliers,
    Spec,
    Transform,
    Treatment,
)
from pamong.engine.strict_json import InputRefused, Object, Reader, at, parse, shown

MAX_DEPTH = 12
MAX_NODES = 2000
_LARGEST, _HUGE = 1e100, 1e12
Choice = TypeVar("Choice", bound=enum.StrEnum)


@dataclass
class _Reader(Reader):
    """Remembers the names already taken, because scores are told by name."""

    names: dict[str, str] = field(default_factory=dict)

    def text(self, path: str, value: Any) -> str:
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.refuse(path, f"harus teks yang tidak kosong, bukan {shown(value)}")
        return ""

    def number(self, path: str, value: Any, low: float = -_LARGEST, high: float = _LARGEST) -> float:
        """A finite number between ``low`` and ``high``; ``low``, and a fault, if it is something else."""
        if type(value) not in (int, float) or not math.isfinite(value):
            self.refuse(path, f"harus angka, bukan {shown(value)}")
        elif not low <= value <= high:
            unbounded = value < low and high >= _HUGE
            within = f"{low:g} atau lebih" if unbounded else f"antara {low:g} dan {high:g}"
            self.refuse(path, f"harus {within}, bukan {shown(value)}")
        else:
            return float(value)
        return low

    def pair(self, path: str, value: Any, low: float = -_LARGEST, high: float = _LARGEST) -> tuple[float, float]:
        """Two numbers, the smaller first."""
        if not isinstance(value, list) or len(value) != 2:
            self.refuse(path, f"harus dua angka, misalnya [0, 100], bukan {shown(value)}")
            return 0.0, 1.0
        first, second = (self.number(f"{path}[{place}]", each, low, high) for place, each in enumerate(value))
        if first >= second and not any(fault.startswith(path) for fault in self.faults):
            self.refuse(path, "angka pertama harus lebih kecil daripada yang kedua")
        return first, second

    def choice(self, path: str, value: Any, kind: type[Choice]) -> Choice:
        """One of the words of ``kind``; the first, and a fault, if it is none."""
        words = [each.value for each in kind]
        if isinstance(value, str) and value in words:
            return kind(value)
        self.refuse(path, f"harus salah satu dari {', '.join(words)}, bukan {shown(value)}")
        return next(iter(kind))

    def list(self, path: str, value: Any) -> Sequence[Any]:
        if isinstance(value, list) and value:
            return value
        self.refuse(path, f"harus larik yang tidak kosong, bukan {'larik kosong' if value == [] else shown(value)}")
        return ()


def read_spec(content: bytes) -> Spec:
    """The index described in ``content``. Raises ``InputRefused`` with every fault."""
    reader = _Reader()
    optional = ("normalise", "aggregate", "outliers", "missing", "alternatives")
    document = reader.object("$", parse(content), ("id", "tree"), optional)
    spec = Spec(
        id=reader.text("$.id", document["id"]) if "id" in document else "",
        tree=_tree(reader, document),
        normalise=_normalise(reader, "$.normalise", document["normalise"]) if "normalise" in document else Normalise(),
        aggregate=reader.choice("$.aggregate", document.get("aggregate", "arithmetic"), Aggregate),
        outliers=_treatment(reader, "$.outliers", document["outliers"]) if "outliers" in document else Treatment(),
        missing=reader.choice("$.missing", document.get("missing", "siblings"), Missing),
        alternatives=_alternatives(reader, document["alternatives"]) if "alternatives" in document else Alternatives(),
    )
    if not reader.faults:
        _whole(reader, spec)
    if reader.faults:
        raise InputRefused(reader.faults)
    return spec


def _tree(reader: _Reader, document: Object) -> Group:
    if "tree" not in document:
        return Group("", ())
    found = _node(reader, "$.tree", document["tree"], 1)
    if isinstance(found, Group):
        return found
    reader.refuse("$.tree", "akar pohon harus punya children")
    return Group("", ())


def _node(reader: _Reader, path: str, value: Any, depth: int) -> Group | Leaf:
    if depth > MAX_DEPTH or len(reader.names) > MAX_NODES:
        raise InputRefused([f"{path}: pohon lebih dari {MAX_DEPTH} tingkat atau {MAX_NODES} simpul"])
    if isinstance(value, Object) and "column" in value and "children" not in value:
        return _leaf(reader, path, value)
    node = reader.object(path, value, ("name", "children"), ("weight", "aggregate"))
    name = _name(reader, path, node.get("name")) if "name" in node else ""
    children = reader.list(f"{path}.children", node["children"]) if "children" in node else ()
    group = Group(
        name=name,
        children=tuple(_node(reader, f"{path}.children[{n}]", each, depth + 1) for n, each in enumerate(children)),
        weight=_weight(reader, path, node),
        aggregate=reader.choice(f"{path}.aggregate", node["aggregate"], Aggregate) if "aggregate" in node else None,
        path=path,
    )
    if group.children and not any(child.weight > 0 for child in group.children):
        reader.refuse(f"{path}.children", "paling sedikit satu bobot harus lebih dari nol")
    return group


def _leaf(reader: _Reader, path: str, value: Object) -> Leaf:
    keys = ("name", "weight", "direction", "transform", "goalposts")
    node = reader.object(path, value, ("column",), keys)
    column = reader.text(f"{path}.column", node["column"])
    direction = node.get("direction", 1)
    if type(direction) is not int or direction not in (1, -1):
        reader.refuse(f"{path}.direction", f"harus 1 atau -1, bukan {shown(direction)}")
        direction = 1
    return Leaf(
        name=_name(reader, path, node.get("name", column), "name" if "name" in node else "column"),
        column=column,
        weight=_weight(reader, path, node),
        direction=direction,
        transform=reader.choice(f"{path}.transform", node.get("transform", "none"), Transform),
        goalposts=reader.pair(f"{path}.goalposts", node["goalposts"]) if "goalposts" in node else None,
        path=path,
    )


def _weight(reader: _Reader, path: str, node: Object) -> float:
    return reader.number(f"{path}.weight", node.get("weight", 1), 0.0, _HUGE)


def _name(reader: _Reader, path: str, value: Any, key: str = "name") -> str:
    """A name no other node bears."""
    name = reader.text(f"{path}.{key}", value)
    if name in reader.names:
        reader.refuse(
            f"{path}.{key}", f"nama {shown(name)} sudah dipakai oleh {reader.names[name]}; beri name yang lain"
        )
    elif name:
        reader.names[name] = path
    return name


_SCALE_KEYS = {
    Method.MINMAX: ("range",),
    Method.RANK: ("range",),
    Method.GOALPOSTS: ("range",),
    Method.ZSCORE: ("mean", "sd"),
    Method.NONE: (),
}


def _normalise(reader: _Reader, path: str, value: Any) -> Normalise:
    """``{"method": …}`` with the keys that method knows, or the method's name alone."""
    if isinstance(value, str):
        return Normalise(reader.choice(path, value, Method))
    if not isinstance(value, Object) or "method" not in value:
        reader.object(path, value, ("method",), ("range", "mean", "sd"))
        return Normalise()
    method = reader.choice(f"{path}.method", value["method"], Method)
    given = reader.object(path, value, ("method",), _SCALE_KEYS[method])
    low, high = reader.pair(f"{path}.range", given["range"]) if "range" in given else (0.0, 100.0)
    mean = reader.number(f"{path}.mean", given.get("mean", 0))
    sd = reader.number(f"{path}.sd", given.get("sd", 1), 1e-12)
    return Normalise(method, low, high, mean, sd)


_OUTLIER_KEYS = {
    Outliers.NONE: (),
    Outliers.PERCENTILE: ("percentiles",),
    Outliers.FENCES: ("factor",),
    Outliers.MOMENTS: (),
}


def _treatment(reader: _Reader, path: str, value: Any) -> Treatment:
    if isinstance(value, str):
        return Treatment(reader.choice(path, value, Outliers))
    if not isinstance(value, Object) or "method" not in value:
        reader.object(path, value, ("method",), ("percentiles", "factor"))
        return Treatment()
    method = reader.choice(f"{path}.method", value["method"], Outliers)
    given = reader.object(path, value, ("method",), _OUTLIER_KEYS[method])
    pair = given.get("percentiles")
    low, high = reader.pair(f"{path}.percentiles", pair, 0, 100) if "percentiles" in given else (5.0, 95.0)
    return Treatment(method, low, high, reader.number(f"{path}.factor", given.get("factor", 1.5), 0))


def _alternatives(reader: _Reader, value: Any) -> Alternatives:
    path = "$.alternatives"
    given = reader.object(path, value, (), ("normalise", "aggregate", "outliers"))
    lists = {key: list(enumerate(reader.list(at(path, key), given[key]))) for key in given if hasattr(Spec, key)}
    return Alternatives(
        normalise=tuple(_normalise(reader, f"{path}.normalise[{n}]", each) for n, each in lists.get("normalise", ())),
        aggregate=tuple(
            reader.choice(f"{path}.aggregate[{n}]", each, Aggregate) for n, each in lists.get("aggregate", ())
        ),
        outliers=tuple(_treatment(reader, f"{path}.outliers[{n}]", each) for n, each in lists.get("outliers", ())),
    )


def _whole(reader: _Reader, spec: Spec) -> None:
    """Faults that only show once every part is known."""
    methods = {spec.normalise.method: "$.normalise"}
    methods |= {each.method: f"$.alternatives.normalise[{n}]" for n, each in enumerate(spec.alternatives.normalise)}
    for leaf in spec.tree.leaves():
        if Method.GOALPOSTS in methods and leaf.goalposts is None:
            reader.refuse(f"{leaf.path}.goalposts", f"wajib ada karena {methods[Method.GOALPOSTS]} memilih goalposts")
        if Method.NONE in methods and leaf.direction == -1:
            reader.refuse(f"{leaf.path}.direction", f"-1 perlu skala, sedangkan {methods[Method.NONE]} memilih none")
        if leaf.goalposts and leaf.transform is Transform.LOG and leaf.goalposts[0] <= 0:
            reader.refuse(f"{leaf.path}.goalposts", "harus lebih dari nol karena transform memilih log")
        if leaf.column == spec.id:
            reader.refuse(f"{leaf.path}.column", "kolom pengenal baris tidak dapat menjadi indikator")
