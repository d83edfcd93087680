"""Where two formulas differ: the smallest parts that are not the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeAlias

from pminusy.proofread.rules.build import add, factors_of, mul, neg, terms_of
from pminusy.proofread.rules.keys import Keys
from pminusy.proofread.rules.places import Put, parts, places
from pminusy.proofread.syntax.tree import Add, Fold, Integral, Multiply, Negative, Node, Symbol

Narrowed: TypeAlias = tuple[Node, Node, Put]
Of: TypeAlias = Callable[[Node], list[Node]]
Join: TypeAlias = Callable[[Iterable[Node]], Node]


def narrowed(left: Node, right: Node, keys: Keys) -> Narrowed:
    """The two formulas without what they share around their difference.

    Also what puts something into the left formula in place of its part.
    """
    put: Put = _itself
    while (smaller := _once(left, right, keys)) is not None:
        left, right, inner = smaller
        put = _within(put, inner)
    return left, right, put


def _itself(new: Node) -> Node:
    return new


def _within(outer: Put, inner: Put) -> Put:
    return lambda new: outer(inner(new))


def _once(left: Node, right: Node, keys: Keys) -> Narrowed | None:
    if isinstance(left, Symbol) or isinstance(right, Symbol) or keys.shape(left) == keys.shape(right):
        return None
    if isinstance(left, Negative) and isinstance(right, Negative):
        return left.body, right.body, neg
    if isinstance(left, Add) or isinstance(right, Add):
        return _without_shared(left, right, keys, terms_of, add)
    if isinstance(left, Multiply) or isinstance(right, Multiply):
        return _without_shared(left, right, keys, factors_of, mul)
    if type(left) is not type(right):
        return None
    ours, theirs = list(parts(left)), list(parts(right))
    if len(ours) != len(theirs) or not _binds_the_same(left, right):
        return None
    apart = [(a, b) for a, b in zip(ours, theirs, strict=True) if keys.shape(a) != keys.shape(b)]
    if len(apart) != 1:
        return None
    part, other = apart[0]
    return next(((part, other, put) for node, put in places(left) if node is part), None)


def _binds_the_same(left: Node, right: Node) -> bool:
    """Whether a letter that one binds means the same in the other."""
    if isinstance(left, Fold) and isinstance(right, Fold):
        return left.bindings == right.bindings and left.condition == right.condition
    return (
        not isinstance(left, Integral) or not isinstance(right, Integral) or left.variable == right.variable
    )


def _without_shared(left: Node, right: Node, keys: Keys, of: Of, join: Join) -> Narrowed | None:
    ours, theirs = of(left), of(right)
    shared = Counter(map(keys.shape, ours)) & Counter(map(keys.shape, theirs))
    if not shared:
        return None
    mine, other = _apart(ours, shared, keys), _apart(theirs, shared, keys)
    first = mine[0] if mine else len(ours)

    def put(new: Node) -> Node:
        kept = [each for n, each in enumerate(ours) if n not in mine]
        return join([*kept[:first], new, *kept[first:]])

    return join(ours[n] for n in mine), join(theirs[n] for n in other), put


def _apart(parts: list[Node], shared: Counter[int], keys: Keys) -> list[int]:
    """The places of the parts that the other side does not have."""
    left_over, rest = Counter(shared), []
    for n, each in enumerate(parts):
        key = keys.shape(each)
        if left_over[key]:
            left_over[key] -= 1
        else:
            rest.append(n)
    return rest
