"""Random vectors with a known mean and covariance."""

from __future__ import annotations

import numpy as np
import pytest

from pminusy.proofread import proofread
from pminusy.proofread.checking.vector_laws import values_of_vector
from pminusy.proofread.proof import StepVerdict

NOISE = r"Let $\mathbb{E}[u] = 0$ and $\mathrm{Var}(u) = v I$, and $t = W c + u$."
LINES = [
    (NOISE, r"\mathbb{E}[(W^T W)^{-1} W^T t]", "c", "2 c"),
    (NOISE, r"W^T \mathrm{Var}(t) W", "v W^T W", "v^2 W^T W"),
    (NOISE, r"\mathbb{E}[u u^T]", "v I", "v^2 I"),
    (NOISE, r"\mathrm{Var}((W^T W)^{-1} W^T t)", "v (W^T W)^{-1}", "v W^T W"),
    (
        r"Let $z \sim \mathcal{N}(0, I)$ and $t = m + B z$.",
        r"\mathbb{E}[(t - m)(t - m)^T]",
        r"B B^T",
        r"B^T B",
    ),
    (
        r"Let $T$ be a random vector with mean $m$ and covariance $S$, and $U = B T$.",
        r"\mathrm{Cov}(U)",
        "B S B^T",
        "B^T S B",
    ),
]


@pytest.mark.parametrize(("words", "left", "right", "_"), LINES)
def test_what_mean_and_covariance_say_holds(words: str, left: str, right: str, _: str) -> None:
    assert proofread(f"{words}\n\n$${left} = {right}$$").steps[-1].verdict is StepVerdict.HOLDS


@pytest.mark.parametrize(("words", "left", "_", "wrong"), LINES)
def test_other_lines_do_not(words: str, left: str, _: str, wrong: str) -> None:
    steps = proofread(f"{words}\n\n$${left} = {wrong}$$").steps
    assert not any(step.holds and wrong in step.rhs for step in steps)


def test_the_values_have_mean_0_and_the_identity_as_covariance() -> None:
    rows = 3
    signs = np.tile([1.0, -1.0], rows)
    values = np.repeat(np.eye(rows), 2, axis=0) * signs[:, np.newaxis] * np.sqrt(rows)
    assert len(values) == values_of_vector(rows)
    assert np.allclose(values.mean(0), 0)
    assert np.allclose(values.T @ values / len(values), np.eye(rows))


def test_residuals_have_as_many_degrees_of_freedom_as_rows_less_columns() -> None:
    page = r"""Let $u \sim \mathcal{N}(0, v I)$ and $t = W c + u$, and $H = W (W^T W)^{-1} W^T$.

$$\mathbb{E}[t^T (I - H) t] = v \, \mathrm{tr}(I - H) = v (n - p)$$"""
    assert [step.verdict for step in proofread(page).steps] == [StepVerdict.HOLDS] * 2
    assert not proofread(page.replace("(n - p)", "(n - 2 p)")).steps[-1].holds
