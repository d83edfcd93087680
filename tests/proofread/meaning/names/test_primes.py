import pytest
from tests.proofread.reading import read

from pminusy.proofread import proofread
from pminusy.proofread.meaning.names.primes import as_derivative
from pminusy.proofread.proof import StepVerdict, Verdict
from pminusy.proofread.syntax.latex import to_latex

PAGE = read(r"u = a \sin(\omega t)", "y = x^2 e^x", "g(s) = c s^2", "q = a + b", r"\dot{g}(s) = 2 c s")
OF = PAGE.model
NAMES = [
    (r"\dot{u}", r"\frac{\partial u}{\partial t}"),
    ("y'", r"\frac{\partial y}{\partial x}"),
    (r"\dot{g}(s)", r"\frac{\partial g\left(s\right)}{\partial s}"),
]


@pytest.mark.parametrize(("written", "meant"), NAMES)
def test_a_primed_or_dotted_name_is_a_derivative(written: str, meant: str) -> None:
    found = as_derivative(PAGE.tree(written), OF.definitions, OF.families)
    assert found is not None
    assert to_latex(found) == meant


@pytest.mark.parametrize("written", [r"\dot{y}", "q'", r"\dot{g}(t)", "y", "v'"])
def test_no_derivative_where_the_variable_or_the_function_is_unknown(written: str) -> None:
    assert as_derivative(PAGE.tree(written), OF.definitions, OF.families) is None


def test_two_primes_or_dots_are_a_second_derivative() -> None:
    for written, name in ((r"\ddot{u}", "t"), ("y''", "x")):
        found = as_derivative(PAGE.tree(written), OF.definitions, OF.families)
        assert found is not None
        assert [to_latex(v) for v in found.variables] == [name, name]


RIGHT = [
    ("u = a \\sin(\\omega t)", "\\dot u = a \\omega \\cos(\\omega t)"),
    ("u = a \\sin(\\omega t)", "\\ddot u = -\\omega^2 u"),
    ("y = x^3", "y'' = 6 x"),
]


@pytest.mark.parametrize("formulas", RIGHT)
def test_such_a_line_is_checked(formulas: tuple[str, ...]) -> None:
    proof = proofread("We differentiate:" + "".join(f"\n\n$${each}$$" for each in formulas))
    assert [step.verdict for step in proof.steps] == [StepVerdict.HOLDS]


def test_a_wrong_one_is_found() -> None:
    assert proofread("$$u = a \\sin(\\omega t)$$\n$$\\dot u = a \\cos(\\omega t)$$").verdict is Verdict.WRONG
    text = "The derivative of $$y = x^2 e^x$$ is\n$$y' = 2 x e^x + x e^x$$"
    assert proofread(text).verdict is Verdict.WRONG


def test_a_prime_that_only_makes_another_name_is_left_alone() -> None:
    text = "$$J = (y - wx)^2$$\n$$J' = J + \\lambda w^2$$\n$$J' - J = \\lambda w^2$$"
    assert proofread(text).verdict is Verdict.CORRECT


def test_subscripts_that_are_arguments_are_partial_derivatives() -> None:
    right = "$$f(x, y) = x^2 y + e^{xy}$$\n$$f_x = 2 x y + y e^{xy}$$\n$$f_{xy} = 2 x + e^{xy} + x y e^{xy}$$"
    assert [step.verdict for step in proofread(right).steps] == [StepVerdict.HOLDS] * 2
    slip = "The partial derivatives of\n" + right.replace("= 2 x y", "= x y")
    assert proofread(slip).verdict is Verdict.WRONG
    unknown = "$$f(x, y) = x^2 y$$\n$$f_c = 3$$"
    assert proofread(unknown).steps == ()
