"""Derivatives of products over an index, and of integrals whose limits move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.rules.build import ZERO, add, div, mul, neg
from pminusy.proofread.rules.families.operator import by, moves_with, wrapped
from pminusy.proofread.rules.letters import bound_by, mentions, put_in, rename_bound, spare
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Derivative, Fold, Integral, Node, Symbol, walk


def _product(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Derivative) or not isinstance(node.body, Fold) or node.body.kind != "prod":
        return
    body = node.body
    used = {s.name for part in (body, *node.variables) for s in walk(part) if isinstance(s, Symbol)}
    clash = [name for name in sorted(bound_by(body)) if any(mentions(v, {name}) for v in node.variables)]
    product = rename_bound(body, {name: spare(used) for name in clash[:1]}, setting) if clash else body
    shares = replace(product, kind="sum", body=div(by(product.body, node), product.body))
    about = (
        "Logarithmic derivative: a product changes by itself times the sum of its factors' relative changes"
    )
    yield Move(wrapped(mul([product, shares]), node), about)


def _limits(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Derivative) or not isinstance(node.body, Integral):
        return
    body = node.body
    if body.low is None or body.high is None or body.variable == node.variables[-1]:
        return
    ends = [
        sign(
            mul([at_limit(body, limit, setting), *([] if limit == node.variables[-1] else [by(limit, node)])])
        )
        for limit, sign in ((body.high, _same), (body.low, neg))
        if moves_with(limit, node, setting)
    ]
    if not ends:
        return
    inside = replace(body, body=by(body.body, node)) if moves_with(body.body, node, setting) else ZERO
    about = "Leibniz's rule: the integrand at a limit that moves, times how fast it moves"
    yield Move(wrapped(add([*ends, inside]), node), about)


def _same(node: Node) -> Node:
    return node


def at_limit(body: Integral, limit: Node, setting: Setting) -> Node:
    """The integrand with a limit for its variable."""
    return put_in(body.body, {body.variable.name: limit}, setting)


RULES = (
    Rule(
        "derivative of a product over an index",
        "derivative of a product recognised",
        _product,
        Example(
            r"\frac{\partial}{\partial z_i} \prod_k z_k",
            r"\left( \prod_k z_k \right) \sum_k \frac{\frac{\partial}{\partial z_i} z_k}{z_k}",
            (r"q = \sum_j z_j",),
        ),
    ),
    Rule(
        "derivative by a limit",
        "derivative by a limit recognised",
        _limits,
        Example(r"\frac{d}{dx} \int_0^x t^2 dt", "x^2"),
    ),
)
