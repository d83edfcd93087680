"""Every step of docs/derivations/ has a reason, or is named here with the cause why none is found."""

from __future__ import annotations

import pytest
from tests.proofread.test_derivation_pages import EVERY_PAGE, DerivationPage

from pminusy.proofread import proofread

AT_ONCE = "a whole derivative in one step, with another quantity than its own put in at the end"
LAYER = "a gradient with respect to a matrix, through a product of matrices"
LARGEST = "the derivative of a maximum over several letters"

# By page: how the right side of the step begins, and the cause.
UNEXPLAINED: dict[str, dict[str, str]] = {
    "z_loss": {
        r"s (1 + 2 \lambda \cdot \mathrm{lse}) p_i (\delta_{ij} - p_j) + 2 \lambda s p_i p_j": AT_ONCE
    },
    "linear": {
        r"\sum_i X_{id} \mathrm{dZ}_{ik} + \lambda W_{dk}": AT_ONCE,
        r"\sum_i \mathrm{dZ}_{ik}": AT_ONCE,
        r"\langle Q u, v \rangle + \tau": "linearity of an inner product, and the other side of a symmetric matrix",
        r"\sigma_d \frac{\partial f}": "a chain rule from one set of parameters to another",
        r"\int_0^t h(r) dr": "the fundamental theorem, for a function that the page gives by its derivative",
    },
    "numerics": {r"2 \sum_{j=0}^{\infty}": "a power series"},
    "dense": {r"X^\top \mathrm{dZ}": LAYER, r"\mathrm{dZ} W^\top": LAYER},
    "convolution": {r"\sum_{i,u: si+u=p}": "a sum over all pairs of letters that satisfy an equation"},
    "pooling": {r"\mathrm{dY}_{ij} \mathbf{1}": LARGEST, r"\mathbf{1}[V_{ijuv}": LARGEST},
    "inference": {
        r"\sum_i s_i P_{ik} (\delta_{kl} - P_{il}) X_{id} X_{ie}": AT_ONCE,
        r"\sum_i X_{id} s_i \frac{\partial P_{ik}}": "a chain rule through one of several quantities",
    },
}


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: page.name)
def test_every_step_has_a_reason(page: DerivationPage) -> None:
    proof = proofread(page.text, define=page.define)
    missing = [" ".join(step.rhs.split()) for step in proof.steps if step.holds and not step.why()]
    known = UNEXPLAINED.get(page.name, {})
    assert [m for m in missing if not m.startswith(tuple(known))] == []
    assert [k for k in known if not any(m.startswith(k) for m in missing)] == []
