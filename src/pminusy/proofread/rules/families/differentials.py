r"""Differentials: how products, traces, norms, inverses and determinants of whole vectors and matrices move."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.rules.build import (
    ONE,
    TWO,
    ZERO,
    E,
    add,
    div,
    factors_of,
    mul,
    neg,
    number,
    power,
    terms_of,
    value_of,
)
from pminusy.proofread.rules.families.functions import slope_of
from pminusy.proofread.rules.families.matrices import MINUS_ONE, transposed
from pminusy.proofread.rules.rule import Apply, Example, Move, Rule
from pminusy.proofread.rules.setting import SCALAR_VALUED, Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Differential,
    Divide,
    Fold,
    Multiply,
    Negative,
    Node,
    Norm,
    Power,
    Symbol,
    Transpose,
)

LOGARITHMS = ("log", "ln")


def moves(node: Node, setting: Setting) -> bool:
    """Whether an expression moves with one of the quantities whose differential the page takes."""
    return any(setting.depends(node, family) for family in setting.model.moving)


def _constant(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Differential) and not moves(node.body, setting):
        yield Move(ZERO, f"{tex(node.body)} does not move")


def _sum(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Differential):
        return
    body = node.body
    if isinstance(body, Add):
        terms = [_signed(term) for term in terms_of(body) if moves(term, setting)]
        yield Move(add(terms), "The differential of a sum is the sum of the differentials")
    elif isinstance(body, Negative):
        yield Move(neg(Differential(body.body)), "The minus sign stands in front of the differential")
    elif isinstance(body, Fold) and body.kind == "sum":
        new = Fold("sum", body.bindings, Differential(body.body), body.condition)
        yield Move(new, "The differential of a sum is the sum of the differentials")


def _signed(term: Node) -> Node:
    return neg(Differential(term.body)) if isinstance(term, Negative) else Differential(term)


def _product(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Differential) or not isinstance(node.body, Multiply) or any(node.body.signs):
        return
    factors = factors_of(node.body)
    terms = [
        mul([*factors[:n], Differential(factor), *factors[n + 1 :]])
        for n, factor in enumerate(factors)
        if moves(factor, setting)
    ]
    about = "Each factor moves in turn while the others stay, in their order"
    yield Move(add(terms), about)


def _quotient(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Differential) or not isinstance(node.body, Divide):
        return
    u, v = node.body.numerator, node.body.denominator
    if not moves(v, setting):
        yield Move(div(Differential(u), v), f"{tex(v)} does not move")
    elif is_number(node.body, setting):
        above = add([mul([Differential(u), v]), neg(mul([Differential(v), u]))])
        yield Move(div(above, power(v, TWO)), "The quotient rule")


def _transpose(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Differential) and isinstance(node.body, Transpose):
        new = Transpose(Differential(node.body.body), node.body.mark)
        yield Move(new, "The differential of a transpose is the transpose of the differential")


def _trace(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Differential) and isinstance(node.body, Call) and node.body.function.name == "tr":
        new = Call(node.body.function, (Differential(node.body.arguments[0]),), opening="(")
        yield Move(new, "The trace is linear, so the differential goes inside")


def _norm(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Differential):
        return
    whole = node.body
    if isinstance(whole, Norm) and whole.order in (None, TWO) and is_column(whole.body, setting):
        above = mul([transposed(whole.body), Differential(whole.body)])
        yield Move(
            div(above, whole), "The length moves by the inner product of the direction with the change"
        )
    if not isinstance(whole, Power) or whole.exponent != TWO:
        return
    norm = whole.base
    if (
        not isinstance(norm, Norm)
        or norm.order not in (None, TWO, Symbol("F"))
        or setting.is_number(norm.body)
    ):
        return
    body = norm.body
    if is_column(body, setting):
        new = mul([TWO, transposed(body), Differential(body)])
        yield Move(new, "The squared length moves by twice the inner product with the change")
    else:
        inside = mul([transposed(body), Differential(body)])
        new = mul([TWO, Call(Symbol("tr"), (inside,), opening="(")])
        yield Move(new, "The squared norm moves by twice the inner product with the change, which is a trace")


def is_column(node: Node, setting: Setting) -> bool:
    """Whether an expression is a vector, as its last factor tells."""
    match node:
        case Symbol():
            return setting.model.axis_count(setting.family(node)) == len(setting.indices(node)) + 1
        case Negative() | Differential():
            return is_column(node.body, setting)
        case Add():
            return is_column(node.terms[0], setting)
        case Divide():
            return is_column(node.numerator, setting)
        case Multiply():
            return is_column([f for f in factors_of(node) if not setting.is_number(f)][-1], setting)
        case _:
            return False


def is_number(node: Node, setting: Setting) -> bool:
    """Whether an expression is a number, also as the product of a row and a column."""
    match node:
        case Negative():
            return is_number(node.body, setting)
        case Add():
            return all(is_number(term, setting) for term in node.terms)
        case Divide():
            return is_number(node.numerator, setting) and is_number(node.denominator, setting)
        case Power():
            return is_number(node.base, setting) and is_number(node.exponent, setting)
        case Fold():
            return is_number(node.body, setting)
        case Call() if node.function.name not in SCALAR_VALUED:
            return all(is_number(argument, setting) for argument in node.arguments) or setting.is_number(node)
        case Multiply():
            whole = [f for f in factors_of(node) if not is_number(f, setting)]
            return not whole or (is_row(whole[0], setting) and is_column(whole[-1], setting))
        case _:
            return setting.is_number(node)


def is_row(node: Node, setting: Setting) -> bool:
    """Whether an expression is a transposed vector."""
    return isinstance(node, Transpose) and is_column(node.body, setting)


def _power(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Differential) or not isinstance(node.body, Power):
        return
    base, exponent = node.body.base, node.body.exponent
    if exponent == MINUS_ONE and not is_number(base, setting):
        new = neg(mul([node.body, Differential(base), node.body]))
        yield Move(new, "From $A^{-1} A = I$: the inverse moves by $-A^{-1}\\,dA\\,A^{-1}$")
    elif is_number(base, setting) and base == E and moves(exponent, setting):
        yield Move(
            mul([node.body, Differential(exponent)]), "The exponential function, times the change inside"
        )
    elif is_number(base, setting) and not moves(exponent, setting):
        value = value_of(exponent)
        lower = add([exponent, neg(ONE)]) if value is None else number(value - 1)
        yield Move(mul([exponent, power(base, lower), Differential(base)]), "The power rule")


def _determinant(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Differential) or not isinstance(node.body, Call):
        return
    call = node.body
    logarithm = call.function.name in LOGARITHMS
    inside = determinant_of(call.arguments[0] if logarithm else call, setting)
    if inside is None:
        return
    trace = Call(Symbol("tr"), (mul([Power(inside, MINUS_ONE), Differential(inside)]),), opening="(")
    if logarithm:
        yield Move(trace, "The logarithm of a determinant moves by $\\mathrm{tr}(A^{-1}\\,dA)$")
    else:
        yield Move(mul([call, trace]), "A determinant moves by itself times $\\mathrm{tr}(A^{-1}\\,dA)$")


def determinant_of(node: Node, setting: Setting) -> Node | None:
    """What a determinant is of."""
    if isinstance(node, Call) and node.function.name == "det":
        return node.arguments[0]
    if isinstance(node, Norm) and node.bar == "|" and not setting.is_number(node.body):
        return node.body
    return None


def _function(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Differential) or not isinstance(node.body, Call):
        return
    call = node.body
    if call.primes or len(call.arguments) != 1 or not is_number(call.arguments[0], setting):
        return
    argument = call.arguments[0]
    slope = call if call.function.name == "exp" else slope_of(call, setting)
    if slope is not None and determinant_of(argument, setting) is None and moves(argument, setting):
        yield Move(
            mul([slope, Differential(argument)]), "The derivative of the function, times the change inside"
        )


_A = r"Let $A$ be an $n \times n$ matrix and $x, b$ vectors, $q = x^T A x + b^T A x + x^T dx$."
_M = r"Let $A$ and $B$ be $n \times n$ matrices, $q = \mathrm{tr}(A B) + \mathrm{tr}(B\,dA)$."


def _rule(name: str, back: str, apply: Apply, before: str, after: str, text: str) -> Rule:
    return Rule(f"differential of {name}", back, apply, Example(before, after, text=text))


RULES = (
    _rule("a constant", "zero as a differential", _constant, "d(b^T b) + x^T dx", "x^T dx", _A),
    _rule("a sum", "sum of differentials put together", _sum, "d(x^T x + b^T x)", "d(x^T x) + d(b^T x)", _A),
    _rule("a product", "differential of a product recognised", _product, "d(b^T x)", "b^T dx", _A),
    _rule(
        "a quotient",
        "differential of a quotient recognised",
        _quotient,
        r"d(\frac{b^T x}{b^T b})",
        r"\frac{d(b^T x)}{b^T b}",
        _A,
    ),
    _rule("a transpose", "transpose of a differential", _transpose, "d(x^T) b", "(dx)^T b", _A),
    _rule("a trace", "trace of a differential", _trace, r"d(\mathrm{tr}(A))", r"\mathrm{tr}(dA)", _M),
    _rule("a squared norm", "squared norm recognised", _norm, r"d(\|x\|^2)", "2 x^T dx", _A),
    _rule(
        "a power",
        "differential of a power recognised",
        _power,
        r"d(A^{-1}) B",
        r"-A^{-1} dA A^{-1} B",
        _M,
    ),
    _rule(
        "a determinant",
        "differential of a determinant recognised",
        _determinant,
        r"d(\log \det A)",
        r"\mathrm{tr}(A^{-1} dA)",
        _M,
    ),
    _rule(
        "a function",
        "differential of a function recognised",
        _function,
        r"d(\sin(b^T x))",
        r"\cos(b^T x) d(b^T x)",
        _A,
    ),
)
