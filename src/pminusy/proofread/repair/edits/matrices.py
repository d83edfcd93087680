"""Edits of products of matrices: a transpose more or less, another order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from pminusy.proofread.repair.places import Edit, Place
from pminusy.proofread.repair.scope import Scope
from pminusy.proofread.repair.slips import COMMUTED, TRANSPOSE_ADDED, TRANSPOSE_LOST, TRANSPOSED_PRODUCT
from pminusy.proofread.syntax.parentheses import bare, grouped
from pminusy.proofread.syntax.tree import (
    Add,
    Divide,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    Transpose,
)

MOST_FACTORS = 5


def change_transpose(place: Place, scope: Scope) -> Iterator[Edit]:
    """A factor transposed."""
    node = place.node
    if isinstance(node, Transpose):
        yield Edit(node, node.body, TRANSPOSE_ADDED)
    elif (
        not isinstance(place.parent, Transpose)
        and not isinstance(bare(node), Multiply)
        and _is_matrix(node, scope)
    ):
        yield Edit(
            node, Transpose(node, scope.transpose), TRANSPOSE_LOST, 0.0 if isinstance(node, Symbol) else 0.2
        )


def reorder(place: Place, scope: Scope) -> Iterator[Edit]:
    """The factors of a product in another order, some of them transposed."""
    node = place.node
    if not isinstance(node, Multiply) or not scope.has_vectors:
        return
    scalars = tuple(f for f in node.factors if not _is_matrix(f, scope))
    matrices = tuple(f for f in node.factors if _is_matrix(f, scope))
    if not 2 <= len(matrices) <= MOST_FACTORS:
        return
    sign = next((s for s in node.signs if s in (r"\odot", r"\circ")), "")
    turned = tuple(_transposed(f, scope) for f in reversed(matrices))
    yield Edit(node, _joined(scalars, turned, ""), TRANSPOSED_PRODUCT)
    if sign:
        return
    for order in itertools.permutations(matrices):
        if order != matrices:
            yield Edit(node, _joined(scalars, order, ""), COMMUTED)
    if len(matrices) <= 3:
        for order in itertools.permutations(matrices):
            for flips in itertools.product((False, True), repeat=len(matrices)):
                mixed = tuple(
                    _transposed(f, scope) if flip else f for f, flip in zip(order, flips, strict=True)
                )
                yield Edit(node, _joined(scalars, mixed, ""), TRANSPOSED_PRODUCT, 0.2 + 0.1 * sum(flips))


def embrace(place: Place, scope: Scope) -> Iterator[Edit]:
    """`A B A` for `A² B`."""
    node = place.node
    if not isinstance(node, Multiply):
        return
    for n, factor in enumerate(node.factors):
        if not (isinstance(factor, Power) and _is_matrix(factor, scope)):
            continue
        half = _half(factor)
        rest = node.factors[n + 1 :]
        if half is not None and rest:
            new = (*node.factors[:n], half, *(grouped(f) for f in rest), half)
            yield Edit(node, Multiply(new, ("",) * (len(new) - 1)), COMMUTED, 0.2)


def _half(power: Power) -> Node | None:
    exponent = power.exponent
    if exponent == Number("2"):
        return power.base
    if exponent in (Negative(Number("2")), Number("-2")):
        return Power(power.base, Negative(Number("1")))
    return None


def _joined(scalars: tuple[Node, ...], matrices: tuple[Node, ...], sign: str) -> Node:
    factors = (*scalars, *matrices)
    return Multiply(factors, ("",) * len(scalars) + (sign,) * (len(matrices) - 1))


def _transposed(node: Node, scope: Scope) -> Node:
    return node.body if isinstance(node, Transpose) else Transpose(grouped(node), scope.transpose)


def _is_matrix(node: Node, scope: Scope) -> bool:
    inner = bare(node)
    if isinstance(inner, Symbol | Transpose | Power | Multiply | Add | Negative | Divide) or hasattr(
        inner, "body"
    ):
        return scope.has_vectors and not scope.is_scalar(inner)
    return False
