"""Derivatives taken wrongly: without a term, a factor or a sign that the rule has."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.repair import slips
from pminusy.proofread.repair.mistakes.chain_rule import (
    factors_inside,
    taken_elsewhere,
    without_inner,
    wrong_sign_inside,
)
from pminusy.proofread.repair.mistakes.mistake import Make, Mistake, Write
from pminusy.proofread.rules.build import (
    ONE,
    TWO,
    E,
    add,
    div,
    mul,
    neg,
    number,
    power,
    terms_of,
    value_of,
)
from pminusy.proofread.rules.families.functions import SLOPES, slope_of
from pminusy.proofread.rules.families.logarithms import LOGARITHMS
from pminusy.proofread.rules.families.operator import by, inner_slope, moves_with
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Delta,
    Derivative,
    Divide,
    Multiply,
    Negative,
    Node,
    Power,
    Symbol,
)


def quotient(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """u'/v, (u'v + uv')/v², (uv' - u'v)/v², (u'v - uv')/v."""
    if not isinstance(node, Derivative) or not isinstance(node.body, Divide):
        return
    u, v = node.body.numerator, node.body.denominator
    if not moves_with(v, node, setting):
        return
    first, second = mul([by(u, node), v]), mul([u, by(v, node)])
    square = power(v, TWO)
    if not moves_with(u, node, setting):
        about = f"The derivative of {write(div(ONE, v))} is minus the derivative of {write(v)} over {write(square)}"
        yield Mistake(div(second, square), slips.RECIPROCAL, f"{about}: the minus was lost.")
        yield Mistake(neg(div(second, v)), slips.RECIPROCAL, f"{about}: the square was lost.")
        yield Mistake(div(u, by(v, node)), slips.RECIPROCAL, f"{about}, not one over that derivative.")
        return
    rule = f"The quotient rule for {write(node.body)}"
    yield Mistake(
        div(by(u, node), v),
        slips.QUOTIENT_TERM,
        f"{rule}: its second term, which comes from differentiating {write(v)}, is missing.",
    )
    yield Mistake(
        div(add([first, second]), square),
        slips.QUOTIENT_SIGN,
        f"{rule}: the second term, with the derivative of {write(v)}, is subtracted.",
    )
    yield Mistake(
        div(add([second, neg(first)]), square),
        slips.QUOTIENT_SIGN,
        f"{rule} begins with the derivative of the numerator: the difference is the wrong way round.",
    )
    yield Mistake(
        div(add([first, neg(second)]), v),
        slips.QUOTIENT_SQUARE,
        f"{rule} divides by the square of {write(v)}: the square was lost.",
    )
    yield Mistake(
        div(by(u, node), by(v, node)),
        slips.QUOTIENT_TERM,
        f"{rule}: a quotient is not differentiated by differentiating above and below.",
    )


def product(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """u'v, uv', u'v'."""
    if not isinstance(node, Derivative) or not isinstance(node.body, Multiply):
        return
    factors = node.body.factors
    moving = [n for n, factor in enumerate(factors) if moves_with(factor, node, setting)]
    if len(moving) < 2:
        return
    terms = {n: _term(factors, n, node) for n in moving}
    for n in moving:
        rest = [term for m, term in terms.items() if m != n]
        yield Mistake(
            add(rest),
            slips.PRODUCT_TERM,
            f"The product rule for {write(node.body)}: the term with the derivative of {write(factors[n])} is missing.",
        )
    slopes = [by(factor, node) if n in moving else factor for n, factor in enumerate(factors)]
    yield Mistake(
        mul(slopes),
        slips.PRODUCT_OF_SLOPES,
        f"The derivative of the product {write(node.body)} is not the product of the derivatives.",
    )


def _term(factors: tuple[Node, ...], n: int, node: Derivative) -> Node:
    return mul([*factors[:n], by(factors[n], node), *factors[n + 1 :]])


def powers(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """u^(n-1) u', n u^n u', n u^(n-1)."""
    if not isinstance(node, Derivative) or not isinstance(node.body, Power):
        return
    base, exponent = node.body.base, node.body.exponent
    if base == E or moves_with(exponent, node, setting) or not moves_with(base, node, setting):
        return
    value = value_of(exponent)
    lower = power(base, add([exponent, neg(ONE)]) if value is None else number(value - 1))
    inner = inner_slope(base, node)
    whole = write(node.body)
    yield Mistake(
        mul([lower, *inner]),
        slips.POWER_FACTOR,
        f"Differentiating {whole} brings its exponent down: the factor {write(exponent)} is missing.",
    )
    yield Mistake(
        mul([exponent, node.body, *inner]),
        slips.POWER_NOT_LOWERED,
        f"Differentiating lowers the exponent by one: of {whole}, {write(lower)} is left.",
    )
    yield Mistake(
        mul([exponent, *inner]),
        slips.POWER,
        f"Differentiating {whole} leaves {write(mul([exponent, lower]))}: the {write(lower)} was lost.",
    )
    if value is not None:
        raised = power(base, number(value + 1))
        yield Mistake(
            mul([exponent, raised, *inner]),
            slips.POWER_NOT_LOWERED,
            f"Differentiating lowers the exponent by one, from {write(exponent)}: of {whole}, {write(lower)} is left.",
        )
    if value is not None and value < 0:
        yield Mistake(
            mul([number(-value), lower, *inner]),
            slips.SIGN,
            f"Differentiating {whole} brings down {write(exponent)}, with its sign.",
        )
    if inner:
        yield without_inner(mul([exponent, lower]), base, node, setting, write)
        yield from wrong_sign_inside(mul([exponent, lower, neg(inner[0])]), base, node, setting, write)


def exponentials(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """e^u without u', u e^(u-1) u'."""
    if not isinstance(node, Derivative):
        return
    body = node.body
    if isinstance(body, Power) and not moves_with(body.base, node, setting):
        exponent = body.exponent
    elif isinstance(body, Call) and body.function.name == "exp" and not body.primes:
        exponent = body.arguments[0]
    else:
        return
    inner = inner_slope(exponent, node)
    if not moves_with(exponent, node, setting):
        return
    if inner:
        logarithm = [Call(Symbol("log"), (body.base,))] if isinstance(body, Power) and body.base != E else []
        yield without_inner(mul([body, *logarithm]), exponent, node, setting, write)
        yield from wrong_sign_inside(mul([body, neg(inner[0])]), exponent, node, setting, write)
    if isinstance(body, Power):
        as_power = mul([exponent, power(body.base, add([exponent, neg(ONE)])), *inner])
        yield Mistake(
            as_power,
            slips.POWER,
            f"In {write(body)} the exponent varies, not the base: this is no power rule, and the exponent stays.",
        )
        if body.base != E:
            yield Mistake(
                mul([body, *inner]),
                slips.FACTOR_LOST,
                f"The derivative of {write(body)} has the logarithm of the base {write(body.base)} as a factor.",
            )


def functions(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """f'(u) without u', f(u) u', minus f'(u) u'."""
    if not isinstance(node, Derivative) or not isinstance(node.body, Call):
        return
    call = node.body
    if call.primes or len(call.arguments) != 1 or call.function.name == "exp":
        return
    argument = call.arguments[0]
    slope = slope_of(call, setting) if moves_with(argument, node, setting) else None
    if slope is None:
        return
    inner = inner_slope(argument, node)
    if call.function.name in LOGARITHMS:
        if inner:
            yield Mistake(
                inner[0],
                slips.LOGARITHM,
                f"The derivative of {write(call)} is that of {write(argument)} divided by {write(argument)}: "
                f"the factor {write(div(ONE, argument))} is missing.",
            )
        yield Mistake(
            mul([call, *inner]), slips.NOT_DIFFERENTIATED, f"{_one_over(call, write)}: the logarithm goes."
        )
    elif call.function.name in SLOPES:
        called, spoken = SLOPES[call.function.name].called, SLOPES[call.function.name].spoken
        yield Mistake(
            mul([call, *inner]),
            slips.NOT_DIFFERENTIATED,
            f"The derivative of {called} is {spoken}, but {write(call)} stands here as it was.",
        )
        yield Mistake(
            neg(mul([slope, *inner])),
            slips.SIGN,
            f"The derivative of {called} is {spoken}: {_of_sign(slope)}.",
        )
    if inner:
        yield without_inner(slope, argument, node, setting, write)
        yield from wrong_sign_inside(mul([slope, neg(inner[0])]), argument, node, setting, write)
        yield from taken_elsewhere(slope, argument, node, setting, write)


def _of_sign(slope: Node) -> str:
    return "the minus was lost" if isinstance(slope, Negative) else "it has no minus"


def _one_over(call: Call, write: Write) -> str:
    return f"The derivative of {write(call)} is one over {write(call.arguments[0])}, times that of the inside"


def terms(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """A term of a sum that was not differentiated, left out, or had its sign turned."""
    if not isinstance(node, Derivative) or not isinstance(node.body, Add):
        return
    parts = terms_of(node.body)
    for n, term in enumerate(parts):
        others = [by(each, node) for m, each in enumerate(parts) if m != n]
        if moves_with(term, node, setting):
            yield Mistake(
                add(others),
                slips.TERM_LOST,
                f"The term {write(term)} depends on {write(node.variables[-1])}, too: its derivative is missing.",
            )
            yield Mistake(
                add([*others, neg(by(term, node))]),
                slips.SIGN,
                f"The sign of the term {write(term)} was turned in differentiating.",
            )
        yield Mistake(
            add([*others, term]),
            slips.NOT_DIFFERENTIATED,
            f"The term {write(term)} was not differentiated.",
        )


def entries(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """∂x_k/∂x_i taken for 1."""
    if not isinstance(node, Derivative):
        return
    body, variable = node.body, node.variables[-1]
    if not isinstance(body, Symbol) or not isinstance(variable, Symbol) or body == variable:
        return
    ours, theirs = setting.indices(body), setting.indices(variable)
    if setting.family(body) == setting.family(variable) and len(ours) == len(theirs) > 0:
        deltas = [Delta(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
        for lost in [deltas, *([each] for each in deltas if len(deltas) > 1)]:
            yield Mistake(
                mul(each for each in deltas if each not in lost),
                slips.DELTA_LOST,
                f"The derivative of {write(body)} by {write(variable)} is {write(mul(deltas))}: "
                "one where the indices agree, and zero elsewhere.",
            )


KINDS: tuple[Make, ...] = (quotient, functions, exponentials, powers, product, entries)
LAST: tuple[Make, ...] = (factors_inside, terms)
