"""Where two trees differ: the smallest part of one that has to be replaced to make the other of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pminusy.proofread.repair.places import parts
from pminusy.proofread.rules.tidying.numbers import is_plain
from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Span,
    Symbol,
    children,
)


@dataclass(frozen=True)
class Difference:
    """Put `new` where characters of the page are, which are `old` or some of its terms or factors.

    `starts_sum` tells whether it begins a sum, if `parent` is one, so that no sign stands before it.
    """

    span: Span
    old: Node
    new: Node
    parent: Node | None = None
    starts_sum: bool = True


def differences(old: Node, new: Node) -> Iterator[Difference]:
    """What to replace, from the smallest part to the whole expression."""
    path = list(_path(old, new))
    for depth in reversed(range(len(path))):
        before, after = path[depth]
        if before.span.start < 0 or isinstance(before, Binding):
            continue
        parent = path[depth - 1][0] if depth else None
        whole = Difference(before.span, before, after, parent)
        if isinstance(parent, Add):
            whole = replace(whole, starts_sum=before is parent.terms[0])
        if depth == len(path) - 1:
            yield from _terms(whole)
            yield from _factors(whole)
        yield whole


def _path(old: Node, new: Node) -> Iterator[tuple[Node, Node]]:
    """Pairs of nodes from the top down, as long as a single child differs."""
    yield old, new
    if type(old) is not type(new):
        return
    below, other = parts(old), parts(new)
    if len(below) != len(other) or _is_power_of_a_name(old):
        return
    pairs = [(a, b) for a, b in zip(below, other, strict=True) if a != b]
    if len(pairs) == 1 and _with_child(old, new, *pairs[0]):
        yield from _path(*pairs[0])


def _is_power_of_a_name(node: Node) -> bool:
    """`x^2`, of which a part says too little."""
    return isinstance(node, Power) and isinstance(node.exponent, Number) and isinstance(node.base, Symbol)


def _with_child(old: Node, new: Node, before: Node, after: Node) -> bool:
    """Whether nothing but one child tells two nodes apart."""
    from_old = [after if child is before else child for child in children(old)]
    return from_old == list(children(new)) and _plain_fields(old) == _plain_fields(new)


def _plain_fields(node: Node) -> tuple[object, ...]:
    own = {id(child) for child in children(node)}
    names = [name for name in type(node).__dataclass_fields__ if name not in ("span", "applied")]
    values = (getattr(node, name) for name in names)
    return tuple(v for v in values if id(v) not in own and not _holds_nodes(v))


def _holds_nodes(value: object) -> bool:
    return isinstance(value, tuple) and any(isinstance(each, Node | tuple) for each in value)


def _common(old: Sequence[Node], new: Sequence[Node]) -> tuple[int, int]:
    """How many parts at the beginning and at the end are the same; on both sides one at least is left over."""
    most = min(len(old), len(new)) - 1
    start = 0
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


def _terms(whole: Difference) -> Iterator[Difference]:
    """The terms of a sum that differ."""
    old, new = whole.old, whole.new
    if not isinstance(old, Add) or not isinstance(new, Add):
        return
    start, end = _common(old.terms, new.terms)
    if start or end:
        kept = old.terms[start : len(old.terms) - end]
        put = new.terms[start : len(new.terms) - end]
        span = kept[0].span | kept[-1].span
        if kept[0].span.start >= 0 and kept[-1].span.start >= 0:
            yield Difference(span, old, put[0] if len(put) == 1 else Add(put), old, start == 0)


def _factors(whole: Difference) -> Iterator[Difference]:
    """The factors of a product that differ, with the sign before it where that differs."""
    (minus, old), (other_minus, new) = _product(whole.old), _product(whole.new)
    if len(old.factors) == 1:
        return
    start, end = _common(old.factors, new.factors)
    if minus != other_minus:
        start, end = 0, _common(old.factors[::-1], new.factors[::-1])[0]
    if not start and not end:
        return
    kept = old.factors[start : len(old.factors) - end]
    put = new.factors[start : len(new.factors) - end]
    span = kept[0].span | kept[-1].span
    if not start:
        span |= whole.old.span if not end else Span(whole.old.span.start, kept[0].span.end)
    part: Node = put[0] if len(put) == 1 else Multiply(put, new.signs[start : start + len(put) - 1])
    if not start and other_minus:
        part = Negative(part)
    if min(kept[0].span.start, kept[-1].span.start) >= 0:
        in_sum = not start and isinstance(whole.parent, Add)
        yield replace(whole, span=span, new=part, parent=whole.parent if in_sum else whole.old)


def _product(node: Node) -> tuple[bool, Multiply]:
    """The sign before a product, and the product; of anything else, the product of it alone."""
    minus = isinstance(node, Negative)
    body = node.body if isinstance(node, Negative) else node
    if isinstance(body, Multiply) and is_plain(body):
        return minus, body
    return minus, Multiply((body,), ())
