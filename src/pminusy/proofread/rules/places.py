"""The places of a formula at which a rule is tried, and formulas with a place changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from pminusy.proofread.syntax.tree import (
    Add,
    Between,
    Binding,
    Branch,
    Call,
    Cases,
    Component,
    Delta,
    Derivative,
    Differential,
    Divide,
    Fold,
    Indicator,
    Inner,
    Integral,
    Limit,
    Matrix,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Symbol,
    Transpose,
)

Put: TypeAlias = Callable[[Node], Node]

_PARTS: dict[type[Node], tuple[str, ...]] = {
    Add: ("terms",),
    Multiply: ("factors",),
    Divide: ("numerator", "denominator"),
    Power: ("base", "exponent"),
    Call: ("arguments",),
    Cases: ("branches",),
    Matrix: ("rows",),
    Integral: ("body", "low", "high"),
    Between: ("body", "low", "high"),
    Limit: ("body",),
    Negative: ("body",),
    Fold: ("body",),
    Norm: ("body",),
    Component: ("body",),
    Derivative: ("body",),
    Differential: ("body",),
    Transpose: ("body",),
    Inner: ("left", "right"),
}
_LEAVES = (Symbol, Number, Delta, Indicator, Binding)


def places(node: Node) -> Iterator[tuple[Node, Put]]:
    """Every node that has a value, parents first, with the function that puts another in its place."""
    yield node, _itself
    if isinstance(node, _LEAVES):
        return
    for name in _PARTS.get(type(node), ()):
        yield from _within(node, name, getattr(node, name))


def parts(node: Node) -> Iterator[Node]:
    """The nodes with a value directly under this one."""
    for name in _PARTS.get(type(node), ()):
        value = getattr(node, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Branch):
                yield item.value
            elif isinstance(item, tuple):
                yield from item
            elif item is not None:
                yield item


def _itself(new: Node) -> Node:
    return new


def _within(node: Node, name: str, value: object) -> Iterator[tuple[Node, Put]]:
    """The places below one field of a node."""
    if isinstance(value, Branch):
        value = value.value
    if isinstance(value, Node):
        for inner, put in places(value):
            yield inner, partial(_with_field, node, name, put)
    elif isinstance(value, tuple):
        for path, item in _items(value):
            for inner, put in places(item):
                yield inner, partial(_with_item, node, name, path, put)


def _items(value: tuple[object, ...]) -> Iterator[tuple[tuple[int, ...], Node]]:
    """The nodes of a tuple, of cases and of the rows of a matrix, each with its place in it."""
    for n, item in enumerate(value):
        if isinstance(item, Branch):
            yield (n,), item.value
        elif isinstance(item, Node):
            yield (n,), item
        elif isinstance(item, tuple):
            yield from (((n, *path), entry) for path, entry in _items(item))


def _with_field(node: Node, name: str, put: Put, new: Node) -> Node:
    return replace(node, **{name: put(new)})  # type: ignore[arg-type]


def _with_item(node: Node, name: str, path: tuple[int, ...], put: Put, new: Node) -> Node:
    return replace(node, **{name: _changed(getattr(node, name), path, put, new)})  # type: ignore[arg-type]


def _changed(value: tuple[Any, ...], path: tuple[int, ...], put: Put, new: Node) -> tuple[Any, ...]:
    n, *rest = path
    item = value[n]
    if rest:
        changed: Any = _changed(item, tuple(rest), put, new)
    else:
        changed = replace(item, value=put(new)) if isinstance(item, Branch) else put(new)
    return (*value[:n], changed, *value[n + 1 :])
