"""What became of each integral of a sum."""

import pytest
from tests.proofread.rules.settings import lines_between


def test_limits_that_are_put_in_at_once_are_shown_before():
    lines = lines_between(r"\int_0^2 x e^x dx", r"2 e^2 - \int_0^2 e^x dx")
    assert [rule for rule, _ in lines] == ["integration by parts", "put in the limits"]
    assert lines[0][1].startswith(r"\left[xe^x\right]_{0}^{2}")


@pytest.mark.parametrize(
    ("left", "right", "rules"),
    [
        (
            r"\int_0^1 \left( x + \frac{x}{x^2 + 3} \right) dx",
            r"\frac{1}{2} + \int_3^4 \frac{1}{2 u} du",
            {"linearity of the integral", "antiderivative", "substitution"},
        ),
        (
            r"\int_0^3 e^{x^3} dx + 1",
            r"1 + \int_0^2 e^{x^3} dx + \int_2^3 e^{t^3} dt",
            {"split the range"},
        ),
        (
            r"\int_0^1 \frac{1}{(x + 2) (x + 3)} dx",
            r"\int_0^1 \frac{1}{x + 2} dx - \int_0^1 \frac{1}{x + 3} dx",
            {"rearrange", "linearity of the integral"},
        ),
        (
            r"4 - \int_0^2 x e^x dx",
            r"4 - 2 e^2 + \int_0^2 e^x dx",
            {"integration by parts"},
        ),
        (
            r"\int_0^1 \tan x \cdot e^{x^2} dx + \int_1^2 3 x^2 dx",
            r"7 + \int_0^1 \frac{\sin x}{\cos x} e^{x^2} dx",
            {"trigonometric identity", "antiderivative"},
        ),
    ],
)  # fmt: skip
def test_each_integral_of_a_sum_is_followed(left, right, rules):
    assert rules <= {rule for rule, _ in lines_between(left, right)}
