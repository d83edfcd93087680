"""How derivatives of sums, products, quotients and powers are taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.rules.build import (
    ONE,
    TWO,
    ZERO,
    E,
    add,
    div,
    mul,
    neg,
    number,
    power,
    value_of,
)
from pminusy.proofread.rules.families import functions
from pminusy.proofread.rules.families.operator import and_chain, by, inner_slope, moves_with, wrapped
from pminusy.proofread.rules.letters import rename_bound, spare
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import (
    Add,
    Cases,
    Delta,
    Derivative,
    Divide,
    Fold,
    Integral,
    Multiply,
    Negative,
    Node,
    Power,
    Symbol,
    walk,
)


def _constant(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Derivative) and not moves_with(node.body, node, setting):
        about = f"{tex(node.body)} does not depend on {tex(node.variables[-1])}, so its derivative is zero"
        yield Move(wrapped(ZERO, node), about)


def _variable(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Derivative):
        return
    body, variable = node.body, node.variables[-1]
    if body == variable:
        yield Move(wrapped(ONE, node), "A variable changes at rate one with itself")
    elif isinstance(body, Symbol) and isinstance(variable, Symbol):
        ours, theirs = setting.indices(body), setting.indices(variable)
        if setting.family(body) == setting.family(variable) and len(ours) == len(theirs) > 0:
            new = mul(Delta(a, b) for a, b in zip(ours, theirs, strict=True) if a != b)
            about = f"Entries of ${body.name}$ vary independently: one where the indices agree, else zero"
            yield Move(wrapped(new, node), about)


def _sum(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Derivative):
        return
    body = node.body
    about = "The derivative of a sum is the sum of the derivatives"
    if isinstance(body, Negative):
        yield Move(
            wrapped(neg(by(body.body, node)), node),
            "The minus sign is a constant factor, which stands in front of the derivative",
        )
    elif isinstance(body, Add):
        terms = [
            neg(by(t.body, node)) if isinstance(t, Negative) else by(t, node)
            for t in body.terms
            if moves_with(t, node, setting)
        ]
        yield Move(wrapped(add(terms), node), about)
    elif isinstance(body, Fold) and body.kind == "sum":
        body = _apart(body, node, setting)
        inner = by(body.body, node)
        yield Move(wrapped(Fold("sum", body.bindings, inner, body.condition), node), about)


def _apart(body: Fold, node: Derivative, setting: Setting) -> Fold:
    """The sum with letters that the variable does not have."""
    used = {s.name for v in node.variables for s in walk(v) if isinstance(s, Symbol)}
    clash = [b.index.name for b in body.bindings if b.index.name in used]
    taken = used | {s.name for s in walk(body) if isinstance(s, Symbol)}
    return rename_bound(body, {name: spare(taken) for name in clash[:1]}, setting) if clash else body


def _factor(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Derivative):
        return
    body = node.body
    if isinstance(body, Divide) and not moves_with(body.denominator, node, setting):
        new = div(by(body.numerator, node), body.denominator)
        yield Move(wrapped(new, node), _stays(body.denominator, node))
    elif isinstance(body, Multiply):
        fixed = [f for f in body.factors if not moves_with(f, node, setting)]
        moving = [f for f in body.factors if moves_with(f, node, setting)]
        if fixed and moving and all(setting.is_scalar(f) for f in fixed):
            new = mul([*fixed, by(mul(moving), node)])
            yield Move(wrapped(new, node), _stays(mul(fixed), node))
    elif isinstance(body, Divide) and not moves_with(body.numerator, node, setting) and body.numerator != ONE:
        new = mul([body.numerator, by(div(ONE, body.denominator), node)])
        yield Move(wrapped(new, node), _stays(body.numerator, node))


def _stays(fixed: Node, node: Derivative) -> str:
    return (
        f"{tex(fixed)} does not depend on {tex(node.variables[-1])}, so it stands in front of the derivative"
    )


def _product(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Derivative) or not isinstance(node.body, Multiply):
        return
    factors = node.body.factors
    terms = []
    for n, factor in enumerate(factors):
        if moves_with(factor, node, setting):
            rest = [*factors[:n], by(factor, node), *factors[n + 1 :]]
            ordered = mul(rest) if setting.is_scalar(node.body) else Multiply(tuple(rest), node.body.signs)
            terms.append(ordered)
    if len(terms) > 1:
        yield Move(
            wrapped(add(terms), node),
            "Product rule: each factor is differentiated in turn while the others stay",
        )


def _quotient(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Derivative) or not isinstance(node.body, Divide):
        return
    u, v = node.body.numerator, node.body.denominator
    if not moves_with(v, node, setting):
        return
    if moves_with(u, node, setting):
        above = add([mul([by(u, node), v]), neg(mul([u, by(v, node)]))])
        about = f"Quotient rule: $(u/v)' = (u'v - uv')/v^2$ with $u$ = {tex(u)} and $v$ = {tex(v)}"
        yield Move(wrapped(div(above, power(v, TWO)), node), about)
    else:
        about = f"The derivative of a reciprocal: $(1/v)' = -v'/v^2$ with $v$ = {tex(v)}"
        new = neg(div(mul([u, by(v, node)]), power(v, TWO)))
        yield Move(wrapped(new, node), about)


def _power(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Derivative) or not isinstance(node.body, Power):
        return
    base, exponent = node.body.base, node.body.exponent
    if base == E or moves_with(exponent, node, setting) or not moves_with(base, node, setting):
        return
    value = value_of(exponent)
    lower = add([exponent, neg(ONE)]) if value is None else number(value - 1)
    new = mul([exponent, power(base, lower), *inner_slope(base, node)])
    yield Move(
        wrapped(new, node),
        "Power rule: the exponent comes in front and goes down by one" + and_chain(base, node),
    )


def _by_cases(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Derivative) and isinstance(node.body, Cases):
        branches = tuple(replace(b, value=by(b.value, node)) for b in node.body.branches)
        new = wrapped(replace(node.body, branches=branches), node)
        yield Move(new, "Each case is differentiated by itself, away from where they meet")


def _under_integral(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Derivative) and isinstance(node.body, Integral):
        body = node.body
        if body.low is None or body.high is None:
            if body.variable == node.variables[-1]:
                yield Move(wrapped(body.body, node), "Differentiation undoes integration")
            return
        limits = any(moves_with(limit, node, setting) for limit in (body.low, body.high))
        if not limits and body.variable != node.variables[-1]:
            new = Integral(body.variable, body.low, body.high, by(body.body, node))
            yield Move(
                wrapped(new, node),
                "The limits are fixed, so the derivative may be taken under the integral sign",
            )


RULES = (
    Rule("derivative of a constant", "zero as a derivative", _constant, Example(r"\frac{d}{dx} \log 3", "0")),
    Rule(
        "derivative of the variable",
        "one as a derivative",
        _variable,
        Example(r"\frac{\partial z_j}{\partial z_i}", r"\delta_{ji}", (r"q = \sum_j z_j",)),
    ),
    Rule(
        "derivative of a sum",
        "sum of derivatives put together",
        _sum,
        Example(r"\frac{d}{dx} (x^2 + \sin x)", r"\frac{d}{dx} x^2 + \frac{d}{dx} \sin x"),
    ),
    Rule(
        "constant factor out of a derivative",
        "constant factor into the derivative",
        _factor,
        Example(r"\frac{d}{dx} (a \sin x)", r"a \frac{d}{dx} \sin x"),
    ),
    Rule(
        "product rule",
        "product rule read backwards",
        _product,
        Example(r"\frac{d}{dx} (x \sin x)", r"\left( \frac{d}{dx} x \right) \sin x + x \frac{d}{dx} \sin x"),
    ),
    Rule(
        "quotient rule",
        "quotient rule read backwards",
        _quotient,
        Example(
            r"\frac{d}{dx} \frac{x}{\sin x}",
            r"\frac{\left( \frac{d}{dx} x \right) \sin x - x \frac{d}{dx} \sin x}{(\sin x)^2}",
        ),
    ),
    Rule("power rule", "power rule read backwards", _power, Example(r"\frac{d}{dx} x^3", "3 x^2")),
    Rule(
        "derivative by cases",
        "cases put together",
        _by_cases,
        Example(
            r"\frac{d}{dx} \begin{cases} x^2 & \text{if } x > 0 \\ a x & \text{otherwise} \end{cases}",
            r"\begin{cases} \frac{d}{dx} x^2 & \text{if } x > 0 \\ \frac{d}{dx} (a x) & \text{otherwise} \end{cases}",
        ),
    ),
    *functions.RULES,
    Rule(
        "derivative under the integral sign",
        "derivative out of the integral",
        _under_integral,
        Example(r"\frac{d}{da} \int_0^1 x^a dx", r"\int_0^1 \frac{d}{da} x^a dx"),
    ),
)
