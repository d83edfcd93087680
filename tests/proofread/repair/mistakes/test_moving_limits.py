"""Derivatives by what stands in the limits of an integral, told by what was lost."""

import pytest
from tests.proofread.repair.mistakes.replaying import told

from pminusy.proofread import proofread


@pytest.mark.parametrize(
    ("right", "slip", "words"),
    [
        (r"\sin(x^6) - \sin(x^4)", "missing inner derivative", "depends on $x$"),
        (r"3 x^2 \sin(x^6)", "missing term", "lower limit"),
        (r"3 x^2 \sin(x^6) + 2 x \sin(x^4)", "sign error", "subtracted"),
    ],
)
def test_what_was_lost_is_named(right, slip, words):
    name, sentence = told(rf"\frac{{d}}{{dx}} \int_{{x^2}}^{{x^3}} \sin(t^2) dt = {right}")
    assert name == slip
    assert words in sentence


def test_a_page_is_called_wrong_for_it():
    page = r"$$F(x) = \int_{x^2}^{x^3} \frac{t}{1 + t^4} dt$$ $$F'(x) = \frac{x^3}{1 + x^{12}} - \frac{x^2}{1 + x^8}$$"
    proof = proofread(page)
    assert proof.verdict == "wrong"
    assert proof.first_wrong.suggestions[0].slip == "missing inner derivative"
