r"""Divergences of normal distributions."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread

NUMBERS = (
    r"\log \frac{t}{s} + \frac{s^2 + (a - c)^2}{2 t^2} - \frac{1}{2}",
    r"\log \frac{s}{t} + \frac{s^2 + (a - c)^2}{2 t^2} - \frac{1}{2}",
)
VECTORS = (
    r"\frac{1}{2} \left(\mathrm{tr}(\mathbf{S}^{-1} \mathbf{R}) + (\mathbf{c} - \mathbf{a})^T \mathbf{S}^{-1}"
    r" (\mathbf{c} - \mathbf{a}) - d + \log \frac{|\mathbf{S}|}{|\mathbf{R}|}\right)",
    r"\frac{1}{2} \left(\mathrm{tr}(\mathbf{S}^{-1} \mathbf{R}) + (\mathbf{c} - \mathbf{a})^T \mathbf{S}^{-1}"
    r" (\mathbf{c} - \mathbf{a}) - d + \log \frac{|\mathbf{R}|}{|\mathbf{S}|}\right)",
)
LINES = [
    (r"D_{KL}(\mathcal{N}(a, s^2) \| \mathcal{N}(c, t^2))", *NUMBERS),
    (
        r"KL(\mathcal{N}(a, s^2) \| \mathcal{N}(0, 1))",
        r"\frac{1}{2} (a^2 + s^2 - \log s^2 - 1)",
        r"\frac{1}{2} (a^2 + s^2)",
    ),
    (r"KL(\mathcal{N}(\mathbf{a}, \mathbf{R}) \| \mathcal{N}(\mathbf{c}, \mathbf{S}))", *VECTORS),
]


@pytest.mark.parametrize(("left", "right", "wrong"), LINES)
def test_the_closed_form_holds_and_no_other(left: str, right: str, wrong: str) -> None:
    assert proofread(f"$${left} = {right}$$").steps[-1].holds
    assert not any(step.holds for step in proofread(f"$${left} = {wrong}$$").steps)


def test_names_of_laws_stand_for_them() -> None:
    page = r"Let $p = \mathcal{N}(a, s^2)$ and $q = \mathcal{N}(c, t^2)$." + "\n\n$$KL(p \\| q) = "
    assert proofread(f"{page}{NUMBERS[0]}$$").steps[-1].holds
    assert not any(step.holds for step in proofread(f"{page}{NUMBERS[1]}$$").steps)


def test_the_number_of_entries_has_a_name() -> None:
    left = r"\log \mathcal{N}(\mathbf{t} \mid \mathbf{a}, \mathbf{S}) + \frac{D}{2} \log(2 \pi)"
    away = r"(\mathbf{t} - \mathbf{a})"
    right = rf"-\frac{{1}}{{2}} \log |\mathbf{{S}}| - \frac{{1}}{{2}} {away}^T \mathbf{{S}}^{{-1}} {away}"
    (step,) = proofread(f"$${left} = {right}$$").steps
    assert step.holds
    assert step.rests_on == ("D read as the number of entries",)
    assert not proofread(f"$${left.replace('frac{D}{2}', 'frac{D}{4}')} = {right}$$").steps[-1].holds
