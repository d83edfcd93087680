"""Products over an index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.rules.build import div, factors_of, mul, power
from pminusy.proofread.rules.letters import bound_by, mentions
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Divide,
    Fold,
    Multiply,
    Node,
    Power,
)


def _prod_linear(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Fold) and node.kind == "prod":
        body = node.body
        if isinstance(body, Multiply):
            yield Move(
                mul(replace(node, body=f) for f in factors_of(body)),
                "The product over several factors is the product over each",
            )
        elif isinstance(body, Divide):
            yield Move(
                div(replace(node, body=body.numerator), replace(node, body=body.denominator)),
                "The product of fractions is the fraction of the products",
            )
        elif isinstance(body, Power) and not mentions(body.exponent, bound_by(node)):
            yield Move(
                power(replace(node, body=body.base), body.exponent),
                "The product of powers is the power of the product",
            )
        elif isinstance(body, Power) and not mentions(body.base, bound_by(node)):
            yield Move(
                power(body.base, replace(node, kind="sum", body=body.exponent)),
                "Powers of one base are multiplied by adding their exponents",
            )


RULES = (
    Rule(
        "product over several factors",
        "products put together",
        _prod_linear,
        Example(r"\prod_k y_k z_k", r"\left( \prod_k y_k \right) \prod_k z_k"),
    ),
)
