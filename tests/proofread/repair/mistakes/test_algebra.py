"""Algebra done wrongly, told by what was done."""

import pytest
from tests.proofread.repair.mistakes.replaying import told


@pytest.mark.parametrize(
    ("left", "right", "slip", "words"),
    [
        ("(a + 3 b)^2", "a^2 + 9 b^2", "middle term missing", "$6 a b$"),
        ("(a - b)^2", "a^2 + 2 a b + b^2", "sign error", "turned"),
        ("(a - b)^2", "a^2 - 2 a b - b^2", "sign error", "positive"),
        ("(5 a)^2", "5 a^2", "wrong exponent", "$5$ is squared"),
        (r"\log(a + b)", r"\log a + \log b", "applied term by term", r"\log(a + b)"),
        (r"\log \sum_k u_k", r"\sum_k \log u_k", "logarithm moved inside a sum", "sum of logarithms"),
        (r"\sqrt{a + b}", r"\sqrt{a} + \sqrt{b}", "applied term by term", r"\sqrt{a + b}"),
        (r"\frac{c}{a + b}", r"\frac{c}{a} + \frac{c}{b}", "applied term by term", r"\frac{c}{a + b}"),
        ("e^{a + b}", "e^a + e^b", "applied term by term", "e^{a + b}"),
        ("e^a e^b", "e^{a b}", "exponents combined wrongly", "added"),
        ("(e^a)^b", "e^{a + b}", "exponents combined wrongly", "multiplied"),
        ("e^{-a}", "-e^a", "exponents combined wrongly", "one over"),
        ("c - (a + b)", "c - a + b", "minus not distributed", "every term"),
        ("3 (a + b)", "3 a + b", "factor not distributed", "every term"),
        ("(a + b)^3", "a^3 + b^3", "applied term by term", "(a + b)^3"),
        ("|a + b|", "|a| + |b|", "applied term by term", "|a + b|"),
        (r"\log a + \log b", r"\log(a + b)", "put together wrongly", r"is not $\log"),
        (r"\log a \log b", r"\log(a b)", "put together wrongly", r"is not $\log"),
        (r"\sqrt{a} + \sqrt{b}", r"\sqrt{a + b}", "put together wrongly", r"\sqrt{a + b}"),
        (r"\frac{a}{b} + \frac{c}{d}", r"\frac{a + c}{b + d}", "put together wrongly", "common denominator"),
        (r"\frac{a + b}{a}", "b", "cancelled in one term only", "every term"),
        (r"\frac{a + b}{a}", "1 + b", "cancelled in one term only", "every term"),
    ],
)
def test_what_was_done_is_named(left, right, slip, words):
    name, sentence = told(f"{left} = {right}")
    assert name == slip
    assert words in sentence.replace(r"\left", "").replace(r"\right", "")


@pytest.mark.parametrize(
    ("right", "slip", "words"),
    [
        ("u^T u + v^T v", "middle term missing", "it is missing"),
        ("u^T u - u^T v + v^T v", "middle term missing", "its factor 2 is missing"),
        ("u^T u + 2 u^T v + v^T v", "sign error", "turned"),
        ("u^T u - 2 u^T v - v^T v", "sign error", "positive"),
    ],
)
@pytest.mark.parametrize("left", [r"\|u - v\|^2", "(u - v)^T (u - v)"])
def test_a_squared_length(left, right, slip, words):
    name, sentence = told(f"{left} = {right}", text=r"Let $u, v \in \mathbb{R}^n$.")
    assert name == slip
    assert words in sentence
