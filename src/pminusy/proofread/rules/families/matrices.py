"""Transposes, lengths, inner products and inverses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pminusy.proofread.rules.build import ONE, TWO, add, factors_of, mul, neg, power, terms_of
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Inner,
    Multiply,
    Negative,
    Node,
    Norm,
    Power,
    Symbol,
    Transpose,
)

IDENTITIES = ("I", r"\mathbf{I}", r"\mathbb{I}")

MINUS_ONE = neg(ONE)


def transposed(node: Node, mark: str = "T") -> Node:
    """The transpose, without two in a row."""
    if isinstance(node, Transpose):
        return node.body
    if isinstance(node, Negative):
        return neg(transposed(node.body, mark))
    return Transpose(node, mark)


def inner(u: Node, v: Node, mark: str = "T") -> Node:
    """u^T v."""
    return Multiply((transposed(u, mark), *factors_of(v)), ("",) * len(factors_of(v)))


def _transpose(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Transpose):
        return
    body, mark = node.body, node.mark
    if setting.is_scalar(body):
        yield Move(body, "A number is its own transpose")
    elif isinstance(body, Multiply):
        factors = [f if setting.is_scalar(f) else transposed(f, mark) for f in reversed(factors_of(body))]
        yield Move(
            mul(factors), "The transpose of a product is the product of the transposes in the opposite order"
        )
    elif isinstance(body, Add):
        yield Move(
            add(transposed(t, mark) for t in terms_of(body)),
            "The transpose of a sum is the sum of the transposes",
        )
    elif isinstance(body, Transpose):
        yield Move(body.body, "Transposing twice changes nothing")
    elif isinstance(body, Negative):
        yield Move(neg(transposed(body.body, mark)), "The transpose of a sum is the sum of the transposes")
    elif isinstance(body, Power) and body.exponent == MINUS_ONE:
        yield Move(
            Power(transposed(body.base, mark), MINUS_ONE),
            "The transpose of an inverse is the inverse of the transpose",
        )
    if isinstance(body, Symbol):
        symmetric = any(
            a.kind == "symmetric" and a.family == setting.family(body) for a in setting.assumptions
        )
        if symmetric:
            yield Move(body, f"{tex(body)} is symmetric")


def _scalar(node: Node, setting: Setting) -> Iterator[Move]:
    """u^T A v = v^T A^T u."""
    if isinstance(node, Multiply) and not any(setting.is_scalar(f) for f in factors_of(node)):
        factors = factors_of(node)
        if isinstance(factors[0], Transpose) and len(factors) >= 2:
            mark = factors[0].mark
            yield Move(mul(transposed(f, mark) for f in reversed(factors)), "A number is its own transpose")


def _norm(node: Node, setting: Setting) -> Iterator[Move]:
    if (
        isinstance(node, Power)
        and node.exponent == TWO
        and isinstance(node.base, Norm)
        and node.base.bar != "|"
    ):
        body = node.base.body
        if node.base.order == Symbol("F") or node.base.order is None:
            trace = Call(Symbol("tr"), (inner(body, body),))
            yield Move(trace, "The squared Frobenius norm is the trace of the matrix transposed times itself")
        if node.base.order in (None, TWO):
            yield Move(inner(body, body), r"The squared length of a vector is its product with itself")
    if (
        isinstance(node, Power)
        and node.exponent == TWO
        and isinstance(node.base, Norm)
        and setting.is_scalar(node.base.body)
    ):
        yield Move(power(node.base.body, TWO), "The square of a magnitude is the square")
    if isinstance(node, Inner):
        yield Move(inner(node.left, node.right), "The inner product, written as a product")
        yield Move(Inner(node.right, node.left), "The inner product is symmetric")
        for side, other, first in ((node.left, node.right, True), (node.right, node.left, False)):
            if isinstance(side, Add):
                terms = [Inner(t, other) if first else Inner(other, t) for t in terms_of(side)]
                yield Move(add(_signed(t) for t in terms), "The inner product is linear")


def _signed(node: Inner) -> Node:
    if isinstance(node.left, Negative):
        return neg(Inner(node.left.body, node.right))
    return neg(Inner(node.left, node.right.body)) if isinstance(node.right, Negative) else node


def _inverse(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Multiply):
        factors = factors_of(node)
        for n, (one, other) in enumerate(pairwise(factors)):
            if one == Power(other, MINUS_ONE) or other == Power(one, MINUS_ONE):
                rest = factors[:n] + factors[n + 2 :]
                if rest:
                    yield Move(mul(rest), "A matrix times its inverse is the identity")
            if (isinstance(one, Symbol) and one.name in IDENTITIES) or (
                isinstance(other, Symbol) and other.name in IDENTITIES
            ):
                kept = other if isinstance(one, Symbol) and one.name in IDENTITIES else one
                yield Move(
                    mul([*factors[:n], kept, *factors[n + 2 :]]), "The identity matrix changes nothing"
                )
    if (
        isinstance(node, Power)
        and node.exponent == MINUS_ONE
        and isinstance(node.base, Multiply)
        and not setting.is_scalar(node.base)
    ):
        factors = [Power(f, MINUS_ONE) for f in reversed(factors_of(node.base))]
        yield Move(
            mul(factors), "The inverse of a product is the product of the inverses in the opposite order"
        )


ON_MATRICES = (
    r"Let $A$ and $B$ be $n \times n$ matrices and $x, y$ vectors, "
    r"$q = x^T A y + x^T B y + \mathrm{tr}(A B)$."
)

RULES = (
    Rule(
        "transpose of a product",
        "transposes put together",
        _transpose,
        Example("(A B)^T", "B^T A^T", text=ON_MATRICES),
        rearranges=True,
    ),
    Rule(
        "a number is its transpose",
        "a number is its transpose",
        _scalar,
        Example("x^T A y", "y^T A^T x", text=ON_MATRICES),
    ),
    Rule(
        "squared length as a product",
        "product as a squared length",
        _norm,
        Example(r"\|x\|^2", "x^T x", text=ON_MATRICES),
    ),
    Rule("inverse", "inverse", _inverse, Example("A A^{-1} x", "x", text=ON_MATRICES)),
)
