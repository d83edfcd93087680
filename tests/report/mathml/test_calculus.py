from xml.etree import ElementTree

import pytest

from pminusy.report.mathml import latex_math


def root(latex):
    return ElementTree.fromstring(str(latex_math(latex)))


def text(element):
    return "".join(element.itertext()).replace("\u2062", "").replace("\u2061", "")


def test_a_sum_has_its_limits_and_an_index_that_its_condition_names_once():
    (both,) = root(r"\sum_{k=1}^K z_k").iter("munderover")
    assert [text(part) for part in both] == ["∑", "k=1", "K"]
    (below,) = root(r"\sum_{k \ne i} z_k").iter("munder")
    assert [text(part) for part in below] == ["∑", "k≠i"]


def test_sums_are_put_in_parentheses_within_a_sum():
    assert text(root(r"\sum_k (a_k + b_k)")) == "∑k(ak+bk)"


@pytest.mark.parametrize(
    ("latex", "above", "below"),
    [
        (r"\frac{\partial L}{\partial z_i}", "∂L", "∂zi"),
        (r"\frac{d^2 f}{d x^2}", "d2f", "dx2"),
        (r"\frac{\partial^2 L}{\partial x \partial y}", "∂2L", "∂x∂y"),
    ],
)
def test_derivatives_are_fractions(latex, above, below):
    (fraction,) = root(latex).iter("mfrac")
    assert [text(part) for part in fraction] == [above, below]


def test_the_gradient_sign_carries_its_variable():
    (below,) = root(r"\nabla_w L").iter("msub")
    assert [text(part) for part in below] == ["∇", "w"]


def test_an_integral_has_limits_and_ends_with_its_variable():
    shown = root(r"\int_0^1 x^2 \, dx")
    (limits,) = (each for each in shown.iter("msubsup"))
    assert [text(part) for part in limits] == ["∫", "0", "1"]
    assert text(shown).endswith("dx")


def test_evaluation_bars_have_their_places():
    assert text(root(r"\left[ x^2 \right]_0^1")) == "[x2]01"


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\frac{\partial f}{\partial x}(a, b)", "∂f∂x(a,b)"),
        (r"\nabla f(a, b)", "∇f(a,b)"),
        (r"\int x \, d(\sin x)", "∫xd(sinx)dxdx"),
        (r"\lim_{h \to 0} (a + h)", "limh→0(a+h)"),
        (r"\lim_{x \to 0^+} \log x", "limx→0+logx"),
    ],
)
def test_derivatives_at_arguments_integrals_over_expressions_and_limits(latex, shown):
    assert text(root(latex)) == shown
