import pytest

from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.report.mathml import prose
from pminusy.report.proof.assumptions import in_latex


@pytest.mark.parametrize(
    ("assumption", "sentence"),
    [
        (Assumption("sum", r"\hat{y}", (2.5,)), r"$\sum_k \hat{y}_k = 2.5$"),
        (Assumption("nonnegative", "x"), r"$x \ge 0$"),
        (Assumption("one-hot", "t"), "$t$ is one-hot"),
        (Assumption("values", "t", (0.0, 1.0)), r"$t \in \{0, 1\}$"),
        (Assumption("values", "t", (-1.0, 1.0)), r"$t \in \{-1, 1\}$"),
        (Assumption("values", "t", (1.0, 2.0, 4.0)), r"$t \in \{1, 2, 4\}$"),
        (Assumption("symmetric", "A"), "$A$ is symmetric"),
        (Assumption("orthogonal", "Q"), "$Q$ is orthogonal"),
        (Assumption("orthonormal", "Q"), "$Q^T Q = I$"),
        (Assumption("unit", "u"), r"$\|u\| = 1$"),
        (Assumption("equal", r"\tau", (3.0,)), r"$\tau = 3$"),
    ],
)
def test_every_kind_of_assumption_becomes_a_formula_or_a_phrase_that_is_typeset(assumption, sentence):
    assert in_latex(str(assumption)) == sentence
    typeset = str(prose(sentence))
    assert "<math>" in typeset
    assert "<code>" not in typeset


def test_joined_assumptions_are_written_one_by_one():
    assert in_latex("sum(w)=1 and symmetric(H)") == r"$\sum_k w_k = 1$ and $H$ is symmetric"


def test_what_is_no_assumption_stays_as_it_is():
    assert in_latex("the page says so and x>=0") == r"the page says so and $x \ge 0$"
