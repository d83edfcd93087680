import pytest
from tests.proofread.reading import page

from pminusy.proofread.readings.unnamed_arguments import with_arguments
from pminusy.proofread.syntax.latex import to_latex


def sides(formula):
    own = page(formula)
    part = with_arguments((own, own.chains[0]))
    return None if part is None else [to_latex(member.tree) for member in part[1].members]


def test_names_with_primes_or_derivatives_become_functions_of_the_variable_at_hand():
    left, right = sides(r"\frac{d}{dt}(uv) = u' v + u v'")
    assert "u(t)" in left.replace(r"\left", "").replace(r"\right", "")
    assert "u'(t)" in right.replace(r"\left", "").replace(r"\right", "")


def test_an_integral_over_a_name_is_one_over_its_argument():
    left, _ = sides(r"\int u \, dv = uv - \int v \, du")
    assert left.endswith("dx")
    assert "v'" in left


@pytest.mark.parametrize(
    "formula", [r"a + b = b + a", r"\int f \, dx = \int f \, dt + u'", r"\frac{d}{dx} x^2 = 2x"]
)
def test_other_formulas_stay_as_they_are(formula):
    assert sides(formula) is None
