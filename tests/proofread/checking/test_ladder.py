from tests.proofread.reading import model, read, tree, verdicts

from pminusy.proofread import proofread
from pminusy.proofread.checking.ladder import hinges, ladder, reached_families, with_definitions
from pminusy.proofread.meaning.lines.assumptions import Assumption

SOFTMAX = (r"p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}", r"L = -\sum_j y_j \log p_j")


def rungs(left, right, *formulas, stated=(), text=""):
    of = read(*formulas, f"0 + {left} = {right}", text=text)
    found = ladder(of.model, of.tree(left), of.tree(right), stated)
    return [" and ".join(map(str, each)) for each in found]


def test_targets_sum_to_one_before_they_are_one_hot():
    found = rungs(r"\frac{\partial L}{\partial o_i}", "p_i - y_i", *SOFTMAX)
    assert found.index("sum(y)=1") < found.index("one-hot(y)")
    assert not any("o" in each.replace("one-hot", "") for each in found)


def test_what_the_text_states_comes_first_and_together_at_the_end():
    stated = (Assumption("sum", "y", (2.0,)), Assumption("nonnegative", "y"))
    found = rungs(r"\frac{\partial L}{\partial o_i}", "p_i - y_i", *SOFTMAX, stated=stated)
    assert found[0] == "sum(y)=2"
    assert found[-1] == "sum(y)=2 and y>=0"


def test_labels_of_both_signs_where_a_target_is_squared():
    assert "y^2=1" in rungs("a y_i^2", "a")


def test_a_square_matrix_may_be_symmetric():
    assert "symmetric(A)" in rungs("x^T A x", "x^T A^T x + 0")


def test_a_number_whose_square_has_a_root_may_be_positive():
    assert "s>=0" in rungs(r"\sqrt{s^2}", "s")


def test_nothing_is_assumed_of_what_the_sides_do_not_reach():
    assert rungs("a + b", "b + c", *SOFTMAX) == []


def test_families_are_reached_through_definitions():
    of = model(*SOFTMAX)
    assert {"L", "p", "y", "o"} <= reached_families(of, (tree("L"),))
    assert len(with_definitions(of, (tree("L"),))) == 3
    assert "L" not in reached_families(of, (tree("p_i"),))


def test_hinges_are_found_in_definitions():
    of = model(r"L = \max(0, 1 - t z)")
    assert list(hinges(of, (tree("L"),))) == [tree("1 - t z")]


def test_a_scale_inside_a_definition_may_be_positive() -> None:
    density = r"p(x) = \frac{1}{\sqrt{2 \pi} s} e^{-(x - m)^2 / (2 s^2)}"
    assert verdicts(density, r"\int_{-\infty}^\infty x p(x) dx = m") == ["holds_if"]
    assert verdicts(density, r"\int_{-\infty}^\infty x p(x) dx = 2 m") == ["fails"]


def test_labels_are_of_pages_that_speak_of_them():
    step = r"$$\sum_i t_i^2 x_i = \sum_i x_i$$"
    assert proofread("The labels are $t_i$. " + step).steps[0].holds
    assert not proofread(step).steps[0].holds


def test_what_a_factorial_is_taken_of_counts_and_is_no_probability():
    left = r"\sum_i (y_i \log a_i - \log y_i!)"
    assert not any("y" in rung for rung in rungs(left, r"\sum_i y_i \log a_i + \sum_i \log y_i!"))
    assert any("y" in rung for rung in rungs(r"\sum_i y_i \log a_i", r"\sum_i \log a_i"))
