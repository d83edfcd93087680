"""Proofs put together by hand: what the renderings are given, without the checking."""

from dataclasses import replace

import pytest

from pminusy.proofread.proof import (
    Definition,
    FinalAnswer,
    FirstWrong,
    Proof,
    Step,
    StepVerdict,
    Suggestion,
    Verdict,
    Witness,
)
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.parser import parse
from pminusy.proofread.syntax.tree import Span, substitute, walk

TEXT = r"""Softmax:
$$p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}$$
Loss $L = -\sum_j y_j \log p_j$, and its gradient
\begin{align}
\frac{\partial L}{\partial o_i} &= -\left(y_i (1 - p_i) +
  \sum_{k \neq i} -p_k y_k\right) \\
&= p_i y_i - y_i + \sum_{k \neq i} p_k y_k \\
&= \left(\sum_i p_i y_i\right) - y_i
\end{align}
"""

LEFT = r"\frac{\partial L}{\partial o_i}"
RIGHTS = (
    "-\\left(y_i (1 - p_i) +\n  \\sum_{k \\neq i} -p_k y_k\\right)",
    r"p_i y_i - y_i + \sum_{k \neq i} p_k y_k",
    r"\left(\sum_i p_i y_i\right) - y_i",
)


def tree(latex):
    return parse(tokenize(latex), end=len(latex))


def _span(latex):
    start = TEXT.index(latex)
    return Span(start, start + len(latex))


def _definition(line, left, right):
    return Definition(line, f"{left} = {right}", (tree(left), tree(right)))


def _step(number, verdict, **more):
    left, right = (LEFT, *RIGHTS)[number], RIGHTS[number]
    start = _span(right)
    line = TEXT.count("\n", 0, start.start) + 1
    return Step(line, left, right, tree(left), tree(right), verdict, span=start, **more)


def _repair(right, start):
    wrong = next(node for node in walk(right) if node == tree("p_k"))
    repaired = substitute(right, wrong, tree("p_i"))
    return Suggestion(
        start=start,
        end=start + 3,
        found="p_k",
        repair="p_i",
        repaired=r"-(y_i(1 - p_i) + \sum_{k \ne i}(-p_i y_k))",
        slip="wrong index",
        explanation="The cross term is $-p_i$: it keeps the index of the logit.",
        link="docs/derivations/cross_entropy.md",
        assumption=None,
        found_tree=wrong,
        repaired_tree=repaired,
    )


@pytest.fixture
def wrong() -> Proof:
    """A proof whose first step fails, with one repair and one other."""
    witness = Witness(0.25, -0.5, {"i": 2}, {"o": [0.5, -1.25], r"\hat{y}": [1.5, 2.0], "lse": 3.0})
    first = _step(0, StepVerdict.FAILS, residual=0.75, witness=witness)
    suggestion = _repair(first.rhs_tree, TEXT.splitlines()[5].index("p_k"))
    other = replace(suggestion, found="-p_k y_k", repair="-p_i y_k")
    return Proof(
        text=TEXT,
        verdict=Verdict.WRONG,
        assumptions=(),
        definitions=(
            _definition(2, "p_j", r"\frac{e^{o_j}}{\sum_k e^{o_k}}"),
            _definition(3, "L", r"-\sum_j y_j \log p_j"),
        ),
        steps=(
            first,
            _step(1, StepVerdict.HOLDS, inherited=True),
            _step(2, StepVerdict.HOLDS, inherited=True, warnings=("i is bound in the sum and free outside",)),
        ),
        first_wrong=FirstWrong(6, suggestion.start, suggestion.end, 0, (suggestion, other)),
        final_answer=FinalAnswer(RIGHTS[2], False, None, r"p_i \sum_k y_k - y_i", tree(RIGHTS[2])),
    )


@pytest.fixture
def right(wrong) -> Proof:
    """A proof that holds if the targets sum to one."""
    step = replace(wrong.steps[0], verdict=StepVerdict.HOLDS_IF, assumption="sum(y)=1", witness=None)
    return replace(
        wrong,
        verdict=Verdict.CORRECT_IF,
        assumptions=("sum(y)=1",),
        steps=(step, replace(wrong.steps[1], inherited=False)),
        first_wrong=None,
        final_answer=FinalAnswer(RIGHTS[1], True, "sum(y)=1", None, tree(RIGHTS[1])),
        notes=(r"\delta is Kronecker's",),
    )


@pytest.fixture
def undecided(wrong) -> Proof:
    """A proof with a side that cannot be read, and nothing wrong."""
    unread = replace(
        wrong.steps[0],
        rhs=r"\weird{<b>}",
        rhs_tree=None,
        verdict=StepVerdict.UNDECIDED,
        reason="\\weird is unknown",
    )
    return replace(
        wrong,
        verdict=Verdict.UNDECIDED,
        steps=(unread,),
        first_wrong=None,
        final_answer=FinalAnswer(r"\weird{<b>}", None),
    )
