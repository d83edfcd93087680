"""Pages as they come: where chains go on, what is a condition, which lines are definitions."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.source.displays import find_formulas
from pminusy.proofread.source.reader import read_page


def lengths(text: str) -> list[int]:
    return [len(chain.members) for chain in read_page(text).chains]


@pytest.mark.parametrize(
    "text",
    [
        "$$a = b$$ then $$= c$$",
        "$a = b$ $= c$",
        "$$a = b \\\\ = c$$",
        "$$a = b = \\\\ c$$",
        "\\begin{align} a &= b \\\\[2ex] &= c \\end{align}",
        "\\begin{eqnarray*} a &=& b \\\\ &=& c \\end{eqnarray*}",
        "\\[ \\begin{split} a =& b \\\\ =& c \\end{split} \\]",
        "$$a = b \\color{blue}{= c}$$",
        "a = b\n= c",
    ],
)
def test_a_chain_goes_on(text: str) -> None:
    assert lengths(text) == [3]


def test_several_in_one_display() -> None:
    assert lengths(r"$$a = b, \quad c = d \quad\text{and}\quad e = f.$$") == [2, 2, 2]


@pytest.mark.parametrize(
    "text",
    [r"$$a_{ij} = b, \quad i \ne j$$", r"If $i \neq j$, $$a_{ij} = b$$", r"$$a_{ij} = b \quad (i \not= j)$$"],
)
def test_conditions(text: str) -> None:
    (chain,) = read_page(text).chains
    assert len(chain.conditions) == 1


def test_a_range_is_no_condition() -> None:
    (chain,) = read_page(r"$$a_i = b, \quad i = 1, \dots, n$$").chains
    assert not chain.conditions


def test_code_is_no_maths() -> None:
    assert not find_formulas("`$x = 1$`\n```\n$$a = b$$\n```\n")


def test_definitions_are_told_from_claims() -> None:
    proof = proofread("$$f(x) = x^2$$\n$$f'(x) = 2x$$")
    assert [definition.line for definition in proof.definitions] == [1]
    assert [step.line for step in proof.steps] == [2]


def test_macros_keep_places() -> None:
    text = r"$\newcommand{\half}[1]{\frac{#1}{2}}$ $$\half{x} = y$$"
    (chain,) = read_page(text).chains
    assert text[chain.members[0].span.start : chain.members[0].span.end] == r"\half{x}"
