"""Vectors and matrices: transposes, inverses, traces, entries, and derivatives by whole vectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pminusy.proofread.rules.build import ONE, TWO, add, factors_of, mul, neg, power, terms_of, value_of
from pminusy.proofread.rules.families.derivatives import wrapped
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Derivative,
    Inner,
    Multiply,
    Negative,
    Node,
    Norm,
    Power,
    Symbol,
    Transpose,
    walk,
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


def _linear_map(body: Node, variable: Node, setting: Setting) -> Node | None:
    """The matrix M of M w, for what is affine in the vector w."""
    if body == variable:
        return Symbol("I")
    if isinstance(body, Negative):
        inside = _linear_map(body.body, variable, setting)
        return None if inside is None else neg(inside)
    if isinstance(body, Multiply):
        factors = factors_of(body)
        if factors[-1] == variable and not any(_is_in(variable, f) for f in factors[:-1]):
            return mul(factors[:-1])
    if isinstance(body, Add):
        moving = [t for t in terms_of(body) if _is_in(variable, t)]
        return _linear_map(moving[0], variable, setting) if len(moving) == 1 else None
    return None


def _is_in(variable: Node, node: Node) -> bool:
    return any(each == variable for each in walk(node))


def _by_vector(node: Node, setting: Setting) -> Iterator[Move]:
    """Gradients of products with a whole vector."""
    if not isinstance(node, Derivative) or not isinstance(node.variables[-1], Symbol):
        return
    w = node.variables[-1]
    if setting.is_scalar(w):
        return
    body = node.body
    for gradient, about in _gradients(body, w, setting):
        yield Move(wrapped(gradient, node), about)
        if isinstance(gradient, Node):
            yield Move(wrapped(transposed(gradient), node), about + ", written as a row")


def _gradients(body: Node, w: Symbol, setting: Setting) -> Iterator[tuple[Node, str]]:
    square = (
        body.base.body
        if isinstance(body, Power) and body.exponent == TWO and isinstance(body.base, Norm)
        else None
    )
    if isinstance(body, Multiply):
        factors = factors_of(body)
        if isinstance(factors[0], Transpose) and factors[1:] == factors_of(factors[0].body):
            square = factors[0].body
    if square is not None and (matrix := _linear_map(square, w, setting)) is not None:
        about = "The gradient of a squared length: twice the transposed matrix times the vector"
        yield mul([TWO, square] if matrix == Symbol("I") else [TWO, transposed(matrix), square]), about
    if isinstance(body, Multiply):
        factors = factors_of(body)
        first, last = factors[0], factors[-1]
        starts = isinstance(first, Transpose) and first.body == w
        inside = [f for f in factors if not setting.is_scalar(f)]
        if starts and last == w and len(factors) > 2:
            middle = mul(factors[1:-1])
            yield mul([add([middle, transposed(middle)]), w]), "The gradient of a quadratic form"
            yield mul([TWO, middle, w]), "The gradient of a quadratic form with a symmetric matrix"
        elif starts and not any(_is_in(w, f) for f in factors[1:]):
            yield mul(factors[1:]), "The gradient of a linear form is its vector"
        elif last == w and not any(_is_in(w, f) for f in factors[:-1]) and inside:
            yield transposed(mul(factors[:-1])), "The gradient of a linear form is its vector"
            yield mul(factors[:-1]), "The derivative of a matrix times the variable is the matrix"
    if isinstance(body, Call) and body.function.name == "tr":
        slope = _of_trace(factors_of(body.arguments[0]), w)
        if slope is not None:
            yield (
                slope,
                "Each factor of the trace that is the variable gives the transpose of the others, in cyclic order",
            )
    if isinstance(body, Call) and body.function.name in ("log", "ln"):
        determinant = body.arguments[0]
        of = (
            determinant.body
            if isinstance(determinant, Norm)
            else determinant.arguments[0]
            if isinstance(determinant, Call) and determinant.function.name == "det"
            else None
        )
        if of == w:
            yield Power(w, neg(ONE)), "The derivative of the logarithm of a determinant is the inverse"
            yield (
                transposed(Power(w, neg(ONE))),
                "The derivative of the logarithm of a determinant is the transposed inverse",
            )


def _of_trace(factors: list[Node], w: Symbol) -> Node | None:
    """The derivative of tr(… W … Wᵀ …) by W."""
    terms: list[Node] = []
    for n, factor in enumerate(factors):
        rest = mul([*factors[n + 1 :], *factors[:n]])
        if factor == w:
            terms.append(transposed(rest))
        elif isinstance(factor, Transpose) and factor.body == w:
            terms.append(rest)
        elif _is_in(w, factor):
            return None
    return add(terms) if terms else None


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


_A = r"Let $A$ and $B$ be $n \times n$ matrices and $x, y$ vectors, $q = x^T A y + x^T B y + \mathrm{tr}(A B)$."
RULES = (
    Rule(
        "transpose of a product",
        "transposes put together",
        _transpose,
        Example("(A B)^T", "B^T A^T", text=_A),
        rearranges=True,
    ),
    Rule(
        "a number is its transpose",
        "a number is its transpose",
        _scalar,
        Example("x^T A y", "y^T A^T x", text=_A),
    ),
    Rule(
        "squared length as a product",
        "product as a squared length",
        _norm,
        Example(r"\|x\|^2", "x^T x", text=_A),
    ),
    Rule("inverse", "inverse", _inverse, Example("A A^{-1} x", "x", text=_A)),
    Rule(
        "trace", "trace", _trace, Example(r"\mathrm{tr}(A + B)", r"\mathrm{tr}(A) + \mathrm{tr}(B)", text=_A)
    ),
    Rule(
        "gradient by a vector",
        "gradient recognised",
        _by_vector,
        Example(r"\nabla_x (x^T A y)", "A y", text=_A),
    ),
    Rule("determinant", "determinant", _determinant, Example(r"\det(A B)", r"\det(A) \det(B)", text=_A)),
)
