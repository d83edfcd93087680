"""Kronecker's delta: contracted, evaluated, and written by cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.checking.compare import conjuncts
from pminusy.proofread.rules.build import ONE, ZERO, add, div, factors_of, mul, neg, split_fraction
from pminusy.proofread.rules.letters import left_out, mentions, put_in
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Branch,
    Cases,
    Delta,
    Divide,
    Fold,
    Indicator,
    Multiply,
    Negative,
    Node,
    Number,
    Relation,
    Symbol,
)


def _contract(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Fold) or node.kind != "sum":
        return
    factors, below = split_fraction(node.body)
    for n, factor in enumerate(factors):
        if not isinstance(factor, Delta):
            continue
        for binding in node.bindings:
            name = binding.index.name
            other = (
                factor.right
                if factor.left == Symbol(name)
                else factor.left
                if factor.right == Symbol(name)
                else None
            )
            if other is None or mentions(other, {name}):
                continue
            rest = div(mul([*factors[:n], *factors[n + 1 :]]), mul(below))
            bindings = tuple(b for b in node.bindings if b is not binding)
            body = put_in(rest, {name: other}, setting)
            condition = None if node.condition is None else put_in(node.condition, {name: other}, setting)
            new = replace(node, bindings=bindings, body=body, condition=condition) if bindings else body
            if not bindings and condition is not None:
                continue
            yield Move(new, f"{tex(factor)} leaves only the term with ${name} = {to_latex(other)}$")


def _delta_value(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Delta):
        return
    if node.left == node.right:
        yield Move(ONE, "The indices are equal, so the delta is one")
    for part in conjuncts(setting.condition):
        about = isinstance(part, Relation) and {part.left, part.right} == {node.left, node.right}
        if about and isinstance(part, Relation) and part.operator in ("=", r"\ne"):
            yield Move(ONE if part.operator == "=" else ZERO, f"Here {tex(part)}")
    if isinstance(node.left, Number) and isinstance(node.right, Number) and node.left != node.right:
        yield Move(ZERO, "The indices differ, so the delta is zero")


def _delta_in_sum(node: Node, setting: Setting) -> Iterator[Move]:
    """δ_{ki} in Σ_{k ≠ i} is zero."""
    if not isinstance(node, Fold) or (excluded := left_out(node)) is None:
        return
    pair = {Symbol(excluded[0]), excluded[1]}
    for inner, _ in places(node.body):
        if isinstance(inner, Delta) and {inner.left, inner.right} == pair:
            body = _zeroed(node.body, pair)
            yield Move(
                replace(node, body=body) if body != ZERO else ZERO,
                f"In this sum ${excluded[0]} \\ne {to_latex(excluded[1])}$, so {tex(inner)} is zero",
            )
            return


def _zeroed(node: Node, pair: set[Node]) -> Node:
    if isinstance(node, Delta) and {node.left, node.right} == pair:
        return ZERO
    match node:
        case Add():
            return add(_zeroed(t, pair) for t in node.terms)
        case Multiply():
            return mul(_zeroed(f, pair) for f in node.factors)
        case Negative():
            return neg(_zeroed(node.body, pair))
        case Divide():
            return div(_zeroed(node.numerator, pair), _zeroed(node.denominator, pair))
        case _:
            return node


def _delta_product(node: Node, setting: Setting) -> Iterator[Move]:
    """δ_{ij} x_j = δ_{ij} x_i."""
    if not isinstance(node, Multiply):
        return
    factors = factors_of(node)
    for n, factor in enumerate(factors):
        if isinstance(factor, Delta) and isinstance(factor.left, Symbol) and isinstance(factor.right, Symbol):
            for old, new in ((factor.left, factor.right), (factor.right, factor.left)):
                rest = [put_in(f, {old.name: new}, setting) for f in factors[:n] + factors[n + 1 :]]
                if rest != factors[:n] + factors[n + 1 :]:
                    yield Move(
                        mul([*rest, factor]),
                        f"Where {tex(factor)} is not zero, ${old.name}$ and ${new.name}$ are the same",
                    )


def _indicator(node: Node, setting: Setting) -> Iterator[Move]:
    if (
        isinstance(node, Indicator)
        and isinstance(node.condition, Relation)
        and node.condition.operator == "="
    ):
        yield Move(
            Delta(node.condition.left, node.condition.right),
            "The indicator of equal indices is Kronecker's delta",
        )


def _cases(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Delta):
        equal = Relation("=", node.left, node.right)
        yield Move(
            Cases((Branch(ONE, equal), Branch(ZERO, None))),
            "Kronecker's delta is one where its indices agree, else zero",
        )
    if isinstance(node, Cases):
        for part in conjuncts(setting.condition):
            for n, branch in enumerate(node.branches):
                if branch.condition == part and n == 0:
                    yield Move(branch.value, f"Here {tex(part)}")


_S = r"q = \sum_k z_k + \sum_i z_i"

CONTRACT = Rule("contract a delta", "insert a delta", _contract, Example(r"\sum_k z_k \delta_{ki}", "z_i"))

VALUE = Rule(
    "value of a delta",
    "number as a delta",
    _delta_value,
    Example(r"z_i \delta_{ij}", "0", text=r"For $i \ne j$:"),
)

LEFT_OUT = Rule(
    "delta in a sum without its index",
    "delta put into a sum",
    _delta_in_sum,
    Example(r"\sum_{k \ne i} z_k (\delta_{ki} - y_k)", r"\sum_{k \ne i} z_k (-y_k)"),
)

RULES = (
    CONTRACT,
    VALUE,
    LEFT_OUT,
    Rule(
        "rename by a delta",
        "rename by a delta",
        _delta_product,
        Example(r"z_j \delta_{ij}", r"z_i \delta_{ij}"),
    ),
    Rule(
        "indicator as a delta",
        "delta as an indicator",
        _indicator,
        Example(r"\mathbb{1}\{i = j\}", r"\delta_{ij}"),
    ),
    Rule(
        "delta by cases",
        "cases as a delta",
        _cases,
        Example(r"\delta_{ij}", r"\begin{cases} 1 & \text{if } i = j \\ 0 & \text{otherwise} \end{cases}"),
    ),
)
