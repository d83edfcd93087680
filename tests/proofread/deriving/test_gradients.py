import pytest

from pminusy.proofread import derive
from pminusy.proofread.proof import Verdict


@pytest.mark.parametrize(
    ("given", "by", "gradient"),
    [
        (r"L = \|A x - b\|^2", "x", r"2 A^T \left(A x - b\right)"),
        (r"L = \frac{1}{2 n} \|A x - b\|^2", "x", r"\frac{1}{n} A^T \left(A x - b\right)"),
        (r"f = x^T M x - c^T x", "x", r"\left(M + M^T\right) x - c"),
        (r"f = a^T X b", "X", "a b^T"),
        (r"f = \mathrm{tr}(A X B)", "X", "A^T B^T"),
        (r"f = \log \det X + \mathrm{tr}(X^{-1} S)", "X", None),
        (r"L = \|Y - U V^T\|_F^2", "V", r"-2 \left(Y - U V^T\right)^T U"),
    ],
)
def test_the_gradient_is_read_off_the_differential(given, by, gradient):
    derivation = derive([given], by)
    assert derivation.finished
    assert derivation.proof.verdict is Verdict.CORRECT
    if gradient is not None:
        assert derivation.result == gradient


def test_names_between_are_kept():
    derivation = derive([r"L = u^T u", "u = A x - b"], "x")
    assert derivation.result == "2 A^T u"
    assert derivation.parts[0].left == "dL"


def test_of_what_does_not_move_it_is_zero():
    assert derive([r"L = \|b\|^2", "u = A x - b"], "x").result == "0"


def test_where_no_rule_leads_on_it_says_at_what():
    derivation = derive([r"L = \mathrm{tr}(\exp(X))"], "X")
    assert not derivation.finished
    assert "exp" in derivation.stopped
