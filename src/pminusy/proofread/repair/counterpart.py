"""What the left side says in place of what differs: both sides taken apart as long as they have the same form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.repair.places import Edit
from pminusy.proofread.repair.problem import Problem
from pminusy.proofread.repair.scope import Scope, rename
from pminusy.proofread.repair.slips import COUNTERPART, TERM_LOST
from pminusy.proofread.syntax.parentheses import bare, grouped, negated, product
from pminusy.proofread.syntax.tree import Add, Call, Divide, Fold, Group, Multiply, Negative, Node

MOST_TERMS = 12


def counterparts(problem: Problem) -> list[Edit]:
    """Replacements of ever smaller parts of the right side by what the left side has there; the smallest first."""
    found = [Edit(problem.right, problem.left, COUNTERPART, 1.0)]
    found += [Edit(problem.right, tree, COUNTERPART, 0.9) for tree in problem.later]
    found += apart(problem, problem.left, problem.right)
    return found[::-1]


def apart(problem: Problem, left: Node, right: Node) -> Iterator[Edit]:
    """Edits that make two expressions of the same form equal, from the largest to the smallest."""
    left, inner = bare(left), bare(right)
    if isinstance(left, Negative) and isinstance(inner, Negative):
        yield from apart(problem, left.body, inner.body)
    elif isinstance(left, Negative):
        yield Edit(inner, negated(Group(bare(left.body))), COUNTERPART, 0.5)
    elif isinstance(left, Divide) and isinstance(inner, Divide):
        for a, b, c, d in (
            (left.numerator, inner.numerator, left.denominator, inner.denominator),
            (left.denominator, inner.denominator, left.numerator, inner.numerator),
        ):
            if problem.equal(c, d):
                yield Edit(b, a, COUNTERPART)
                yield from apart(problem, a, b)
    elif isinstance(left, Fold) and isinstance(inner, Fold):
        yield from _folds(problem, left, inner)
    elif isinstance(left, Multiply) and isinstance(inner, Multiply):
        yield from _parts(problem, left.factors, inner.factors, inner)
    elif isinstance(left, Add) or isinstance(inner, Add):
        yield from _parts(problem, _terms(left), _terms(inner), inner)


def _folds(problem: Problem, left: Fold, right: Fold) -> Iterator[Edit]:
    if left.kind == right.kind and len(left.bindings) == len(right.bindings) == 1:
        left_letter, right_letter = left.bindings[0].index.name, right.bindings[0].index.name
        renamed = rename(left, {left_letter: right_letter})
        if isinstance(renamed, Fold) and renamed.condition == right.condition:
            yield Edit(right.body, renamed.body, COUNTERPART, 0.2)
            yield from apart(problem, renamed.body, right.body)


def _terms(node: Node) -> tuple[Node, ...]:
    return node.terms if isinstance(node, Add) else (node,)


def _parts(problem: Problem, left: tuple[Node, ...], right: tuple[Node, ...], whole: Node) -> Iterator[Edit]:
    """Terms or factors that have no equal on the other side."""
    if len(left) > MOST_TERMS or len(right) > MOST_TERMS:
        return
    theirs, ours = list(left), []
    for part in right:
        partner = next((other for other in theirs if problem.equal(other, part)), None)
        if partner is None:
            ours.append(part)
        else:
            theirs = [other for other in theirs if other is not partner]
    if not theirs or len(ours) > 1:
        return
    terms = not isinstance(whole, Multiply)
    if not terms and not Scope(problem).has_vectors:
        theirs.sort(key=lambda each: isinstance(bare(each), Call | Fold))  # what reaches on stands last
    together = theirs[0] if len(theirs) == 1 else Add(tuple(theirs)) if terms else product(*theirs)
    if ours:
        yield Edit(ours[0], together if terms or len(theirs) == 1 else grouped(together), COUNTERPART, 0.1)
        if len(theirs) == 1:
            yield from apart(problem, theirs[0], ours[0])
    elif terms:
        yield Edit(whole, Add((*_terms(whole), *theirs)), TERM_LOST, 0.1)
    else:
        yield Edit(whole, replace_factors(whole, theirs), COUNTERPART, 0.1)


def replace_factors(whole: Node, more: list[Node]) -> Node:
    """The product with more factors."""
    assert isinstance(whole, Multiply)
    factors = (*whole.factors, *map(grouped, more))
    return replace(whole, factors=factors, signs=(*whole.signs, *[""] * len(more)))
