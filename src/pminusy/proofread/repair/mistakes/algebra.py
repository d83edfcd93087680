"""Rules of algebra applied wrongly: term by term, without a middle term, with a sign lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.repair import slips
from pminusy.proofread.repair.mistakes.mistake import Make, Mistake, Write
from pminusy.proofread.rules.build import ONE, TWO, E, add, div, factors_of, mul, neg, power, terms_of
from pminusy.proofread.rules.families.exponentials import exponent_of, exponential
from pminusy.proofread.rules.families.logarithms import LOGARITHMS, logarithm
from pminusy.proofread.rules.families.matrices import inner
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Fold,
    Multiply,
    Negative,
    Node,
    Norm,
    Power,
    Transpose,
)


def square(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """(a + b)² = a² + b², or with the middle term once or with the other sign; (ab)² = a b²."""
    if not isinstance(node, Power) or node.exponent != TWO:
        return
    base = node.base
    if isinstance(base, Add) and len(terms_of(base)) == 2:
        a, b = terms_of(base)
        squares = [power(a, TWO), power(_unsigned(b), TWO)]
        middle = mul([TWO, a, b])
        is_missing = f"The square of {write(base)} has a middle term, {write(middle)}"
        yield Mistake(add(squares), slips.MIDDLE_TERM, f"{is_missing}: it is missing.")
        yield Mistake(
            add([*squares, mul([a, b])]), slips.MIDDLE_TERM, f"{is_missing}: its factor 2 is missing."
        )
        yield Mistake(add([*squares, neg(middle)]), slips.SIGN, f"{is_missing}: its sign is turned.")
        lost = add([squares[0], middle, neg(squares[1])])
        yield Mistake(
            lost,
            slips.SIGN,
            f"In the square of {write(base)}, the last term {write(squares[1])} is positive.",
        )
        yield Mistake(
            add([squares[0], neg(squares[1])]),
            slips.MIDDLE_TERM,
            f"{is_missing}, and {write(squares[1])} is positive.",
        )
    if isinstance(base, Multiply):
        factors = factors_of(base)
        for n, factor in enumerate(factors):
            new = mul([*(power(each, TWO) for each in factors[:n] + factors[n + 1 :]), factor])
            yield Mistake(new, slips.POWER, f"In {write(node)}, {write(factor)} is squared, too.")


def _unsigned(node: Node) -> Node:
    return node.body if isinstance(node, Negative) else node


def squared_length(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """|a + b|² = |a|² + |b|², or with the middle term once or with the other sign."""
    base = _squared(node, setting)
    if not isinstance(base, Add) or len(terms_of(base)) != 2:
        return
    a, b = terms_of(base)
    squares = [inner(a, a), inner(_unsigned(b), _unsigned(b))]
    once = inner(a, _unsigned(b))
    once = neg(once) if isinstance(b, Negative) else once
    middle = mul([TWO, once])
    is_missing = f"{write(node)}, multiplied out, has a middle term, {write(middle)}"
    yield Mistake(add(squares), slips.MIDDLE_TERM, f"{is_missing}: it is missing.")
    yield Mistake(add([*squares, once]), slips.MIDDLE_TERM, f"{is_missing}: its factor 2 is missing.")
    yield Mistake(add([*squares, neg(middle)]), slips.SIGN, f"{is_missing}: its sign is turned.")
    negative = neg(squares[1])
    yield Mistake(
        add([squares[0], middle, negative]),
        slips.SIGN,
        f"In {write(node)}, the last term {write(squares[1])} is positive.",
    )


def _squared(node: Node, setting: Setting) -> Node | None:
    """The vector of which an expression is the squared length."""
    if isinstance(node, Power) and node.exponent == TWO and isinstance(node.base, Norm):
        return None if setting.is_number(node.base.body) else node.base.body
    factors = factors_of(node) if isinstance(node, Multiply) else []
    if len(factors) == 2 and isinstance(factors[0], Transpose) and factors[0].body == factors[1]:
        return factors[1]
    return None


def term_by_term(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """Logarithms, exponentials, roots and reciprocals of a sum taken of each term."""
    if isinstance(node, Call) and len(node.arguments) == 1 and not node.primes:
        argument, name = node.arguments[0], node.function.name
        if name in LOGARITHMS:
            if isinstance(argument, Add):
                yield _each(
                    node, add(_signed(t, lambda u: logarithm(u, node)) for t in terms_of(argument)), write
                )
            if isinstance(argument, Fold) and argument.kind == "sum":
                of_each = Fold("sum", argument.bindings, logarithm(argument.body, node), argument.condition)
                yield Mistake(
                    of_each,
                    slips.SUM_INSIDE,
                    f"{write(node)} is the logarithm of a sum, not a sum of logarithms.",
                )
        elif name == "sqrt" and isinstance(argument, Add):
            yield _each(
                node, add(_signed(t, lambda u: Call(node.function, (u,))) for t in terms_of(argument)), write
            )
    if isinstance(node, Divide) and isinstance(node.denominator, Add):
        parts = terms_of(node.denominator)
        yield _each(node, add(_signed(t, lambda u: div(node.numerator, u)) for t in parts), write)
    if isinstance(node, Power) and isinstance(node.base, Add) and node.exponent != TWO:
        parts = terms_of(node.base)
        yield _each(node, add(_signed(t, lambda u: power(u, node.exponent)) for t in parts), write)
    if isinstance(node, Norm) and isinstance(node.body, Add):
        yield _each(node, add(replace(node, body=_unsigned(t)) for t in terms_of(node.body)), write)
    exponent = exponent_of(node)
    if isinstance(exponent, Add):
        yield _each(node, add(exponential(t, node) for t in terms_of(exponent)), write)


def put_together(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """log a + log b = log(a + b), √a + √b = √(a + b), a/b + c/d = (a + c)/(b + d), log a log b = log(ab)."""
    parts = (
        terms_of(node) if isinstance(node, Add) else factors_of(node) if isinstance(node, Multiply) else []
    )
    if len(parts) != 2 or any(isinstance(part, Negative) for part in parts):
        return
    join = add if isinstance(node, Add) else mul
    one, other = parts
    if isinstance(one, Call) and isinstance(other, Call) and _is_one_of(one, other):
        whole = replace(one, arguments=(join([one.arguments[0], other.arguments[0]]),))
        yield Mistake(whole, slips.PUT_TOGETHER, f"{write(node)} is not {write(whole)}.")
    if isinstance(one, Divide) and isinstance(other, Divide) and isinstance(node, Add):
        above, below = add([one.numerator, other.numerator]), add([one.denominator, other.denominator])
        yield Mistake(
            Divide(above, below),
            slips.PUT_TOGETHER,
            f"{write(node)}: fractions are added over a common denominator.",
        )


def _is_one_of(one: Call, other: Call) -> bool:
    return one.function == other.function and len(one.arguments) == len(other.arguments) == 1


def cancelled(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """(a + b)/a = b or 1 + b: a denominator cancelled against one term only."""
    if not isinstance(node, Divide) or not isinstance(node.numerator, Add):
        return
    parts = terms_of(node.numerator)
    for n, term in enumerate(parts):
        if term == node.denominator:
            rest = parts[:n] + parts[n + 1 :]
            for left in ([], [ONE]):
                yield Mistake(
                    add([*left, *rest]),
                    slips.CANCELLED,
                    f"In {write(node)}, {write(term)} divides every term of the sum, not only one.",
                )


def _signed(term: Node, of):  # type: ignore[no-untyped-def]
    return neg(of(term.body)) if isinstance(term, Negative) else of(term)


def _each(node: Node, new: Node, write: Write) -> Mistake:
    return Mistake(
        new, slips.TERM_BY_TERM, f"{write(node)} is not {write(new)}: it is of the sum as a whole."
    )


def exponents(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """e^a e^b = e^{ab}, (e^a)^b = e^{a + b}, e^{-a} = -e^a."""
    if isinstance(node, Multiply):
        found = [f for f in factors_of(node) if exponent_of(f) is not None]
        if len(found) == 2:
            rest = [f for f in factors_of(node) if exponent_of(f) is None]
            product = mul(each for f in found if (each := exponent_of(f)) is not None)
            yield Mistake(
                mul([*rest, exponential(product, found[0])]),
                slips.EXPONENTS,
                f"In {write(mul(found))} the exponents are added, not multiplied.",
            )
    if isinstance(node, Power) and (inner := exponent_of(node.base)) is not None:
        yield Mistake(
            exponential(add([inner, node.exponent]), node.base),
            slips.EXPONENTS,
            f"In {write(node)} the exponents are multiplied, not added.",
        )
    exponent = exponent_of(node)
    if isinstance(exponent, Negative):
        yield Mistake(
            neg(exponential(exponent.body, node)),
            slips.EXPONENTS,
            f"{write(node)} is one over {write(power(E, exponent.body))}, not minus it.",
        )


def signs(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """-(a + b) = -a + b, c (a + b) = c a + b."""
    if isinstance(node, Negative) and isinstance(node.body, Add):
        first, *rest = terms_of(node.body)
        yield Mistake(
            add([neg(first), *rest]),
            slips.NOT_DISTRIBUTED,
            f"The minus before the parentheses applies to every term in {write(node.body)}.",
        )
    if isinstance(node, Multiply):
        factors = factors_of(node)
        for n, factor in enumerate(factors):
            if isinstance(factor, Add):
                others = factors[:n] + factors[n + 1 :]
                first, *rest = terms_of(factor)
                yield Mistake(
                    add([mul([*others, first]), *rest]),
                    slips.NOT_MULTIPLIED_OUT,
                    f"The factor {write(mul(others))} multiplies every term in {write(factor)}, not only the first.",
                )


KINDS: tuple[Make, ...] = (
    square,
    squared_length,
    term_by_term,
    put_together,
    cancelled,
    exponents,
    signs,
)
