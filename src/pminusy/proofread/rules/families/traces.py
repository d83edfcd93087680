"""Traces and determinants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.rules.build import add, factors_of, mul, neg, power, terms_of, value_of
from pminusy.proofread.rules.families.matrices import ON_MATRICES, transposed
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Multiply,
    Negative,
    Node,
    Norm,
    Power,
    Transpose,
)


def _trace(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Call) or node.function.name != "tr":
        return
    body = node.arguments[0]
    if isinstance(body, Add):
        terms = [neg(_tr(t.body, node)) if isinstance(t, Negative) else _tr(t, node) for t in terms_of(body)]
        yield Move(add(terms), "The trace of a sum is the sum of the traces")
    elif isinstance(body, Multiply):
        fixed = [f for f in factors_of(body) if setting.is_scalar(f)]
        rest = [f for f in factors_of(body) if not setting.is_scalar(f)]
        if fixed and rest:
            yield Move(mul([*fixed, _tr(mul(rest), node)]), "A number comes out of the trace")
        elif len(rest) > 1:
            yield Move(
                _tr(mul([*rest[1:], rest[0]]), node),
                "The trace is cyclic: the first factor may go to the end",
            )
            yield Move(
                _tr(mul([rest[-1], *rest[:-1]]), node),
                "The trace is cyclic: the last factor may go to the front",
            )
            yield Move(mul(rest), "The trace of a number is the number")
            yield Move(
                _tr(mul(transposed(f) for f in reversed(rest)), node),
                "A matrix and its transpose have the same trace",
            )
    elif isinstance(body, Transpose):
        yield Move(_tr(body.body, node), "A matrix and its transpose have the same trace")


def _tr(body: Node, like: Call) -> Node:
    return Call(like.function, (body,), opening="(")


def _determinant(node: Node, setting: Setting) -> Iterator[Move]:
    inside: Node | None = None
    if isinstance(node, Call) and node.function.name == "det":
        inside = node.arguments[0]
    elif isinstance(node, Norm) and node.bar == "|" and not setting.is_scalar(node.body):
        inside = node.body
    if inside is None:
        return

    def of(body: Node) -> Node:
        return replace(node, arguments=(body,)) if isinstance(node, Call) else Norm(body, None, "|")

    if isinstance(inside, Multiply) and not any(setting.is_scalar(f) for f in factors_of(inside)):
        yield Move(
            mul(of(f) for f in factors_of(inside)),
            "The determinant of a product is the product of the determinants",
        )
    elif isinstance(inside, Power) and value_of(inside.exponent) is not None:
        yield Move(
            power(of(inside.base), inside.exponent),
            "The determinant of a power is the power of the determinant",
        )
    elif isinstance(inside, Transpose):
        yield Move(of(inside.body), "A matrix and its transpose have the same determinant")


RULES = (
    Rule(
        "trace",
        "trace",
        _trace,
        Example(r"\mathrm{tr}(A + B)", r"\mathrm{tr}(A) + \mathrm{tr}(B)", text=ON_MATRICES),
    ),
    Rule(
        "determinant",
        "determinant",
        _determinant,
        Example(r"\det(A B)", r"\det(A) \det(B)", text=ON_MATRICES),
    ),
)
