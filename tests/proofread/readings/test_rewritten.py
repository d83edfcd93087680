"""Formulas written out as a reader understands them."""

from tests.proofread.reading import page, verdicts

from pminusy.proofread import proofread
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.proof import StepVerdict
from pminusy.proofread.readings.contexts import by_itself
from pminusy.proofread.readings.rewritten import (
    with_running_sums,
    with_squared_lengths,
    with_understood_indices,
    with_whole_ranges,
)
from pminusy.proofread.syntax.latex import to_latex


def test_the_square_of_a_vector_may_be_its_squared_length() -> None:
    left = r"(\mathbf y - X \mathbf w)^2"
    right = r"\mathbf y^2 - 2 \mathbf w^T X^T \mathbf y + \mathbf w^T X^T X \mathbf w"
    assert verdicts(f"{left} = {right}") == ["holds"]
    assert verdicts(f"{left} = {right.replace('2 ', '')}") != ["holds"]


def test_squares_of_matrices_stay_products() -> None:
    part = by_itself(read := page("(A + B)^2 = A^2 + A B + B A + B^2"), read.chains[0])
    squared = with_squared_lengths(part)
    assert squared is not None
    assert squared[1].members[1].tree == read.chains[0].members[1].tree


def test_an_index_that_is_left_out_is_understood() -> None:
    loss = r"L = \sum_i y_i \log \sigma(w x_i) + (1 - y_i) \log (1 - \sigma(w x_i))"
    left = r"\sum_i y_i (1 - \sigma(w x_i)) x_i - (1 - y) \sigma(w x_i) x_i"
    assert verdicts(loss, rf"{left} = \sum_i (y_i - \sigma(w x_i)) x_i") == ["holds"]
    assert verdicts(loss, rf"{left} = \sum_i (y_i + \sigma(w x_i)) x_i") != ["holds"]


def test_nothing_is_understood_where_no_name_lacks_an_index() -> None:
    part = by_itself(read := page(r"\sum_i x_i y_i = \sum_i y_i x_i"), read.chains[0])
    assert with_understood_indices(part) is None


def test_a_bare_sum_runs_over_what_stands_in_sums_only() -> None:
    part = by_itself(read := page(r"\sum (w x - y) x = w \sum x^2 - \sum x y"), read.chains[0])
    running = with_running_sums(part)
    assert running is not None
    names = {to_latex(s) for m in running[1].members if m.tree is not None for s in main_symbols(m.tree)}
    assert names == {"w", "x_{·i}", "y_{·i}"}


def test_a_bare_sum_is_checked() -> None:
    loss = r"L = \sum (w x + b - y)^2"
    assert verdicts(loss, r"\frac{\partial L}{\partial w} = 2 \sum x (w x + b - y)") == ["holds"]
    assert verdicts(loss, r"\frac{\partial L}{\partial w} = 2 \sum (w x + b - y)") != ["holds"]
    assert verdicts(r"\sum x (w x - y) = w \sum x^2 - \sum x y") == ["holds"]
    assert verdicts(r"\sum x (w x - y) = w \sum x^2 - \sum x \sum y") != ["holds"]


def test_a_sum_with_indices_stays_as_it_is() -> None:
    part = by_itself(read := page(r"\sum_i x_i y = y \sum x_i"), read.chains[0])
    assert with_running_sums(part) is None


def test_an_integral_without_limits_may_be_over_the_whole_line() -> None:
    density = r"p(x) = \frac{1}{\sqrt{2 \pi}} e^{-(x - m)^2 / 2}"
    assert verdicts(density, r"\int x p(x) dx = m") == ["holds"]
    assert verdicts(density, r"\int x p(x) dx = 2 m") != ["holds"]


def test_an_antiderivative_stays_one() -> None:
    part = by_itself(read := page(r"\int x e^x dx = x e^x - \int e^x dx"), read.chains[0])
    assert with_whole_ranges(part) is None


def test_a_gradient_without_a_variable_is_by_the_parameter_below_a_function():
    assert verdicts(r"\nabla \log q_\phi(z) = \frac{\nabla q_\phi(z)}{q_\phi(z)}") == ["holds"]
    assert verdicts(r"\nabla \log q_\phi(z) = 2 \frac{\nabla q_\phi(z)}{q_\phi(z)}") != ["holds"]


def test_the_gradient_of_a_probability_is_by_its_subscript() -> None:
    left = r"\sum_u R(u) \nabla p_\theta(u)"
    right = r"\sum_u R(u) p_\theta(u) \nabla \log p_\theta(u)"
    assert proofread(rf"$${left} = {right}$$").steps[-1].verdict is StepVerdict.HOLDS
    assert not proofread(rf"$${left} = \sum_u R(u) \nabla \log p_\theta(u)$$").steps[-1].holds
