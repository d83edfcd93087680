from dataclasses import replace

from tests.proofread.reading import page

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict
from pminusy.proofread.readings.as_numbers import counts_entries, depends_on_shapes, no_axes, with_units
from pminusy.proofread.readings.check import check

MISFITS = r"$$v^T u = u v^T + w$$ $$w + u v^T = u^T + v$$ "  # nobody can say what is a vector here


def steps(*formulas):
    checked = check(page(*formulas))
    return [(step, checked.views[step.chain]) for step in checked.steps]


def test_what_fails_for_numbers_is_wrong_whatever_is_a_vector():
    right = r"$$X^T X b + \lambda b = (X^T X + \lambda I) b$$"
    assert proofread(MISFITS + right).verdict is Verdict.UNDECIDED
    assert proofread(MISFITS + right.replace(r"+ \lambda I", r"- \lambda I")).verdict is Verdict.WRONG


def test_only_steps_that_shapes_leave_open_depend_on_them():
    (step, view), *_ = steps(r"(a + b)^2 = a^2 + b^2")
    assert not depends_on_shapes(step, view)
    for reason in ("3 × 1 on the left, 1 × 1 on the right", "a vector where a number is expected"):
        assert depends_on_shapes(replace(step, verdict=StepVerdict.UNDECIDED, reason=reason), view)


def test_a_page_of_numbers_has_no_sums_no_matrices_and_no_names_with_now_more_indices():
    assert no_axes(page("A x = A y + I_n")) == {"A": 0, "x": 0, "y": 0, "I_{n}": 0}
    assert no_axes(page(r"x^T y = \sum_i x_i y_i")) is None
    assert no_axes(page("x_1 = x")) is None
    assert no_axes(page(r"a = \max(x, y)")) is None
    assert no_axes(page(r"x = \begin{pmatrix} a \\ b \end{pmatrix}")) is None


def test_the_unit_matrix_is_the_number_one():
    (_, view), *_ = steps(r"A + \lambda I = \lambda I + A")
    assert "I" in with_units(view).model.definitions


def test_a_size_that_is_a_number_too_counts_entries():
    (step, _), *_ = steps(r"\mathrm{tr}(A + I_n) = \mathrm{tr}(A) + n")
    assert counts_entries(step)
    (step, _), *_ = steps(r"A + \lambda I_n = \lambda I_n + A")
    assert not counts_entries(step)
