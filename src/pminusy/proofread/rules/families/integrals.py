"""Integrals: linearity, limits put in, the antiderivatives that everyone knows, and integration by parts."""

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
    split_fraction,
    terms_of,
)
from pminusy.proofread.rules.families.antiderivatives import antiderivative, has
from pminusy.proofread.rules.letters import put_in
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Between,
    Call,
    Derivative,
    Fold,
    Integral,
    Negative,
    Node,
    Power,
    Symbol,
    walk,
)

INFINITY = Symbol(r"\infty")


def _linear(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Integral):
        return
    body, x = node.body, node.variable
    if isinstance(body, Add):
        terms = [
            neg(replace(node, body=t.body)) if isinstance(t, Negative) else replace(node, body=t)
            for t in terms_of(body)
        ]
        yield Move(add(terms), "The integral of a sum is the sum of the integrals")
    elif isinstance(body, Negative):
        yield Move(neg(replace(node, body=body.body)), "The minus sign comes out of the integral")
    elif isinstance(body, Fold) and body.kind == "sum":
        yield Move(replace(body, body=replace(node, body=body.body)), "Sum and integral are swapped")
    else:
        above, below = split_fraction(body)
        fixed = [[f for f in side if not has(f, x)] for side in (above, below)]
        if (fixed[0] and any(f != ONE for f in fixed[0])) or fixed[1]:
            rest = [[f for f in side if has(f, x)] for side in (above, below)]
            scale = div(mul(fixed[0]), mul(fixed[1]))
            if scale != ONE and (rest[0] or rest[1] or scale != body):
                new = mul([scale, replace(node, body=div(mul(rest[0]), mul(rest[1])))])
                yield Move(new, f"{tex(scale)} does not depend on {tex(x)}, so it comes out of the integral")


def _between(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Between):
        return
    variable = node.variable or _only_variable(node.body, setting)
    if variable is None:
        return
    high = _at(node.body, variable, node.high, setting)
    if high is None:
        return
    if node.low is None:
        yield Move(high, f"${variable.name} = {to_latex(node.high)}$ is put in")
        return
    low = _at(node.body, variable, node.low, setting)
    if low is not None:
        yield Move(add([high, neg(low)]), "The value at the upper limit less the value at the lower limit")


def _at(body: Node, variable: Symbol, limit: Node, setting: Setting) -> Node | None:
    """The value at a limit; at infinity, what every term goes to, where that is plain."""
    if limit not in (INFINITY, neg(INFINITY)):
        return put_in(body, {variable.name: limit}, setting)
    terms = [_far_out(term, variable, limit) for term in terms_of(body)]
    return None if None in terms else add(term for term in terms if term is not None)


def _far_out(term: Node, variable: Symbol, limit: Node) -> Node | None:
    """What a term goes to at infinity: zero if a factor vanishes, and an arctangent goes to plus or minus π/2."""
    if not has(term, variable):
        return term
    if isinstance(term, Negative):
        inside = _far_out(term.body, variable, limit)
        return None if inside is None else neg(inside)
    above, below = split_fraction(term)
    moving = [f for f in above if has(f, variable)]
    if not moving or any(_decays(f, variable) for f in moving):
        return ZERO
    if len(moving) > 1 or any(has(f, variable) for f in below) or not isinstance(moving[0], Call):
        return None
    if moving[0].function.name not in ("arctan", "tanh"):
        return None
    far = div(Symbol(r"\pi"), TWO) if moving[0].function.name == "arctan" else ONE
    rest = [f for f in above if f is not moving[0]]
    return div(mul([*rest, far if limit == INFINITY else neg(far)]), mul(below))


def _decays(factor: Node, variable: Symbol) -> bool:
    """Whether a factor is an exponential with a negative exponent."""
    if not isinstance(factor, Power) or factor.base != E:
        return False
    return isinstance(factor.exponent, Negative) and has(factor.exponent, variable)


def _only_variable(body: Node, setting: Setting) -> Symbol | None:
    functions = {id(n.function) for n in walk(body) if isinstance(n, Call)}
    names = {
        n.name
        for n in walk(body)
        if isinstance(n, Symbol)
        and id(n) not in functions
        and not n.indices
        and n not in (E, Symbol(r"\pi"), INFINITY)
    }
    if len(names) == 1:
        return Symbol(names.pop())
    return Symbol("x") if "x" in names else Symbol("t") if "t" in names else None


def _table(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Integral):
        return
    found = antiderivative(node.body, node.variable)
    if found is None:
        return
    about = f"{tex(found)} has the derivative {tex(node.body)}"
    if node.low is None or node.high is None:
        yield Move(found, about)
    else:
        yield Move(Between(found, node.variable, node.low, node.high), about)


def _parts(node: Node, setting: Setting) -> Iterator[Move]:
    """By parts, with a power, logarithm or arctangent as the factor that is differentiated."""
    if not isinstance(node, Integral):
        return
    x = node.variable
    above, below = split_fraction(node.body)
    moving = [f for f in above if has(f, x)]
    for u in moving or ():
        rest = [f for f in above if f is not u]
        v = antiderivative(div(mul(rest), mul(below)), x)
        if v is None or not _gets_simpler(u, x, len(moving)):
            continue
        remaining = replace(node, body=mul([v, Derivative(u, (x,), "operator", "d")]))
        whole: Node = mul([u, v])
        if node.low is not None and node.high is not None:
            whole = Between(whole, x, node.low, node.high)
        about = f"$\\int u v' = u v - \\int u' v$ with $u = {to_latex(u)}$ and $v = {to_latex(v)}$"
        yield Move(add([whole, neg(remaining)]), about)
        return


def _gets_simpler(u: Node, x: Symbol, factors: int) -> bool:
    """Whether differentiating a factor leads on: a power of the variable beside others, a logarithm, an arctangent."""
    base = u.base if isinstance(u, Power) else u
    if isinstance(base, Call):
        return base.function.name in ("log", "ln", "arctan", "arcsin")
    return base == x and factors > 1


def _swap_limits(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Integral) and node.low is not None and node.high is not None:
        yield Move(neg(replace(node, low=node.high, high=node.low)), "Swapping the limits changes the sign")


def _order(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Integral) and isinstance(node.body, Integral):
        inner = node.body
        if (
            inner.low is not None
            and inner.high is not None
            and not has(inner.low, node.variable)
            and not has(inner.high, node.variable)
        ):
            yield Move(
                replace(inner, body=replace(node, body=inner.body)), "The order of integration is swapped"
            )


LINEAR = Rule(
    "linearity of the integral",
    "integrals put together",
    _linear,
    Example(r"\int_0^1 (a + x) dx", r"\int_0^1 a dx + \int_0^1 x dx"),
)

TABLE = Rule(
    "antiderivative",
    "integral recognised",
    _table,
    Example(r"\int_0^1 x^2 dx", r"\left[ \frac{x^3}{3} \right]_0^1"),
)

LIMITS = Rule(
    "put in the limits", "limits recognised", _between, Example(r"\left[ x^2 \right]_0^1", "1^2 - 0^2")
)

PARTS = Rule(
    "integration by parts",
    "integration by parts",
    _parts,
    Example(r"\int_0^1 x e^x dx", r"\left[ x e^x \right]_0^1 - \int_0^1 e^x \frac{d}{dx} x \, dx"),
)

RULES = (
    LINEAR,
    TABLE,
    LIMITS,
    PARTS,
    Rule(
        "swap the limits", "swap the limits", _swap_limits, Example(r"\int_0^1 x^2 dx", r"-\int_1^0 x^2 dx")
    ),
    Rule(
        "swap the order of integration",
        "swap the order of integration",
        _order,
        Example(r"\int_0^1 \int_0^2 x y^2 \, dy \, dx", r"\int_0^2 \int_0^1 x y^2 \, dx \, dy"),
    ),
)
