"""Products of derivatives that the chain rule makes of one another: they may be of vectors in another order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import Derivative, Multiply, Node

QUESTION = "Are these derivatives of vectors or matrices, and in which order are they multiplied?"


def questions(left: Node, right: Node) -> Iterator[str]:
    r"""What to ask where both sides are the same by form, as `\frac{dL}{dw}` and `\frac{dL}{dy} \frac{dy}{dw}`."""
    if isinstance(bare(left), Multiply) or isinstance(bare(right), Multiply):
        ends = _ends(left)
        if ends is not None and ends == _ends(right):
            yield QUESTION


def _ends(side: Node) -> tuple[Counter[Node], Counter[Node]] | None:
    """What is differentiated and by what, without what cancels; None where a factor is something else."""
    whole = bare(side)
    above, below = Counter[Node](), Counter[Node]()
    for factor in map(bare, whole.factors if isinstance(whole, Multiply) else (whole,)):
        if not isinstance(factor, Derivative) or len(factor.variables) != 1:
            return None
        above[bare(factor.body)] += 1
        below[factor.variables[0]] += 1
    common = above & below
    return above - common, below - common
