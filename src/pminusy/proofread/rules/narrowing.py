"""Where two formulas differ: the smallest parts that are not the same."""

from __future__ import annotations

from collections import Counter

from pminusy.proofread.rules.build import add, factors_of, mul, terms_of
from pminusy.proofread.rules.keys import Keys
from pminusy.proofread.rules.places import parts
from pminusy.proofread.syntax.tree import Add, Fold, Integral, Multiply, Negative, Node, Symbol


def narrowed(left: Node, right: Node, keys: Keys) -> tuple[Node, Node]:
    """The two formulas without what they share around their difference."""
    while True:
        smaller = _once(left, right, keys)
        if smaller is None:
            return left, right
        left, right = smaller


def _once(left: Node, right: Node, keys: Keys) -> tuple[Node, Node] | None:
    if isinstance(left, Symbol) or isinstance(right, Symbol) or keys.shape(left) == keys.shape(right):
        return None
    if isinstance(left, Negative) and isinstance(right, Negative):
        return left.body, right.body
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
    return apart[0] if len(apart) == 1 else None


def _binds_the_same(left: Node, right: Node) -> bool:
    """Whether a letter that one binds means the same in the other."""
    if isinstance(left, Fold) and isinstance(right, Fold):
        return left.bindings == right.bindings and left.condition == right.condition
    return (
        not isinstance(left, Integral) or not isinstance(right, Integral) or left.variable == right.variable
    )


def _without_shared(left: Node, right: Node, keys: Keys, of, join) -> tuple[Node, Node] | None:  # type: ignore[no-untyped-def]
    ours, theirs = of(left), of(right)
    shared = Counter(map(keys.shape, ours)) & Counter(map(keys.shape, theirs))
    if not shared:
        return None
    sides = []
    for side in (ours, theirs):
        left_over, rest = Counter(shared), []
        for each in side:
            key = keys.shape(each)
            if left_over[key]:
                left_over[key] -= 1
            else:
                rest.append(each)
        sides.append(join(rest))
    return sides[0], sides[1]
