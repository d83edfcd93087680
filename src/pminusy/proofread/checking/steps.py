"""The steps of a chain: each member compared with the one before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pminusy.proofread.checking.compare import Comparison, compare, conjuncts
from pminusy.proofread.checking.constants import equal_up_to_constant
from pminusy.proofread.checking.dependence import missing_dependence, unknown_derivative, why_only_seeming
from pminusy.proofread.checking.independence import independent
from pminusy.proofread.checking.integrals import antiderivatives
from pminusy.proofread.checking.ladder import hinges, ladder, with_definitions
from pminusy.proofread.checking.orders import equal_up_to_order, without_orders
from pminusy.proofread.checking.remarks import why_no_claim
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.meaning.lines.chance import is_summed_out
from pminusy.proofread.meaning.lines.scopes import notes_on, scoped
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import joined
from pminusy.proofread.proof import Step, StepVerdict
from pminusy.proofread.source.cues import SOLVING
from pminusy.proofread.source.page import SET_TO_ZERO, Aside, Member
from pminusy.proofread.syntax.ellipses import ELLIPSES
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Derivative,
    Integral,
    Limit,
    Negative,
    Node,
    Number,
    Relation,
    Symbol,
    walk,
)

SUPPLIED = "what is left out or mistyped read as it was probably meant"
MISFIT = "the shapes do not match"
_ENDLESS = (Symbol(r"\infty"), Negative(Symbol(r"\infty")))
_MODULO = re.compile(r"\\(?:p|b)?mod\b|\\pod\b")


@dataclass
class Trail:
    """A chain as far as it was read: the trees in the reading that was used.

    `broken` is whether an error came before, `gap` whether the last member before could not be read.
    """

    start: Node | None
    previous: Member
    tree: Node | None
    broken: bool = False
    gap: bool = False


def check_claim(view: View, number: int) -> tuple[list[Step], list[Aside]]:
    """The steps of one chain, and what of it turns out to be no claim."""
    members = view.claim.members
    trees = [_in_scope(member, members[0 if n else 1]) for n, member in enumerate(members)]
    trail = Trail(trees[0], members[0], trees[0])
    written = view.page.text[members[0].span.start : members[-1].span.end]
    congruence = "a congruence" if _MODULO.search(written) else ""
    steps, asides = list[Step](), list[Aside]()
    for member, tree in zip(members[1:], trees[1:], strict=True):
        if aside := member.set_aside or trail.previous.set_aside or congruence:
            asides.append(Aside(member.span, f"{aside} is not evaluated"))
            trail.previous, trail.tree = member, tree
            continue
        if tree is None and _goes_on(member):
            asides.append(Aside(member.span, "a series written with dots is not evaluated"))
            continue
        if tree == Number("0") and member is not members[-1] and _set_to_zero(view):
            asides.append(Aside(member.span, SET_TO_ZERO))
            continue
        trail_before = trail.tree
        step = _step(view, trail, member, tree, number)
        if step.verdict is StepVerdict.UNDECIDED and _is_beyond(view, trail_before, tree):
            asides.append(Aside(member.span, "a limit is not evaluated"))
        elif reason := why_no_claim(view, step):
            asides.append(Aside(view.claim.chain.span, reason))
        else:
            steps.append(step)
    return steps, asides


def _is_beyond(view: View, *sides: Node | None) -> bool:
    """Whether there are limits in a step and neither of its sides can be computed."""
    trees = [side for side in sides if side is not None]
    if not any(isinstance(node, Limit) for tree in trees for node in walk(tree)):
        return False
    finite = [tree for tree in trees if tree not in _ENDLESS]
    return not any(compare(view.model, tree, tree, None, (), view.layout, 1) for tree in finite)


def _goes_on(member: Member) -> bool:
    r"""Whether a member ends in dots, as `1 + x + \frac{x^2}{2} + \cdots` does."""
    return bool(member.kept) and member.kept[-1].text in ELLIPSES


def _set_to_zero(view: View) -> bool:
    r"""Whether a chain such as `\frac{dL}{dx} = 0 = 2x - 1` says at once what a derivative is and that it vanishes."""
    return isinstance(view.claim.members[0].tree, Derivative) or bool(SOLVING.search(view.page.text))


_ACTIVE = re.compile(r"\b(active|violat\w*|inside the margin|not yet reached|positive part)\b", re.IGNORECASE)


def _in_scope(member: Member, beside: Member) -> Node | None:
    if member.tree is None or beside.tree is None:
        return member.tree
    return scoped(member.tree, beside.tree)


def _step(view: View, trail: Trail, member: Member, tree: Node | None, number: int) -> Step:
    page = view.page
    text = page.text
    place = member.span

    def step(verdict: StepVerdict, **details: object) -> Step:
        return Step(
            line=page.line_of(place.start)[0],
            lhs=text[trail.previous.span.start : trail.previous.span.end],
            rhs=text[place.start : place.end],
            lhs_tree=trail.tree,
            rhs_tree=tree,
            verdict=verdict,
            chain=number,
            span=place,
            rests_on=(SUPPLIED,) if trail.previous.supplied or member.supplied else (),
            **details,  # type: ignore[arg-type]
        )

    if tree is None or trail.tree is None:
        reason = str(member.error or trail.previous.error)
        result = step(StepVerdict.UNDECIDED, reason=reason)
        if trail.tree is None:
            trail.previous, trail.tree = member, tree
        else:
            trail.gap = tree is None
        return result
    usual, gap, trail.gap = tree, trail.gap, False
    outcome, assumption, tree = _decide(view, trail, member, tree)
    if outcome.misfit and not gap and _is_alone_in_misfitting(view, trail.tree):
        trail.broken = True
        reason = f"{MISFIT}: {outcome.reason}"
        return step(StepVerdict.FAILS, reason=reason, warnings=notes_on(tree, trail.start))
    warnings = notes_on(tree, trail.start)
    if tree is not usual:
        warnings += (f"read as {to_latex(tree)}",)
    if outcome.equal is False and gap:
        outcome = Comparison(None, reason="what stands between the two sides cannot be read")
    if outcome.equal is None:
        result = step(StepVerdict.UNDECIDED, reason=outcome.reason, inherited=trail.broken, warnings=warnings)
    elif outcome.equal:
        verdict = StepVerdict.HOLDS_IF if assumption else StepVerdict.HOLDS
        result = step(
            verdict,
            assumption=assumption,
            inherited=trail.broken,
            residual=outcome.residual,
            warnings=warnings,
        )
    else:
        result = step(
            StepVerdict.FAILS,
            residual=outcome.residual,
            witness=outcome.witness,
            reason=outcome.reason,
            warnings=warnings,
        )
        trail.broken = tree != Number("0")
    trail.previous, trail.tree = member, tree
    return result


def _is_alone_in_misfitting(view: View, left: Node) -> bool:
    """Whether all formulas of the page fit together but the one at hand: then it is wrong, and the shapes are known."""
    if view.model.shapes.misfits != 1:
        return False
    return bool(compare(view.model, left, left, None, (), view.layout, 1))


def _decide(view: View, trail: Trail, member: Member, tree: Node) -> tuple[Comparison, str | None, Node]:
    """The verdict under the weakest assumption, in the reading that makes the step true if there is one."""
    claim = view.claim
    model = view.model.given(claim.given)
    left = trail.tree
    assert left is not None

    def test(a: Node, b: Node, assumptions: tuple[Assumption, ...] = (), trials: int = 3) -> Comparison:
        for variable in _integrated(model, a, b):  # equal up to a constant
            a, b = Derivative(a, (variable,)), Derivative(b, (variable,))
        return compare(model, a, b, claim.condition, assumptions, view.layout, trials)

    def vanishes(node: Node) -> bool:
        return bool(test(node, Number("0"), trials=1))

    outcome = test(left, tree)
    if outcome:
        if not _claims_zero(left, tree) and (gap := why_only_seeming(model, left, tree, vanishes)):
            return Comparison(None, outcome.residual, None, gap), None, tree
        return outcome, None, tree
    if _is_equal_up_to_order(model, left, tree, view) or equal_up_to_constant(view.claim, left, tree, test):
        return Comparison(True), None, tree
    for other_left in _ways(view, trail.previous, left):
        for other in _ways(view, member, tree):
            if (other_left is left and other is tree) or not test(other_left, other, trials=1):
                continue
            if other_left is not left and test(other_left, Number("0"), trials=1):
                continue  # 0 = 0 by reading what is differentiated as a constant
            if better := test(other_left, other):
                return better, None, other
    if outcome.equal is None:
        anywhere = claim.condition is not None and compare(model, left, tree, None, (), view.layout)
        return anywhere or outcome, None, tree
    for margin in hinges(model, (left, tree)):
        active = joined([*conjuncts(claim.condition), Relation(">", margin, Number("0"))])
        if better := compare(model, left, tree, active, (), view.layout):
            return better, None if _ACTIVE.search(view.page.text) else f"{to_latex(margin)}>0", tree
    stated = view.stated_at(claim.chain.span.start)
    for assumptions in ladder(model, left, tree, stated):
        if test(left, tree, assumptions, 1) and (better := test(left, tree, assumptions)):
            needed = " and ".join(str(a) for a in assumptions)
            if any(a.kind == "values" and a not in stated for a in assumptions) and not _tells_labels(view):
                return (
                    Comparison(None, outcome.residual, None, f"the text does not say that {needed}"),
                    None,
                    tree,
                )
            return better, needed, tree
    for apart, needed in independent(model, left, tree):
        better = compare(apart, left, tree, claim.condition, (), view.layout)
        if better and not compare(apart, left, Number("0"), claim.condition, (), view.layout, 1):
            return better, needed, tree
    if outcome.equal is False and (
        gap := missing_dependence(model, left, tree) or unknown_derivative(model, left, tree)
    ):
        return Comparison(None, outcome.residual, None, gap), None, tree
    return outcome, None, tree


_LABELS = re.compile(
    r"label|class|categor|etiq|étiq|etich|klass|kategor|метк|класс|标签|標籤|类|類|ラベル|クラス|[-+]\s*1\s*(?:,|or|and)|\\pm\s*1|±\s*1|margin",
    re.IGNORECASE,
)


def _tells_labels(view: View) -> bool:
    """Whether a page speaks of labels or classes, or of the values -1 and 1."""
    return bool(_LABELS.search(view.page.text))


def _is_equal_up_to_order(model: Model, left: Node, right: Node, view: View) -> bool:
    """Whether a side has terms that are only of some order, and the difference is of that order."""
    if not without_orders(left)[1] and not without_orders(right)[1]:
        return False
    return equal_up_to_order(model, left, right, view.layout)


def _ways(view: View, member: Member, tree: Node) -> list[Node]:
    """A side in every way to read its notation, the usual one first."""
    members = view.claim.members
    beside = members[1].tree if member is members[0] else members[0].tree
    others = view.page.readings(member)[1:]
    return [tree, *(others if beside is None else (scoped(other, beside) for other in others))]


def _integrated(model: Model, *sides: Node) -> list[Symbol]:
    """The variables of the antiderivatives that two sides are made of; an integral over a random quantity is none."""
    every = with_definitions(model, sides)
    summed = {
        node.variable
        for tree in every
        for node in walk(tree)
        if isinstance(node, Integral) and is_summed_out(node, node.variable.name, model.distributions)
    }
    return sorted(antiderivatives(every) - summed, key=to_latex)


def _claims_zero(left: Node, right: Node) -> bool:
    return Number("0") in (left, right)
