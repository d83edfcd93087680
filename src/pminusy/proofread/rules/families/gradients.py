"""Derivatives by whole vectors and matrices."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.rules.build import ONE, TWO, add, factors_of, mul, neg, terms_of
from pminusy.proofread.rules.families.matrices import ON_MATRICES, transposed
from pminusy.proofread.rules.families.operator import wrapped
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Derivative,
    Multiply,
    Negative,
    Node,
    Norm,
    Power,
    Symbol,
    Transpose,
    walk,
)


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


RULES = (
    Rule(
        "gradient by a vector",
        "gradient recognised",
        _by_vector,
        Example(r"\nabla_x (x^T A y)", "A y", text=ON_MATRICES),
    ),
)
