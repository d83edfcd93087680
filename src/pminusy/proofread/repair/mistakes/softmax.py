"""The derivative of a softmax taken wrongly."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.repair import slips
from pminusy.proofread.repair.mistakes.mistake import Make, Mistake, Write
from pminusy.proofread.rules.build import ONE, add, mul, neg
from pminusy.proofread.rules.chains import first_moves
from pminusy.proofread.rules.families import softmax
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Add, Call, Delta, Derivative, Multiply, Node, Symbol


def entry(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """p_k (1 - p_i), p_k p_i, -p_k p_i, p_k (δ - p_k), δ - p_i."""
    if not isinstance(node, Derivative) or len(node.variables) > 1:
        return
    found = next(first_moves((softmax.DERIVATIVE,), node, setting), None)
    if found is None:
        return
    right = found[1].new
    logarithm = isinstance(node.body, Call)
    own = node.body.arguments[0] if isinstance(node.body, Call) else node.body
    bracket = right if logarithm else right.factors[-1] if isinstance(right, Multiply) else None
    if not isinstance(bracket, Add) or not isinstance(own, Symbol):
        return
    delta, minus_other = bracket.terms
    other = neg(minus_other)
    before: list[Node] = [] if logarithm else [own]
    is_so = f"The derivative of {write(node.body)} by {write(node.variables[-1])} is {write(right)}"
    if isinstance(delta, Delta):
        yield Mistake(
            mul([*before, add([ONE, minus_other])]),
            slips.DELTA_LOST,
            f"{is_so}: the {write(delta)}, which is one only where the indices agree, was taken for one.",
        )
        yield Mistake(
            mul([*before, add([delta, neg(own)])]),
            slips.WRONG_INDEX,
            f"{is_so}: inside of the parentheses it is {write(other)}, the entry that you differentiate by.",
        )
        yield Mistake(
            mul([*before, minus_other]),
            slips.TERM_LOST,
            f"{is_so}: the part for equal indices, with {write(delta)}, is missing.",
        )
        yield Mistake(
            mul([*before, delta, add([ONE, neg(own)])]),
            slips.OFF_DIAGONAL,
            f"{is_so}: every entry depends on every logit, also where the indices differ.",
        )
    if not logarithm:
        yield Mistake(bracket, slips.FACTOR_LOST, f"{is_so}: the factor {write(own)} is missing.")
    yield Mistake(neg(right), slips.SIGN, f"{is_so}: the sign is turned.")
    yield Mistake(
        mul([*before, add([delta, other])]), slips.SIGN, f"{is_so}: the sign of {write(other)} was lost."
    )


KINDS: tuple[Make, ...] = (entry,)
