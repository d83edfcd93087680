"""Steps that do not hold and claim nothing: numbers of an example, remarks, what follows from setting to zero."""

from __future__ import annotations

from pminusy.proofread.checking.ladder import with_definitions
from pminusy.proofread.checking.numbers import is_miscalculated, is_within_rounding
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.names.definitions import defined_by
from pminusy.proofread.proof import Step
from pminusy.proofread.source.cues import CONSTRAINING, SOLVING
from pminusy.proofread.source.page import FROM_ZERO, REMARK, SET_TO_ZERO, SPECIAL
from pminusy.proofread.syntax.tree import Derivative, Node, Number, Symbol, is_literal, walk


def why_no_claim(view: View, step: Step) -> str:
    """Why a step that does not hold is no claim: it says where something vanishes, or what follows there; else ""."""
    claim = view.claim
    alone = len(claim.members) == 2
    if step.holds:
        return ""
    miscalculated = is_miscalculated(step, view.page.text)
    if _is_of_example(step) and not miscalculated:
        return "numbers from one example"
    sides = tuple(side for side in (step.lhs_tree, step.rhs_tree) if side)
    if not miscalculated and is_within_rounding(step, with_definitions(view.model, sides)):
        return "equal up to the rounding of its numbers"
    if alone and claim.chain.cue in CONSTRAINING:
        return SPECIAL
    if not claim.chain.display and alone and _restates(view):
        return REMARK
    if step.rhs_tree == Number("0") and isinstance(claim.members[0].tree, Derivative):
        return SET_TO_ZERO if SOLVING.search(view.page.text) else ""
    if claim.solves and alone and not _has_solution(view, step):
        return FROM_ZERO
    return ""


def _is_example(tree: Node) -> bool:
    """Whether a side is a plain number with decimals, or made of such: then the line is about one example."""
    return is_literal(tree) and any(isinstance(n, Number) and "." in n.text for n in walk(tree))


def _is_of_example(step: Step) -> bool:
    """Whether a number with decimals is the right side, or has led to the number that is."""
    left, right = step.lhs_tree, step.rhs_tree
    if right is None or _is_example(right):
        return right is not None
    return left is not None and is_literal(right) and is_literal(left) and any(map(_is_example, walk(left)))


def _restates(view: View) -> bool:
    """Whether a formula in the running text only says what something is there: a defined symbol anew, or a number."""
    left, right = view.claim.members[0].tree, view.claim.members[1].tree
    if left is None or right is None or is_literal(right):
        return left is None or right is None or not is_literal(left)
    return defined_by(left, right, view.model.families) is not None


def _has_solution(view: View, step: Step) -> bool:
    r"""Whether the page defines an estimate such as `\hat{p}` that stands in a step, so that it holds or not."""
    defined = view.model.definitions
    symbols = [
        n for side in (step.lhs_tree, step.rhs_tree) if side for n in walk(side) if isinstance(n, Symbol)
    ]
    return any(s.name.startswith(r"\hat{") and view.model.families.resolve(s)[0] in defined for s in symbols)
