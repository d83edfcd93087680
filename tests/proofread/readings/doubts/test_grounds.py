from tests.proofread.reading import page

from pminusy.proofread import proofread
from pminusy.proofread.proof import Verdict
from pminusy.proofread.readings.check import check
from pminusy.proofread.readings.doubts.grounds import grounds_of
from pminusy.proofread.syntax.tree import Number, Symbol


def grounds(*formulas, equations=(), text=""):
    checked = check(page(*formulas, text=text))
    pairs = [(step, checked.views[step.chain]) for step in checked.steps]
    return grounds_of(checked.page, True, pairs, checked.views, equations, frozenset(), checked.asides)


def test_names_that_definitions_are_made_of():
    assert {"a", "x"} <= grounds("y = a x", "y = x a").names


def test_names_in_equations_are_tied_and_those_that_come_to_a_number_constrained():
    x, y = Symbol("x"), Symbol("y")
    assert grounds("a = b", "a = b", equations=[(x, Number("0"))]).tied == {"x"}
    assert grounds("a = b", "a = b", equations=[(y, Number("1"))]).constrained == {"y"}
    assert grounds("a = b", "a = b", equations=[(x, Number("0"))]).constrained == frozenset()


def test_integrals_without_limits_are_noted_with_their_constants():
    found = grounds(r"G = \int \cos x \, dx", r"G = \sin x + C")
    assert found.antiderivatives
    assert "C" in found.constants


def test_lines_whose_first_step_holds_are_proven():
    assert len(grounds("y = a x", "y = x a").proven) == 1
    assert grounds("y = a x", "y = x a + 1").proven == frozenset()


def test_a_step_with_a_derivative_by_a_vector_that_holds():
    assert grounds("L = x^T x", r"\nabla_x L = 2 x").vectors_hold
    assert not grounds("y = a x", "y = x a").vectors_hold


def test_what_is_integrated_over_is_no_constant_of_integration() -> None:
    text = r"$$\int \frac{\ln s}{s^2} \, ds = -\frac{\ln s}{s} + \int \frac{1}{s^2} \, ds$$ "
    assert (
        proofread(text + r"$$-\frac{\ln s}{s} - \frac1s = -\frac{\ln s + 1}{s}$$").verdict is Verdict.CORRECT
    )
    assert proofread(text + r"$$-\frac{\ln s}{s} - \frac1s = -\frac{\ln s - 1}{s}$$").verdict is Verdict.WRONG
    chained = text.replace("$$ ", "") + r" = -\frac{\ln s}{s} - \frac1s = -\frac{\ln s - 1}{s}$$"
    assert proofread(chained).first_wrong is not None
