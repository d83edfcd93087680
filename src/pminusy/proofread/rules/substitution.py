"""Substitution recognised from an integral and what became of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.rules.asked import Asked, derivative_by, scaled_integral
from pminusy.proofread.rules.build import ONE, TWO, E, add, div, factors_of, mul, neg, number, power, value_of
from pminusy.proofread.rules.chains import worked_out
from pminusy.proofread.rules.families.antiderivatives import has
from pminusy.proofread.rules.families.integrals import INFINITY
from pminusy.proofread.rules.letters import put_in
from pminusy.proofread.rules.lines import Line
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Call, Derivative, Integral, Multiply, Node, Power, Symbol, walk

MOST_CANDIDATES = 24


def by_substitution(asked: Asked) -> list[Line]:
    """The lines with the integrand as it is before or after a new variable is put in; none if there is none."""
    scale, other = scaled_integral(asked.right)
    if other is None:
        return []
    x, u = asked.integral.variable, other.variable
    target, fresh = _with_fresh_variable(mul([scale, other.body]), u, asked)
    same = put_in(target, {fresh.name: x}, asked.setting)
    if asked.equal(same, asked.integrand):
        return [] if u == x else _renamed(asked, same, u)
    return _new_of_old(asked, other, target, fresh) or _old_of_new(asked, other, target, fresh)


def _new_of_old(asked: Asked, other: Integral, target: Node, fresh: Symbol) -> list[Line]:
    """The new variable as a function of the old one: the integrand before, with the slope of that function."""
    x = asked.integral.variable
    for g, slope in _functions(asked.integrand, x, asked.integral, other, asked.setting):
        value = put_in(target, {fresh.name: g}, asked.setting)
        sign = _sign(mul([value, slope]), asked.integrand, asked)
        if sign and _fits(g, x, asked.integral, other, sign, asked):
            product = _product(value, slope, sign)
            about = f"Written with {tex(slope)}, the derivative of {tex(g)}."
            before = asked.rewritten(product, about) or _shown(
                slope, about, replace(asked.integral, body=product)
            )
            return [*before, Line("substitution", _substituted(other.variable, g, x, slope), asked.right)]
    return []


def _old_of_new(asked: Asked, other: Integral, target: Node, fresh: Symbol) -> list[Line]:
    """The old variable as a function of the new one: the integrand after, with the slope of that function."""
    x, u = asked.integral.variable, other.variable
    for h, slope in _functions(target, fresh, other, asked.integral, asked.setting):
        value = put_in(asked.integrand, {x.name: h}, asked.setting)
        sign = _sign(mul([value, slope]), target, asked)
        if sign and _fits(h, fresh, other, asked.integral, sign, asked):
            h, slope, value, old = (
                put_in(e, {fresh.name: u}, asked.setting) for e in (h, slope, value, target)
            )
            product = _product(value, slope, sign)
            middle = replace(other, body=product)
            about = "The integrand, multiplied out and cancelled."
            after = asked.between(middle, product, asked.right, old, about) or _shown(
                slope, about, asked.right
            )
            line = Line("substitution", _substituted(x, h, u, slope), middle if after else asked.right)
            return [line, *after]
    return []


def _functions(
    body: Node, variable: Symbol, integral: Integral, other: Integral, setting: Setting
) -> Iterator[tuple[Node, Node]]:
    """What may be substituted, with its slope; what has a slope that can be worked out comes first."""
    late: list[tuple[Node, Node]] = []
    for function in itertools.islice(_inner_functions(body, variable, integral, other), MOST_CANDIDATES):
        slope = _slope(function, variable, setting)
        if any(isinstance(node, Derivative) for node in walk(slope)):
            late.append((function, slope))
        else:
            yield function, slope
    yield from late


def _fits(
    function: Node, variable: Symbol, integral: Integral, other: Integral, sign: int, asked: Asked
) -> bool:
    """Whether a function takes finite limits to the other ones, in turn where the sign says so."""
    ends = (integral.low, integral.high) if sign > 0 else (integral.high, integral.low)
    for old, new in zip(ends, (other.low, other.high), strict=True):
        if old is None or new is None or has(old, INFINITY) or has(new, INFINITY):
            continue
        if not asked.equal(put_in(function, {variable.name: old}, asked.setting), new):
            return False
    return True


def _product(value: Node, slope: Node, sign: int) -> Node:
    """The integrand times the slope, the numbers of both left as they are."""
    ours, more = factors_of(value), factors_of(slope)
    signs = (*("",) * (len(ours) - 1), r"\cdot", *("",) * (len(more) - 1))
    product = value if slope == ONE else Multiply((*ours, *more), signs)
    return product if sign > 0 else neg(product)


def _shown(slope: Node, about: str, tree: Node) -> list[Line]:
    """The line with a slope that is more than a sign."""
    return [] if slope in (ONE, neg(ONE)) else [Line("rearrange", about, tree)]


def _with_fresh_variable(target: Node, u: Symbol, asked: Asked) -> tuple[Node, Symbol]:
    """What an integral became, in a variable that stands nowhere in that integral."""
    if u != asked.integral.variable and not has(asked.integrand, u):
        return target, u
    fresh = Symbol("w" if not has(asked.integrand, Symbol("w")) else "v")
    return put_in(target, {u.name: fresh}, asked.setting), fresh


def _renamed(asked: Asked, same: Node, u: Symbol) -> list[Line]:
    about = f"The variable of integration is called {tex(u)} instead of {tex(asked.integral.variable)}."
    before = asked.rewritten(same, "The integrand, multiplied out and cancelled.")
    return [*before, Line("rename the variable", about, asked.right)]


def _sign(one: Node, other: Node, asked: Asked) -> int:
    """One where two integrands are the same, minus one where they differ in their signs, and else zero."""
    if asked.equal(one, other):
        return 1
    return -1 if asked.equal(neg(one), other) else 0


def _slope(of: Node, variable: Symbol, setting: Setting) -> Node:
    """The derivative, worked out as far as its rules go."""
    tidy = Tidy()
    slope = tidy(derivative_by(variable, of))
    chain = worked_out(slope, setting, tidy)
    return chain[-1].tree if chain else slope


def _substituted(new: Symbol, of: Node, old: Symbol, slope: Node) -> str:
    factor = "" if slope == ONE else to_latex(mul([slope, Symbol("d")]))[:-1].rstrip() + " "
    if new == old:
        x = to_latex(old)
        return f"${x}$ is replaced by ${to_latex(of)}$, and $d{x}$ by ${factor}d{x}$."
    return f"With ${to_latex(new)} = {to_latex(of)}$, so that $d{to_latex(new)} = {factor}d{to_latex(old)}$."


def _inner_functions(body: Node, x: Symbol, integral: Integral, other: Integral) -> Iterator[Node]:
    """What may be substituted: parts of the integrand, the linear map of the limits, and simple functions."""
    seen: set[Node] = {x}
    for node in _candidates(body, x, integral, other):
        if node not in seen and has(node, x):
            seen.add(node)
            yield node


def _candidates(body: Node, x: Symbol, integral: Integral, other: Integral) -> Iterator[Node]:
    limits = (integral.low, integral.high, other.low, other.high)
    if not any(limit is None or has(limit, INFINITY) for limit in limits):
        yield _linear_map(*limits, x)  # type: ignore[arg-type]
    for part in (node for node, _ in places(body) if isinstance(node, Multiply)):
        if all(isinstance(f, Power) and f.exponent == TWO for f in factors_of(part)):
            yield mul(f.base for f in factors_of(part) if isinstance(f, Power))
    inside = sorted(
        (node for node, _ in places(body) if has(node, x) and node is not body),
        key=lambda node: sum(1 for _ in walk(node)),
    )
    yield from inside
    yield neg(x)
    for name in ("sin", "tan", "cos", "log", "sqrt"):
        yield Call(Symbol(name), (x,))
    yield div(ONE, x)
    yield power(x, TWO)
    yield power(E, x)
    yield power(E, neg(x))
    yield from map(neg, inside)


def _linear_map(low: Node, high: Node, new_low: Node, new_high: Node, x: Symbol) -> Node:
    """The linear function of the variable that takes the old limits to the new ones."""
    slope = div(_less(new_high, new_low), _less(high, low))
    value = value_of(slope)
    slope = slope if value is None else number(value)
    start = _less(new_low, _times(slope, low))
    return add([_times(slope, x), start])


def _less(one: Node, other: Node) -> Node:
    a, b = value_of(one), value_of(other)
    return add([one, neg(other)]) if a is None or b is None else number(a - b)


def _times(one: Node, other: Node) -> Node:
    a, b = value_of(one), value_of(other)
    return mul([one, other]) if a is None or b is None else number(a * b)
