"""Derivatives by what stands in the limits of an integral, taken wrongly."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.repair import slips
from pminusy.proofread.repair.mistakes.mistake import Make, Mistake, Write
from pminusy.proofread.rules.build import add, mul, neg
from pminusy.proofread.rules.families.operator import by, moves_with
from pminusy.proofread.rules.families.ranges import at_limit
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Derivative, Integral, Node


def limits(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """f(b) - f(a) for f(b) b' - f(a) a', only one of its terms, or with the other sign between them."""
    if not isinstance(node, Derivative) or not isinstance(node.body, Integral):
        return
    body, variable = node.body, node.variables[-1]
    if body.low is None or body.high is None or moves_with(body.body, node, setting):
        return
    moving = [limit for limit in (body.high, body.low) if moves_with(limit, node, setting)]
    if not moving:
        return
    plain = [at_limit(body, limit, setting) for limit in moving]
    whole = [
        term if limit == variable else mul([term, by(limit, node)])
        for term, limit in zip(plain, moving, strict=True)
    ]
    signs = [limit is body.low for limit in moving]
    inner = next((limit for limit in moving if limit != variable), None)
    if inner is not None:
        yield Mistake(
            _signed(plain, signs),
            slips.INNER_LOST,
            f"The limit {write(inner)} depends on {write(variable)}: its derivative is missing as a factor.",
        )
    if len(moving) == 2:
        yield Mistake(
            whole[0],
            slips.TERM_LOST,
            f"The lower limit {write(body.low)} depends on {write(variable)}, too: its term is missing.",
        )
        yield Mistake(add(whole), slips.SIGN, "The term of the lower limit is subtracted, not added.")


def _signed(terms: list[Node], negative: list[bool]) -> Node:
    return add(neg(term) if minus else term for term, minus in zip(terms, negative, strict=True))


KINDS: tuple[Make, ...] = (limits,)
