"""What a node that is no sum, product or fraction is made of, each part by its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from fractions import Fraction
from typing import Any, TypeAlias

from pminusy.proofread.rules.build import ONE, E, value_of
from pminusy.proofread.rules.digests import digest
from pminusy.proofread.syntax.tree import (
    Between,
    Binding,
    Call,
    Delta,
    Derivative,
    Fold,
    Group,
    Integral,
    Node,
    Number,
    Power,
    Span,
    Symbol,
    children,
)

Bound: TypeAlias = tuple[tuple[str, Any], ...]
Of: TypeAlias = Callable[[Node, Any], Any]
_SAME = {"ln": "log", "!": "factorial"}
_HALF = Fraction(1, 2)
LOOKS = frozenset(["span", "mark", "slash", "form", "opening", "closing", "applied"])


def makeup(node: Node, bound: Any, inner: Any, of: Of) -> tuple[Any, ...]:
    """The parts, by the key that `of` gives with what is bound outside, and inside of a sum or integral."""
    match node:
        case Symbol():
            return (node.name, *(of(i, bound) for i in node.upper), "", *(of(i, bound) for i in node.lower))
        case Power() if node.base == E:
            return ("exp", of(node.exponent, bound))
        case Power() if value_of(node.exponent) == _HALF:
            return ("sqrt", of(node.base, bound))
        case Delta():
            return ("delta", *sorted(digest(of(side, bound)) for side in (node.left, node.right)))
        case Call():
            name = _SAME.get(node.function.name, node.function.name)
            indices = (of(index, bound) for index in node.function.indices)
            return (name, node.primes, *indices, "", *(of(each, bound) for each in node.arguments))
        case Derivative():
            body, variables = node.body, list(node.variables)
            while isinstance(body, Derivative | Group):
                variables += body.variables if isinstance(body, Derivative) else ()
                body = body.body
            return ("derivative", of(body, bound), *sorted(digest(of(v, bound)) for v in variables))
        case Fold():
            limits = [x and of(x, bound) for binding in node.bindings for x in limits_of(binding)]
            condition = 0 if node.condition is None else _condition(node.condition, inner, of)
            return (node.kind, len(node.bindings), *limits, condition, of(node.body, inner))
        case Integral():
            limits = [x and of(x, bound) for x in (node.low, node.high)]
            return ("integral", *limits, of(node.body, inner))
        case Between():
            return ("between", *(x and of(x, bound) for x in (node.low, node.high)), of(node.body, bound))
        case _:
            return (type(node).__name__, *(_field(getattr(node, name), bound, of) for name in _names(node)))


def limits_of(binding: Binding) -> tuple[Node | None, Node | None]:
    """The limits of a sum; up to a name such as K, from 1 or from nothing, they may as well be left out."""
    if binding.low in (None, ONE) and isinstance(binding.high, Symbol) and not binding.high.indices:
        return None, None
    return binding.low, binding.high


def with_bindings(node: Fold, bound: Bound) -> Bound:
    """What is bound inside a sum: each letter by how many sums its own contains, wherever it stands."""
    inside = height(node)
    return (*bound, *((b.index.name, inside + n) for n, b in enumerate(node.bindings)))


def height(node: Fold | Integral) -> int:
    """How many letters are bound inside a sum or integral."""
    return sum(map(_bound_in, children(node)))


def _bound_in(node: Node) -> int:
    if isinstance(node, Symbol | Number):
        return 0
    own = len(node.bindings) if isinstance(node, Fold) else int(isinstance(node, Integral))
    return own + sum(map(_bound_in, children(node)))


def _condition(node: Node, bound: Any, of: Of) -> int:
    found = [_field(getattr(node, name), bound, of) for name in _names(node) if name != "operator"]
    operator = getattr(node, "operator", type(node).__name__)
    return digest((operator, *(sorted(map(digest, found)) if operator in ("=", r"\ne") else found)))


def _names(node: Node) -> tuple[str, ...]:
    return tuple(f.name for f in fields(node) if f.name not in LOOKS)


def _field(value: Any, bound: Any, of: Of) -> Any:
    if isinstance(value, Node):
        return of(value, bound)
    if isinstance(value, tuple):
        return tuple(_field(item, bound, of) for item in value)
    return None if isinstance(value, Span) else value
