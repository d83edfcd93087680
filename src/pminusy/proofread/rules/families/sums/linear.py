"""Sums taken apart: terms, constant factors, a common denominator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.rules.build import ONE, add, div, factors_of, mul, neg, terms_of
from pminusy.proofread.rules.letters import bound_by, mentions
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import (
    Add,
    Divide,
    Fold,
    Multiply,
    Negative,
    Node,
)


def _linear(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Fold) or node.kind != "sum":
        return
    body = node.body
    if isinstance(body, Add):
        terms = [
            neg(replace(node, body=t.body)) if isinstance(t, Negative) else replace(node, body=t)
            for t in terms_of(body)
        ]
        yield Move(add(terms), "A sum over several terms is the sum over each")
    elif isinstance(body, Negative):
        yield Move(
            neg(replace(node, body=body.body)),
            "The minus sign is common to all terms and stands in front of the sum",
        )


def _constants(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Fold) or node.kind != "sum" or not node.bindings:
        return
    names = bound_by(node)
    body = node.body
    if isinstance(body, Divide) and not mentions(body.denominator, names):
        new = div(replace(node, body=body.numerator), body.denominator)
        yield Move(new, _same(body.denominator, node))
        body = body.numerator if isinstance(body.numerator, Multiply) else body
    factors = factors_of(body)
    fixed = [f for f in factors if not mentions(f, names)]
    rest = [f for f in factors if mentions(f, names)]
    if isinstance(body, Divide) and not fixed:
        above = factors_of(body.numerator)
        fixed = [f for f in above if not mentions(f, names) and f != ONE]
        rest = [div(mul([f for f in above if mentions(f, names)]), body.denominator)]
    if fixed and rest:
        new = mul([*fixed, replace(node, body=mul(rest))])
        if body is not node.body and isinstance(node.body, Divide):
            new = div(new, node.body.denominator)
        yield Move(new, _same(mul(fixed), node))


def _same(fixed: Node, node: Fold) -> str:
    letters = ", ".join(f"${name}$" for name in sorted(bound_by(node)))
    return f"{tex(fixed)} is the same for every {letters}, so it stands in front of the sum"


def _over_sum(node: Node, setting: Setting) -> Iterator[Move]:
    """A factor or a denominator taken into the sum."""
    if not isinstance(node, Divide) or not isinstance(node.numerator, Fold) or node.numerator.kind != "sum":
        return
    fold = node.numerator
    if not mentions(node.denominator, bound_by(fold)):
        yield Move(replace(fold, body=div(fold.body, node.denominator)), "Every term of the sum is divided")


LINEAR = Rule(
    "sum of a sum",
    "sums put together",
    _linear,
    Example(r"\sum_k (y_k + z_k)", r"\sum_k y_k + \sum_k z_k"),
)
CONSTANTS = Rule(
    "constant factor out of a sum",
    "factor into a sum",
    _constants,
    Example(r"\sum_k a z_k", r"a \sum_k z_k"),
)
RULES = (
    LINEAR,
    CONSTANTS,
    Rule(
        "division taken into a sum",
        "division out of a sum",
        _over_sum,
        Example(r"\frac{\sum_k z_k}{a}", r"\sum_k \frac{z_k}{a}"),
    ),
)
