"""Integrals evaluated wrongly."""

import pytest
from tests.proofread.repair.mistakes.replaying import told


@pytest.mark.parametrize(
    ("left", "right", "slip", "words"),
    [
        (r"\int_0^1 e^{3 x} \, dx", r"e^3 - 1", "wrong antiderivative", "missing"),
        (r"\int_0^1 e^{3 x} \, dx", r"3 e^3 - 3", "wrong antiderivative", "does not multiply"),
        (r"\int_0^2 x^3 \, dx", "16", "wrong antiderivative", "the new exponent $4$"),
        (r"\int_0^1 \sin x \, dx", r"\cos 1 - 1", "wrong antiderivative", "its sign was lost"),
        (r"\int_0^1 x e^x \, dx", r"e + \int_0^1 e^x \, dx", "sign error", "a minus before it"),
        (r"\int_0^1 x e^x \, dx", r"-\int_0^1 e^x \, dx", "boundary term missing", "is missing"),
        (r"\int_1^2 3 x^2 dx = \left[ x^3 \right]_1^2", "9", "sign error", "subtracted, not added"),
        (r"\int_1^2 3 x^2 dx = \left[ x^3 \right]_1^2", "8", "missing term", "$1^3$"),
        (r"\int_0^1 x e^x \, dx", r"\frac{e - 1}{2}", "wrong antiderivative", "product of two integrals"),
    ],
)
def test_what_was_done_is_named(left, right, slip, words):
    name, sentence = told(f"{left} = {right}")
    assert name == slip
    assert words in sentence
