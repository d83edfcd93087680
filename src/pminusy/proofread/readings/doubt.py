"""Doubt: a step that fails is wrong only if everything in it is grounded; otherwise there is a question to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.environment import Layout
from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.steps import MISFIT, SUPPLIED
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.proof import Step, StepVerdict
from pminusy.proofread.readings.doubts import (
    bases,
    chain_rule,
    constants,
    fitted,
    notation,
    properties,
    unevaluated,
    unknown,
)
from pminusy.proofread.readings.doubts.asked import Asked
from pminusy.proofread.readings.doubts.free import (
    bound,
    entries,
    free_names,
    integrated_over,
    is_entry,
    undefined_functions,
)
from pminusy.proofread.readings.doubts.grounds import Grounds
from pminusy.proofread.readings.doubts.unevaluated import chances
from pminusy.proofread.readings.layouts import depends_on_layout
from pminusy.proofread.readings.options import LAYOUT
from pminusy.proofread.source.page import Page
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Derivative,
    Inner,
    Integral,
    Matrix,
    Node,
    Number,
    Symbol,
    has_derivative,
    is_literal,
    is_pair,
    transform,
    walk,
)

FAR_FROM_READ = 3  # undecided steps on a page of which less holds
UNREAD = "Too little of this page could be read to judge this line. What do its names stand for?"
EVERY_LAYOUT = tuple(
    Layout(gradient, jacobian, matrix)
    for gradient in ("column", "row")
    for jacobian in ("numerator", "denominator")
    for matrix in ("denominator", "numerator")
)


def doubted(step: Step, view: View, grounds: Grounds) -> Step:
    """The step; undecided with a question where it fails on grounds that are not sure."""
    if step.verdict is not StepVerdict.FAILS or step.lhs_tree is None or step.rhs_tree is None:
        return step
    if step.confidence is not None:  # an equation that its solution does not solve
        return step
    questions = _questions(step, step.lhs_tree, step.rhs_tree, view, grounds)
    for question in questions:
        choices = question.choices if isinstance(question, Asked) else ()
        if not choices or not grounds.page.settled.keys.issuperset(choices):
            return replace(_not_sure(step, str(question)), choices=choices)
    sure = _is_plain(step.lhs_tree, step.rhs_tree, view, grounds)
    return replace(step, confidence="sure" if sure else "likely")


def doubted_together(steps: list[Step]) -> list[Step]:
    """The steps; on a page of which more is undecided than holds, what fails is probably misread, too.

    A line that is about the same names on both sides needs nothing that the page says elsewhere.
    """
    if sum(map(_is_undecided, steps)) < max(FAR_FROM_READ, 1 + sum(step.holds for step in steps)):
        return steps
    return [
        _not_sure(step, UNREAD) if _fails_with_names(step) and not _speaks_for_itself(step) else step
        for step in steps
    ]


def _is_undecided(step: Step) -> bool:
    return step.verdict is StepVerdict.UNDECIDED


def _fails_with_names(step: Step) -> bool:
    sides = [side for side in (step.lhs_tree, step.rhs_tree) if side is not None]
    if step.verdict is not StepVerdict.FAILS:
        return False
    return any({s.name for s in main_symbols(side) if not is_literal(s)} - bound(side) for side in sides)


def _speaks_for_itself(step: Step) -> bool:
    """Whether a step that surely fails is about the same names on both sides."""
    sides = [side for side in (step.lhs_tree, step.rhs_tree) if side is not None]
    names = [{s.name for s in main_symbols(side) if not is_literal(s)} - bound(side) for side in sides]
    return step.confidence == "sure" and names[0] == names[1]


def _not_sure(step: Step, question: str) -> Step:
    reason = "the two sides differ under this interpretation, but the interpretation is uncertain"
    return replace(step, verdict=StepVerdict.UNDECIDED, reason=reason, question=question, confidence=None)


def _questions(step: Step, left: Node, right: Node, view: View, grounds: Grounds) -> Iterator[str]:
    if SUPPLIED in step.rests_on:
        yield "How is this formula meant to be written?"
    if any(member.adrift and member.span == step.span for member in view.claim.members):
        yield "Which expression does this line go on from? Write it in front of the equals sign."
    if letter := _bold_elsewhere(step, left, right, grounds.page):
        yield f"Are bold {letter} and plain {letter} different quantities? If so, rename one of them."
    yield from notation.questions(step, left, right, view)
    yield from unevaluated.questions(left, right, view, grounds)
    yield from chain_rule.questions(left, right)
    if _are_inner_products(left, right, view):
        yield "Are the pairs in brackets inner products?"
    if names := _adds_up_to_one(left, right, view):
        yield f"Do {' and '.join(names)} add up to 1? If so, say so in the text, or assume it."
    yield from bases.questions(left, right, view)
    yield from properties.questions(left, right, view)
    yield from constants.questions(left, right, view)
    yield from fitted.questions(left, right, view)
    yield from unknown.questions(step, left, right, view, grounds)
    if _is_other_layout(left, right, view, grounds):
        yield Asked("Is a derivative with respect to a vector a row or a column here?", (LAYOUT,))


def _bold_elsewhere(step: Step, left: Node, right: Node, page: Page) -> str:
    """A plain letter of a step whose shapes do not match, which the page also has in bold: it may be a number here."""
    if not (step.reason or "").startswith(MISFIT):
        return ""
    tokens = [
        t for chain in page.chains for member in chain.members for t in member.tokens if t.kind == "name"
    ]
    bold, plain = ({t.text for t in tokens if t.bold is bold} for bold in (True, False))
    return min({s.name for side in (left, right) for s in main_symbols(side)} & bold & plain, default="")


def _are_inner_products(left: Node, right: Node, view: View) -> bool:
    """Whether a step holds where `(u, v)` stands for the inner product, of numbers their product."""
    sides = tuple(transform(side, _as_inner_product) for side in (left, right))
    if sides == (left, right):
        return False
    model = view.model.given(view.claim.given)
    return bool(compare(model, sides[0], sides[1], view.claim.condition, (), view.layout, 1))


def _as_inner_product(node: Node) -> Node:
    return Inner(node.rows[0][0], node.rows[1][0]) if isinstance(node, Matrix) and is_pair(node) else node


def _adds_up_to_one(left: Node, right: Node, view: View) -> list[str]:
    """The entries of one family, such as y_0 and y_1, whose sum has to be 1 for a step to hold."""
    sums = [n for side in (left, right) for n in walk(side) if isinstance(n, Add) and _are_entries(n.terms)]
    model = view.model.given(view.claim.given)
    for whole in sums:
        sides = _with_one(left, whole), _with_one(right, whole)
        if compare(model, sides[0], sides[1], view.claim.condition, (), view.layout, 1):
            return [to_latex(term) for term in whole.terms]
    return []


def _with_one(side: Node, whole: Node) -> Node:
    return transform(side, lambda node: Number("1") if node == whole else node)


def _are_entries(terms: tuple[Node, ...]) -> bool:
    """Whether terms are one name with different numbers as its only index."""
    if not all(
        isinstance(t, Symbol) and len(t.indices) == 1 and isinstance(t.indices[0], Number) for t in terms
    ):
        return False
    return len({t.name for t in terms if isinstance(t, Symbol)}) == 1 and len(set(terms)) == len(terms)


def _is_other_layout(left: Node, right: Node, view: View, grounds: Grounds) -> bool:
    """Whether a derivative by a vector or matrix would be right in another layout than the one of the page."""
    model = view.model
    if not has_derivative(left, right) or not depends_on_layout(model):
        return False
    if not any(model.rank(name) for name in reached_families(model, (left, right))):
        return False
    model = model.given(view.claim.given)
    return any(
        compare(model, left, right, view.claim.condition, (), layout, 1)
        for layout in EVERY_LAYOUT
        if layout != view.layout and (layout.matrix == view.layout.matrix or grounds.transposed)
    )


def _is_plain(left: Node, right: Node, view: View, grounds: Grounds) -> bool:
    """Whether nothing in a step can well be read otherwise: numbers, functions of them, every name grounded."""
    model = view.model
    reached = reached_families(model, (left, right))
    whole = not all(is_entry(s, model) for s in (*main_symbols(left), *main_symbols(right)))
    if reached & model.opaque or (whole and not (grounds.vectors_hold and model.shapes.misfits <= 1)):
        return False
    if undefined_functions(left, model) != undefined_functions(right, model):
        return False
    if chances(left, view) or chances(right, view):
        return False
    integrated = integrated_over(left, right)
    ours, theirs = ((free_names(s, model) | entries(s, model)) - integrated for s in (left, right))
    derived = any(isinstance(n, Derivative | Integral) for n in walk(left))
    return ours == theirs or (derived and theirs <= ours)
