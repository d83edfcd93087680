"""Functions whose derivatives stand in every table."""

from __future__ import annotations

from pminusy.proofread.rules.build import (
    ONE,
    TWO,
    E,
    add,
    div,
    factors_of,
    mul,
    neg,
    number,
    power,
    split_fraction,
    terms_of,
    value_of,
)
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Multiply,
    Negative,
    Node,
    Power,
    Symbol,
    walk,
)


def has(node: Node, variable: Symbol) -> bool:
    """Whether a variable stands in a formula."""
    return any(each == variable for each in walk(node))


def _inverted(name: str, argument: Node) -> Node:
    return Call(Symbol(name), (argument,), opening="" if isinstance(argument, Symbol) else "(")


def antiderivative(body: Node, x: Symbol) -> Node | None:
    """A function with that derivative, for what stands in every table; None for all else."""
    if not has(body, x):
        return mul([body, x])
    match body:
        case Negative():
            inside = antiderivative(body.body, x)
            return None if inside is None else neg(inside)
        case Add():
            found = [antiderivative(term, x) for term in terms_of(body)]
            return None if any(f is None for f in found) else add(f for f in found if f is not None)
        case Symbol():
            return div(power(x, TWO), TWO)
        case Power():
            return _of_power(body, x)
        case Call() if len(body.arguments) == 1 and not body.primes:
            return _of_function(body, x)
        case Multiply() | Divide():
            above, below = split_fraction(body)
            fixed = [[f for f in side if not has(f, x)] for side in (above, below)]
            rest = [[f for f in side if has(f, x)] for side in (above, below)]
            scale = div(mul(fixed[0]), mul(fixed[1]))
            inside = _of_fraction(rest[0], rest[1], x)
            return None if inside is None else mul([scale, inside])
        case _:
            return None


def slope_in(argument: Node, x: Symbol) -> Node | None:
    """The slope of what is linear in the variable."""
    if argument == x:
        return ONE
    if isinstance(argument, Negative):
        inside = slope_in(argument.body, x)
        return None if inside is None else neg(inside)
    if isinstance(argument, Add):
        moving = [t for t in terms_of(argument) if has(t, x)]
        return slope_in(moving[0], x) if len(moving) == 1 else None
    if isinstance(argument, Multiply):
        fixed = [f for f in factors_of(argument) if f != x]
        return (
            mul(fixed)
            if len(fixed) == len(factors_of(argument)) - 1 and not any(has(f, x) for f in fixed)
            else None
        )
    if isinstance(argument, Divide) and not has(argument.denominator, x):
        inside = slope_in(argument.numerator, x)
        return None if inside is None else div(inside, argument.denominator)
    return None


def _of_power(body: Power, x: Symbol) -> Node | None:
    if body.exponent == TWO and isinstance(body.base, Call) and body.base.arguments == (x,):
        squares = {"sec": _inverted("tan", x), "csc": neg(_inverted("cot", x))}
        return squares.get(body.base.function.name)
    if not has(body.exponent, x):
        slope = slope_in(body.base, x)
        if slope is None:
            return None
        value = value_of(body.exponent)
        if value == -1:
            return div(_inverted("log", body.base), slope)
        grown = number(value + 1) if value is not None else add([body.exponent, ONE])
        return div(power(body.base, grown), mul([slope, grown]))
    slope = slope_in(body.exponent, x)
    if slope is None or has(body.base, x):
        return None
    return div(body, slope if body.base == E else mul([slope, _inverted("log", body.base)]))


def _of_function(body: Call, x: Symbol) -> Node | None:
    argument = body.arguments[0]
    slope = slope_in(argument, x)
    if slope is None:
        return None
    name = body.function.name
    if name == "sqrt":
        return _of_power(Power(argument, Divide(ONE, TWO)), x)
    forms = {
        "sin": neg(_inverted("cos", argument)),
        "cos": _inverted("sin", argument),
        "exp": body,
        "sinh": _inverted("cosh", argument),
        "cosh": _inverted("sinh", argument),
        "log": add([mul([argument, body]), neg(argument)]),
        "ln": add([mul([argument, body]), neg(argument)]),
        "tan": neg(_inverted("log", _inverted("cos", argument))),
    }
    return div(forms[name], slope) if name in forms else None


def _of_fraction(above: list[Node], below: list[Node], x: Symbol) -> Node | None:
    if len(above) == 1 and not below:
        return antiderivative(above[0], x)
    above = [f for f in above if f != ONE]
    if all(f == x or (isinstance(f, Power) and f.base == x) for f in (*above, *below)):
        exponents = [f.exponent if isinstance(f, Power) else ONE for f in above]
        exponents += [neg(f.exponent) if isinstance(f, Power) else neg(ONE) for f in below]
        values = [value_of(e) for e in exponents]
        total = number(sum(v for v in values if v is not None)) if None not in values else add(exponents)
        return _of_power(Power(x, total), x)
    if not above and len(below) == 1:
        (only,) = below
        if slope_in(only, x) is not None:
            return div(_inverted("log", only), slope_in(only, x) or ONE)
        if isinstance(only, Power) and not has(only.exponent, x) and slope_in(only.base, x) is not None:
            return _of_power(Power(only.base, neg(only.exponent)), x)
        if isinstance(only, Call) and only.function.name == "sqrt":
            inside = only.arguments[0]
            if slope_in(inside, x) is not None:
                return _of_power(Power(inside, neg(div(ONE, TWO))), x)
            if inside in (add([ONE, neg(power(x, TWO))]),):
                return _inverted("arcsin", x)
        if isinstance(only, Add):
            squares = [t for t in terms_of(only) if t == power(x, TWO)]
            rest = [t for t in terms_of(only) if not has(t, x)]
            if len(squares) == 1 and len(rest) == len(terms_of(only)) - 1:
                a = add(rest)
                if a == ONE:
                    return _inverted("arctan", x)
                if isinstance(a, Power) and a.exponent == TWO:
                    return div(_inverted("arctan", div(x, a.base)), a.base)
        if (
            isinstance(only, Power)
            and only.exponent == TWO
            and isinstance(only.base, Call)
            and only.base.arguments == (x,)
        ):
            name = only.base.function.name
            if name == "cos":
                return _inverted("tan", x)
            if name == "sin":
                return neg(_inverted("cot", x))
    return None
