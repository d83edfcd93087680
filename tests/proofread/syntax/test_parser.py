"""Notation as people write it, by the tree it becomes and the places its nodes know."""

from __future__ import annotations

import pytest
from tests.proofread.reading import verdicts

from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.parser import parse
from pminusy.proofread.syntax.rewrites import with_fractions
from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import (
    Call,
    Delta,
    Derivative,
    Divide,
    Fold,
    Group,
    Indicator,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    Transpose,
    transform,
    walk,
)
from pminusy.proofread.syntax.vocabulary import Reading, Vocabulary, read_vocabulary


def read(text: str, vocabulary: Vocabulary | None = None) -> Node:
    tokens = tokenize(text)
    return parse(tokens, vocabulary or read_vocabulary([tokens]), len(text))


def ungrouped(node: Node) -> Node:
    return transform(node, lambda each: each.body if isinstance(each, Group) else each)


i, j, k, x, y, z = (Symbol(name) for name in "ijkxyz")


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (r"\frac12 x", r"\frac{1}{2} x"),
        (r"\sqrt\frac{2}{\pi}", r"\sqrt{\frac{2}{\pi}}"),
        (r"\tanh^2 u", r"(\tanh u)^2"),
        (r"a – b − c", "a - b - c"),
        (r"\mathbf{x}^\top \boldsymbol{y}", r"x^{\top} y"),
        (r"\left[\sum_j \exp(x_j)\right]^2", r"(\sum_{j} \exp(x_j))^2"),
        (r"{\rm erf}(x/\sqrt2)", r"\operatorname{erf}(x/\sqrt{2})"),
        (r"{1 \over 2} x", r"\frac{1}{2} x"),
        (r"\color{red}{x} y", "x y"),
        (r"\underbrace{x}_{\text{name}} + 1", "x + 1"),
        ("x²", "x^2"),
        (r"e^{-x^2/2\sigma^2}", r"e^{-x^2/(2\sigma^2)}"),
        ("sum_k exp(z_k)", r"\sum_k \exp(z_k)"),
        (r"\sum\nolimits_{k} p_k", r"\sum_k p_k"),
    ],
)
def test_two_ways_to_write_one_thing(text: str, other: str) -> None:
    tree = parse(with_fractions(tokenize(text)), read_vocabulary([tokenize(text)]))
    assert to_latex(ungrouped(tree)) == to_latex(ungrouped(read(other)))


def test_sum_takes_the_product_behind_it() -> None:
    tree = read(r"\sum_{k \neq i} -p_k y_k + z")
    assert isinstance(tree.terms[0], Fold)  # type: ignore[attr-defined]
    assert isinstance(tree.terms[0].body, Negative)  # type: ignore[attr-defined]
    assert tree.terms[1] == z  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (r"\frac{\partial L}{\partial o_i}", "fraction"),
        (r"\frac{\partial}{\partial o_i} L", "operator"),
        (r"\partial L / \partial o_i", "slash"),
        (r"\nabla_{o_i} L", "nabla"),
    ],
)
def test_derivatives(text: str, form: str) -> None:
    assert read(text) == Derivative(
        Symbol("L"), (Symbol("o", (i,)),), form, r"\nabla" if form == "nabla" else r"\partial"
    )


def test_second_derivative_with_one_sign_missing() -> None:
    tree = read(r"\frac{\partial^2}{\partial x_k x_j} L")
    assert isinstance(tree, Derivative)
    assert tree.variables == (Symbol("x", (k,)), Symbol("x", (j,)))


def test_a_fraction_of_d_is_not_always_a_derivative() -> None:
    assert isinstance(read(r"\frac{d_i}{d_j}"), Divide)
    assert isinstance(read(r"\frac{dy}{dx}"), Derivative)


def test_superscripts() -> None:
    assert read("x_k^{(i)}") == Symbol("x", (k,), (i,))
    assert read("x^T") == Transpose(x, "T")
    assert read("x^2") == Power(x, Number("2"))
    assert read("X^{-1}") == Power(Symbol("X"), Negative(Number("1")))
    layered = tokenize(r"z^l_j = \sum_k w^l_{jk} a^{l-1}_k")
    assert read("w^l_{jk}", read_vocabulary([layered])) == Symbol("w", (j, k), (Symbol("l"),))


def test_indicators_and_delta() -> None:
    assert read(r"\delta_{ij}") == Delta(i, j)
    for text in (r"1\{i = j\}", r"\mathbb{1}_{i=j}", "[i = j]"):
        assert isinstance(read(text), Indicator)


def test_function_or_product() -> None:
    page = tokenize(r"f(x) = x^2, \quad y(1-y)")
    vocabulary = read_vocabulary([page])
    assert isinstance(read("f(x + 1)", vocabulary), Call)
    assert isinstance(read("y(1 - y)", vocabulary), Multiply)


def test_every_node_knows_its_place() -> None:
    text = r"p_i (1 - p_i) + \sum_{k \ne i} y_k \log \hat y_k"
    for node in walk(read(text)):
        if isinstance(node, Symbol) and node.lower:
            written = text[node.span.start : node.span.end]
            assert written.replace(" ", "") == to_latex(node).replace("{y}", "y").replace(" ", "")


@pytest.mark.parametrize("text", [r"\frac{1}", "x +", r"\frac{}{x}", r"\begin{cases} x", "x^", "x_", ")"])
def test_what_cannot_be_read_says_where(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        read(text)
    assert 0 <= error.value.span.start <= len(text)


def test_an_argument_without_parentheses() -> None:
    assert ungrouped(read(r"\log 2\pi")) != ungrouped(read(r"(\log 2)\pi"))
    assert isinstance(read(r"\log p_k y_k"), Multiply)


def test_a_slash_may_divide_by_all_that_follows():
    wide = Vocabulary(reading=Reading(wide_slash=True))
    latex = r"y/\sqrt{2}\sigma"
    assert parse(tokenize(latex), wide, len(latex)) != parse(tokenize(latex), Vocabulary(), len(latex))
    left = r"\int_0^{u/\sqrt{2}s} e^{-t^2} dt"
    assert verdicts(left + r" = \int_0^u \frac{e^{-v^2/2s^2}}{\sqrt{2} s} dv") == ["holds"]
