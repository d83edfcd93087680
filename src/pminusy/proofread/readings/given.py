"""Lines that a page gives without claim, put into the lines that follow: after `Ax = b`, b is Ax."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.scopes import scoped
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import Meaning, defined_by
from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.proof import Step, StepVerdict
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import (
    Add,
    Divide,
    Group,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Relation,
    Symbol,
    is_literal,
    transform,
)

# How many times what vanishes by a line two sides may differ by, besides minus these.
SCALES = (Number("1"), Number("2"), Divide(Number("1"), Number("2")))
MOST_GIVEN = 8  # lines that a step is tried with, the nearest


@dataclass(frozen=True)
class Given:
    """One side of a line that the page gives, what it equals, and where the line stands."""

    side: Node
    equal: Node
    start: int


def by_given_lines(
    page: Page, pairs: Sequence[tuple[Step, View]], equations: Sequence[Chain]
) -> list[tuple[Step, View]]:
    """The steps with their views; one that fails holds if it does with one side of an earlier line for the other.

    It also holds if all that earlier steps say about its left side, put in together, gives its right side.
    """
    one = [(_by_one(step, view, page, equations), view) for step, view in pairs]
    steps = [step for step, _ in one]
    return [(_by_several(step, steps, page), view) for step, view in one]


def _by_several(step: Step, steps: Sequence[Step], page: Page) -> Step:
    if step.verdict is not StepVerdict.FAILS or step.lhs_tree is None or step.rhs_tree is None:
        return step
    left, lines = step.lhs_tree, list[str]()
    for other in steps:
        if other.holds and other.span.end <= step.span.start and other.lhs_tree and other.rhs_tree:
            given = Given(other.lhs_tree, other.rhs_tree, other.span.start)
            put_in = left if isinstance(given.side, Symbol | Number) else _put_in(left, given)
            if put_in != left:
                left = put_in
                lines.append(str(page.line_of(given.start)[0]))
    if not lines or _without_groups(left) != _without_groups(step.rhs_tree):
        return step
    known = list(dict.fromkeys(lines))
    rests_on = (f"by the equations in line{'s' if len(known) > 1 else ''} {', '.join(known)}",)
    return replace(step, verdict=StepVerdict.HOLDS, residual=None, witness=None, rests_on=rests_on)


def _without_groups(tree: Node) -> Node:
    return transform(tree, bare)


def _by_one(step: Step, view: View, page: Page, equations: Sequence[Chain]) -> Step:
    if step.verdict is not StepVerdict.FAILS or step.lhs_tree is None or step.rhs_tree is None:
        return step
    for given in (*_conditions(view.claim.chain), *_nearest(step, page, equations)):
        if _holds_with(given, step, view):
            line = page.line_of(given.start)[0]
            return replace(
                step,
                verdict=StepVerdict.HOLDS,
                residual=None,
                witness=None,
                rests_on=(f"by the equation in line {line}",),
            )
    return step


def _conditions(chain: Chain) -> Iterator[Given]:
    """What a chain itself says under which it holds, as "since p + q = 1"."""
    for condition in chain.conditions:
        if isinstance(condition, Relation) and condition.operator == "=":
            yield Given(condition.left, condition.right, chain.span.start)
            yield Given(condition.right, condition.left, chain.span.start)


def _nearest(step: Step, page: Page, equations: Sequence[Chain]) -> Iterator[Given]:
    before = [c for c in equations if c.members[-1].span.end < step.span.start]
    same = [c for c in before if page.section(c.span.start) == page.section(step.span.start)]
    for chain in sorted(same, key=lambda chain: -chain.span.start)[:MOST_GIVEN]:
        left, right = (member.tree for member in chain.members[-2:])
        if left is not None and right is not None:
            yield Given(left, right, chain.span.start)
            yield Given(right, left, chain.span.start)


def _holds_with(given: Given, step: Step, view: View) -> bool:
    """Whether a step holds where one side of a line stands for the other: as what a free name is, or in its place."""
    left, right = step.lhs_tree, step.rhs_tree
    assert left is not None
    assert right is not None
    model = view.model.given(view.claim.given)

    def equal(model: Model, left: Node, right: Node) -> bool:
        stated = view.stated_at(step.span.start)
        return bool(compare(model, left, right, view.claim.condition, stated, view.layout))

    meaning = _meaning(given, model)
    if meaning is not None and equal(model.given({meaning.family: meaning}), left, right):
        return True
    if is_literal(given.side):
        return False
    if any(equal(model, _minus(left, right), _times(scale, given)) for scale in SCALES):
        return True
    sides = [(a, b) for a in (left, _put_in(left, given)) for b in (right, _put_in(right, given))]
    return any(bare(a) == bare(b) or ((a, b) != (left, right) and equal(model, a, b)) for a, b in sides[1:])


def _minus(left: Node, right: Node) -> Node:
    return Add((Group(left), Negative(Group(right))))


def _times(scale: Node, given: Given) -> Node:
    return Multiply((scale, Group(_minus(given.side, given.equal))), ("",))


def _meaning(given: Given, model: Model) -> Meaning | None:
    """What a free name is by the other side of an equation."""
    name, other = given.side, given.equal
    if not isinstance(name, Symbol) or other == Number("0") or is_literal(name):
        return None
    meaning = defined_by(name, other, model.families)
    if meaning is None or meaning.family in model.definitions or meaning.arguments:
        return None
    if not free_letters(other, model.families) <= set(meaning.parameters):
        return None
    return replace(meaning, body=scoped(meaning.body, name))


def _put_in(tree: Node, given: Given) -> Node:
    """A tree with what equals a side of a line in the place of that side, also where it is part of a product."""
    side = given.side.factors if isinstance(given.side, Multiply) else ()

    def put(node: Node) -> Node:
        if node == given.side:
            return Group(given.equal, span=node.span)
        if isinstance(node, Multiply) and side:
            node = _spread(node)
            for at in range(len(node.factors) - len(side) + 1):
                if node.factors[at : at + len(side)] == side:
                    factors = (*node.factors[:at], Group(given.equal), *node.factors[at + len(side) :])
                    signs = (*node.signs[:at], *node.signs[at + len(side) - 1 :])
                    return Multiply(factors, signs, span=node.span)
        return node

    return transform(tree, put)


def _spread(product: Multiply) -> Multiply:
    """A product with small powers of names written out: `A^2 v` as A A v."""
    factors, signs = list[Node](), list[str]()
    for factor, sign in zip(product.factors, (*product.signs, ""), strict=True):
        small = isinstance(factor, Power) and isinstance(factor.base, Symbol)
        times = factor.exponent if small and isinstance(factor, Power) else None
        if isinstance(factor, Power) and isinstance(times, Number) and times in (Number("2"), Number("3")):
            count = int(times.value)
            factors += [factor.base] * count
            signs += [""] * (count - 1) + [sign]
        else:
            factors.append(factor)
            signs.append(sign)
    return Multiply(tuple(factors), tuple(signs[:-1]), span=product.span)
