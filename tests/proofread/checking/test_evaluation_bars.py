"""What stands between limits, and antiderivatives up to a constant."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import Verdict


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\int_0^a x \, dx = \left[ \frac{x^2}{2} \right]_0^a = \frac{a^2}{2}", Verdict.CORRECT),
        (r"\int_0^a x \, dx = \left. \frac{x^2}{2} \right|_{x=0}^{x=a} = \frac{a^2}{2}", Verdict.CORRECT),
        (r"\int_0^a x \, dx = \left[ \frac{x^2}{3} \right]_0^a", Verdict.WRONG),
        (r"\int x e^x \, dx = x e^x - e^x + C", Verdict.CORRECT),
        (r"\left. \frac{d}{dx} x^3 \right|_{x=2} = 12", Verdict.CORRECT),
        (r"\left. \frac{d}{dx} x^3 \right|_{x=2} = 6", Verdict.WRONG),
    ],
)
def test_limits(line: str, verdict: Verdict) -> None:
    assert proofread(f"$${line}$$").verdict is verdict


def test_an_antiderivative_that_is_none_does_not_pass() -> None:
    assert proofread(r"$$\int x e^x \, dx = x e^x + e^x + C$$").verdict is not Verdict.CORRECT
