"""A quantity beside a sample of it."""

from __future__ import annotations

from pminusy.proofread import proofread

SAMPLE = r"Let $Y_1, \dots, Y_m$ be independent draws of $Y$. "


def holds(text: str) -> bool:
    return all(step.holds for step in proofread(text).steps)


def test_it_is_any_one_of_its_sample() -> None:
    assert holds(SAMPLE + r"$$\frac{1}{m} \sum_{i=1}^m E[Y_i] = \frac{1}{m} m E[Y]$$")
    assert holds(SAMPLE + r"$$\mathrm{Var}\left(\sum_{i=1}^m Y_i\right) = m \mathrm{Var}(Y)$$")
    assert not holds(SAMPLE + r"$$\mathrm{Var}\left(\sum_{i=1}^m Y_i\right) = m^2 \mathrm{Var}(Y)$$")


def test_its_square_is_that_of_a_number() -> None:
    page = SAMPLE + r"$$E(Y^2) = \mathrm{Var}(Y) + E(Y)^2$$ $$E[Y_i] + 0 = E[Y_i]$$"
    assert holds(page)
    assert not holds(page.replace("+ E(Y)^2", "- E(Y)^2"))
