"""The places of a formula at which a rule is tried, and formulas with a place changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

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
    Divide,
    Fold,
    Indicator,
    Inner,
    Integral,
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

_PARTS: dict[type[Node], tuple[str, ...]] = {
    Add: ("terms",),
    Multiply: ("factors",),
    Divide: ("numerator", "denominator"),
    Power: ("base", "exponent"),
    Call: ("arguments",),
    Cases: ("branches",),
    Branch: ("value",),
    Matrix: ("rows",),
    Integral: ("body", "low", "high"),
    Between: ("body", "low", "high"),
    Negative: ("body",),
    Fold: ("body",),
    Norm: ("body",),
    Component: ("body",),
    Derivative: ("body",),
    Transpose: ("body",),
    Inner: ("left", "right"),
}
_LEAVES = (Symbol, Number, Delta, Indicator, Binding)


def places(node: Node) -> Iterator[tuple[Node, Callable[[Node], Node]]]:
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


def _within(node: Node, name: str, value: object) -> Iterator[tuple[Node, Callable[[Node], Node]]]:
    if isinstance(value, Node):
        for inner, put in _inner(value):
            yield inner, lambda new, put=put: replace(node, **{name: put(new)})  # type: ignore[misc]
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            for inner, put in _items(item):
                yield (
                    inner,
                    lambda new, put=put, n=n: replace(  # type: ignore[misc]
                        node, **{name: (*value[:n], put(new), *value[n + 1 :])}
                    ),
                )


def _items(item: object) -> Iterator[tuple[Node, Callable[[Node], object]]]:
    if isinstance(item, Node):
        yield from _inner(item)
    elif isinstance(item, tuple):  # a row of a matrix
        for n, entry in enumerate(item):
            for inner, put in places(entry):
                yield inner, lambda new, put=put, n=n: (*item[:n], put(new), *item[n + 1 :])  # type: ignore[misc]


def _inner(node: Node) -> Iterator[tuple[Node, Callable[[Node], Node]]]:
    if isinstance(node, Branch):
        yield from _within(node, "value", node.value)
    else:
        yield from places(node)
