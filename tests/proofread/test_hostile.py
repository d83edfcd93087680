"""Input made to break the reader gets a verdict or an InputError: no other exception, and no endless work."""

import contextlib
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pminusy.errors import InputError
from pminusy.proofread import proofread
from pminusy.proofread.proof import Verdict

NAMES = [chr(97 + n) * 2 for n in range(13)]
DOUBLING = "".join(
    rf"\newcommand{{\{name}}}{{" + rf"\{after}" * 10 + "}" for name, after in itertools.pairwise(NAMES)
)
HOSTILE = {
    "braces": "$$" + "{" * 1_000_000 + "$$",
    "brackets": "$$x = " + "(" * 1_000_000 + "x" + ")" * 1_000_000 + "$$",
    "fractions": "$$x = " + r"\frac{1}{" * 5000 + "x" + "}" * 5000 + "$$",
    "a macro of itself": r"\newcommand{\a}{\a\a} $$x = \a$$",
    "two macros of each other": r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a} $$x = \a = \b$$",
    "doubling macros": DOUBLING + r"$$x = \aa$$",
    "an endless sum": r"$$\sum_{k=1}^{10^{12}} k = 3$$",
    "a tower of powers": r"$$9^{9^{9^{9^9}}} = 3$$",
    "a huge power": r"$$x = 2^{1000000000} = 3$$",
    "a huge number": "$$x = 1e999999 = 3.5.5.5$$",
    "a huge index": r"$$x_{99999999999999999999} = y_{-99999999} = 3$$",
    "a loss known by its slope alone": (
        r"$$\frac{\partial L}{\partial w_k} = -\frac{1}{m} \sum_{i=1}^{m} \left(\frac{y^{(i)}}{\hat y^{(i)}}\right)"
        r"\frac{\partial y^{(i)}}{\partial w_k}$$"
    ),
    "a huge factorial": "$$x = 1000000! = 3$$",
    "a long chain": "$$x" + "= x" * 3000 + "$$",
    "a long sum": "$$x = " + "+".join(["x"] * 5000) + "$$",
    "a tower of indices": "$$x" + "_x" * 5000 + "= 3$$",
    "minus signs": "$$x = " + "-" * 20000 + "x = 3$$",
    "equals signs": "=" * 100_000,
    "dollars": "$" * 100_001,
    "backslashes": "\\" * 100_000,
    "environments": r"\begin{align}" * 2000,
    "nested sums": "$$x = " + "".join(rf"\sum_{{{c}}}" for c in "abcdefghijklmn") + "y_a = 3$$",
    "half a fraction": r"$$\frac{\partial L}{\partial = \sum_{k = p_k}$$",
    "half a character": "$$x = \ud800 = 3$$",
    "a null character": "$$x\0 = 3 = 4$$",
    "definitions in a circle": "$$a = b$$ $$b = a$$ $$a = 3 = 4$$",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input(text):
    answered(text)


def answered(text: str) -> None:
    """A verdict, or an InputError."""
    with contextlib.suppress(InputError):
        assert proofread(text).verdict in Verdict


def test_a_long_page_is_checked_to_its_end():
    proof = proofread("$$f(x) = x^2$$ $$f'(x) = 2x = x + x$$\n" * 150)
    assert proof.verdict is Verdict.CORRECT
    assert len(proof.steps) >= 300


WORDS = r"""
x y p_k p_i y_k \sum_k \sum_{k\neq{i}} \frac{ } { ( ) \left( \right) = + - ^ _ ^2 _i \partial & \\ $$ $ , 1 2 0 | \|
\frac{\partial{L}}{\partial{x_i}} \log e^{x_i} \delta_{ik} \begin{cases} \end{cases} \begin{align} \end{align}
\top ^T W X \nabla_w \prod_j \mathbf{1} \sigma( f' ! / \cdot \odot L \, \quad \text{if} \neq < \in \infty
\max_j \sqrt [ ]
"""
PIECES = st.sampled_from(WORDS.split())


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=30).map(lambda pieces: "$$" + " ".join(pieces) + "$$"))
def test_formulas_of_random_pieces(text):
    answered(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_random_text(text):
    answered(text)


SOUND = (
    r"$$p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}, \quad L = -\sum_j y_j \log p_j$$ "
    r"$$\frac{\partial L}{\partial o_i} = -y_i(1-p_i) + \sum_{k\neq i} y_k p_i = p_i \sum_k y_k - y_i$$"
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(SOUND) - 1), st.integers(0, 4), st.text(r"{}\_^()=+-ki$&", max_size=3))
def test_a_derivation_with_characters_changed(at, removed, put):
    answered(SOUND[:at] + put + SOUND[at + removed :])
