"""Numbers of an example: which are rounded, and which are wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from pminusy.proofread.proof import Step
from pminusy.proofread.syntax.tree import Call, Node, Number, is_literal, walk

_UNAMBIGUOUS = frozenset(["sqrt", "ln", "exp", "!", "binom"])
_UNIT = re.compile(r"\s?(?:\\%|%|°|\^|\\,|\\text|\\mathrm|[A-Za-z])")
SAME_DIGITS = 0.02  # of decimal logarithms
MOST_ROUNDED = 0.01  # a relative difference beyond which rounding explains nothing
PLAINLY = 0.2  # a relative difference that no rounding explains where there was nothing to round


def is_miscalculated(step: Step, text: str) -> bool:
    """Whether a plain number is not what the numbers before it come to, however these and itself were rounded.

    A number with a unit behind it may have been converted, and one that differs by hundreds or thousands as well.
    """
    left, right, witness = step.lhs_tree, step.rhs_tree, step.witness
    if left is None or not isinstance(right, Number) or witness is None or not is_literal(left):
        return False
    if not all(map(_is_plain, (*walk(left), right))):
        return False
    value, stated = witness.left, float(right.text)
    if _UNIT.match(text[step.span.end : step.span.end + 8]) or _is_converted(value, stated):
        return False
    unit = 10.0 ** -_decimals(right)
    gap = abs(value - stated)
    if gap <= 0.51 * unit:
        return False
    rounds = abs(value / unit - round(value / unit)) > 1e-6
    uncertain = abs(value) * _relative_error(left) + unit / 2
    return gap > uncertain or (not rounds and gap > PLAINLY * max(abs(value), abs(stated)))


def is_within_rounding(step: Step, parts: Iterable[Node]) -> bool:
    """Whether both sides differ by no more than the numbers with decimals in the parts may have been rounded by."""
    witness = step.witness
    if witness is None:
        return False
    size = max(abs(witness.left), abs(witness.right))
    uncertain = min(MOST_ROUNDED, sum(map(_relative_error, parts)))
    return abs(witness.left - witness.right) <= size * uncertain


def _is_converted(value: float, stated: float) -> bool:
    """Whether two numbers differ by hundreds, thousands and so on, as a percentage and a share do."""
    if not value * stated > 0 or not math.isfinite(value):
        return False
    power = math.log10(value / stated)
    return abs(round(power)) > 1 and abs(power - round(power)) < SAME_DIGITS


def _is_plain(node: Node) -> bool:
    """Whether a part of an expression means one thing: a logarithm may have any base, an angle be in degrees.

    In `1.000`, the point may stand between thousands.
    """
    if isinstance(node, Call):
        return node.function.name in _UNAMBIGUOUS
    return not isinstance(node, Number) or not node.text.endswith(".000")


def _decimals(number: Number) -> int:
    return len(number.text.partition(".")[2])


def _relative_error(node: Node) -> float:
    """How far off the value of an expression may be, if each number with decimals in it was rounded."""
    numbers = [n for n in walk(node) if isinstance(n, Number) and "." in n.text and float(n.text)]
    return sum(0.5 * 10.0 ** -_decimals(n) / float(n.text) for n in numbers)
