import numpy as np
import pytest
from tests.proofread.reading import compared, condition, model, tree, verdicts

from pminusy.proofread.checking.compare import EQUAL, allowed, conjuncts, environment
from pminusy.proofread.checking.sampling import points
from pminusy.proofread.meaning.lines.assumptions import Assumption


def test_equal_sides_have_no_witness():
    found = compared("(a + b)^2", "a^2 + 2 a b + b^2")
    assert found
    assert found.residual <= EQUAL
    assert found.witness is None


def test_sides_that_differ_are_shown_at_a_point():
    found = compared("x_i + 1", "x_i + 2")
    assert found.equal is False
    assert found.witness.indices.keys() == {"i"}
    x = found.witness.values["x"][found.witness.indices["i"] - 1]
    assert found.witness.left == pytest.approx(x + 1, abs=1e-4)
    assert found.witness.right - found.witness.left == pytest.approx(1)


def test_a_condition_leaves_some_indices_out():
    assert compared(r"\delta_{ij}", "0", when=r"i \ne j")
    assert compared(r"\delta_{ij}", "1", when=r"i = j")
    assert compared(r"\delta_{ij}", "0").equal is False


def test_samples_that_a_condition_leaves_out_show_nothing():
    assert compared("a", r"\log(-1 - a^2)", when=r"a \ge 1").equal is None
    assert compared("2 a", "a + a", when=r"a \ge 1")


def test_an_assumption_is_built_into_the_points():
    assert compared(r"\sum_k y_k", "1").equal is False
    assert compared(r"\sum_k y_k", "1", assume=(Assumption("sum", "y", (1.0,)),))
    assert compared("3 a", "a + 4", assume=(Assumption("equal", "a", (2.0,)),))


def test_small_differences_are_decided_in_many_digits():
    assert compared(r"a + 10^{-7}", "a").equal is False
    assert compared(r"(1 + 10^{-8} a) - 1", r"10^{-8} a")


def test_roots_of_negative_numbers_are_tried_with_positive_ones():
    assert compared(r"\sqrt{a} \sqrt{a}", "a")
    assert compared(r"\log \log a", r"\log(\log a)")


def test_shapes_that_do_not_fit_are_no_comparison():
    found = compared("A x", "x^T A", text=r"$A \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$")
    assert found.equal is None
    assert found.reason


def test_what_cannot_be_evaluated_is_undecided_and_says_why():
    found = compared(r"\sum_{k=3}^{1} a_k", "0")
    assert found.equal is None
    assert "no index values" in found.reason or "without terms" in found.reason


def test_letters_take_all_their_values_and_conditions_are_taken_apart():
    of, node = model("a_{ij} = b_i c_j + 0"), tree("b_i c_j")
    env, letters = environment(of, (node,), next(points(of, "real", (), range(1), 1)), None)
    sizes = {name: values.size for name, values in letters.items()}
    assert sizes == {"i": letters["i"].size, "j": letters["j"].size}
    assert min(sizes.values()) > 1
    both = condition(r"i \ne j, i = 1")
    assert len(conjuncts(both)) == 2
    assert conjuncts(None) == ()
    mask = np.broadcast_to(allowed(env, both, letters), (sizes["j"], sizes["i"], 1, 1, 1))
    assert mask.sum() == sizes["j"] - 1


def test_many_digits_are_more_than_those_of_float64():
    """What is equal and loses most digits to cancellation is equal all the same."""
    large = "10^{9}"
    assert compared(
        rf"\sqrt{{{large} + x^2}} - \sqrt{{{large}}}",
        rf"\frac{{x^2}}{{\sqrt{{{large} + x^2}} + \sqrt{{{large}}}}}",
    )


LOSS = r"""$L = -\sum_c y_c \log p_c$ where $p_c = \frac{e^{z_c}}{\sum_k e^{z_k}}$. """
LABELLED = [
    "If $y$ is one-hot with $y_t = 1$ then",
    "If $y_t = 1$ and $y_k = 0$ otherwise, then",
    "$y$ is one-hot with $y_t = 1$ and $y_c = 0$ for $c \\ne t$, then",
]


@pytest.mark.parametrize("words", LABELLED)
def test_a_letter_that_only_the_conditions_have_takes_all_values(words: str) -> None:
    other = r"\frac{\partial L}{\partial z_j} = p_j \quad (j \ne t)"
    assert verdicts(other, text=LOSS + words)[-1] == "holds"
    assert verdicts(other.replace("= p_j", "= p_j - 1"), text=LOSS + words)[-1] == "fails"


@pytest.mark.parametrize("words", LABELLED)
def test_the_place_of_the_label(words: str) -> None:
    assert verdicts(r"\frac{\partial L}{\partial z_t} = p_t - 1", text=LOSS + words)[-1] == "holds"
    assert verdicts(r"\frac{\partial L}{\partial z_t} = p_t", text=LOSS + words)[-1] == "fails"
