"""Values by cases, and the larger of two: their derivatives, and factors taken into the cases or out of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.rules.build import ONE, TWO, ZERO, add, factors_of, mul, neg, terms_of
from pminusy.proofread.rules.families.operator import and_chain, by, inner_slope, moves_with, wrapped
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import (
    Add,
    Branch,
    Call,
    Cases,
    Delta,
    Derivative,
    Multiply,
    Negative,
    Node,
    Norm,
    Relation,
    Symbol,
)

_TURNED = {">": "<", "<": ">", r"\ge": r"\le", r"\le": r"\ge"}


def _by_cases(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Derivative) and isinstance(node.body, Cases):
        branches = tuple(
            Branch(by(b.value, node) if moves_with(b.value, node, setting) else ZERO, b.condition)
            for b in node.body.branches
        )
        yield Move(wrapped(Cases(branches), node), "Each case is differentiated where it applies")


def _larger(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Derivative) or not isinstance(node.body, Call):
        return
    call = node.body
    if call.function.name not in ("max", "min") or len(call.arguments) != TWO.value or call.primes:
        return
    u, v = call.arguments
    first, second = (v, u) if u == ZERO else (u, v)
    operator = ">" if call.function.name == "max" else "<"
    slopes = [by(each, node) if moves_with(each, node, setting) else ZERO for each in (first, second)]
    cases = Cases((Branch(slopes[0], _compared(first, operator, second)), Branch(slopes[1], None)))
    which = "larger" if operator == ">" else "smaller"
    yield Move(wrapped(cases, node), f"The derivative is that of the {which} one of the two")


def _compared(left: Node, operator: str, right: Node) -> Relation:
    """The comparison, with what is subtracted brought to the other side."""
    if right == ZERO and isinstance(left, Add):
        kept = [t for t in left.terms if not isinstance(t, Negative)]
        moved = [t.body for t in left.terms if isinstance(t, Negative)]
        if len(kept) == 1 and len(moved) == 1:
            return Relation(_TURNED[operator], moved[0], kept[0])
    return Relation(operator, left, right)


def _magnitude(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Derivative) and isinstance(node.body, Norm) and node.body.bar == "|":
        inside = node.body.body
        if setting.is_number(inside) and moves_with(inside, node, setting):
            new = mul([Call(Symbol("sign"), (inside,)), *inner_slope(inside, node)])
            yield Move(
                wrapped(new, node), "The derivative of the magnitude is the sign" + and_chain(inside, node)
            )


def _times(node: Node, setting: Setting) -> Iterator[Move]:
    """A factor, or a sign, taken into the cases."""
    if isinstance(node, Negative) and isinstance(node.body, Cases):
        yield Move(_mapped(node.body, neg), "The minus sign applies to every case")
    if not isinstance(node, Multiply):
        return
    factors = factors_of(node)
    for n, factor in enumerate(factors):
        if isinstance(factor, Cases):
            before, after = factors[:n], factors[n + 1 :]
            new = _mapped(factor, lambda value: mul([*before, value, *after]))  # noqa: B023
            yield Move(new, "A factor multiplies every case")
            return


def _mapped(node: Cases, change) -> Cases:  # type: ignore[no-untyped-def]
    return Cases(tuple(replace(branch, value=change(branch.value)) for branch in node.branches))


def _delta_out(node: Node, setting: Setting) -> Iterator[Move]:
    """A delta that all cases but those of zero have, before the cases."""
    if not isinstance(node, Cases):
        return
    deltas: set[Delta] | None = None
    for branch in node.branches:
        if branch.value != ZERO:
            own = {f for f in factors_of(_unsigned(branch.value)) if isinstance(f, Delta)}
            deltas = own if deltas is None else deltas & own
    for delta in sorted(deltas or (), key=repr):
        cases = _mapped(node, lambda value: _without(value, delta))  # noqa: B023
        yield Move(mul([delta, cases]), f"{tex(delta)} is a factor of every case")


def _unsigned(node: Node) -> Node:
    return node.body if isinstance(node, Negative) else node


def _without(node: Node, delta: Delta) -> Node:
    if isinstance(node, Negative):
        return neg(_without(node.body, delta))
    factors = factors_of(node)
    return node if delta not in factors else mul([f for f in factors if f != delta] or [ONE])


def _where_zero(node: Node, setting: Setting) -> Iterator[Move]:
    """Cases of which the others are zero, as the one is there by its factor max(0, u)."""
    if not isinstance(node, Cases) or len(node.branches) != TWO.value or node.branches[1].value != ZERO:
        return
    value, condition = node.branches[0].value, node.branches[0].condition
    for factor in factors_of(_unsigned(value)):
        if isinstance(factor, Call) and factor.function.name == "max" and ZERO in factor.arguments:
            other = next((a for a in factor.arguments if a != ZERO), ZERO)
            if condition == _compared(other, ">", ZERO):
                yield Move(value, f"Where the condition fails, {tex(factor)} is zero by itself")


def _sign(node: Node, setting: Setting) -> Iterator[Move]:
    """A number times its sign."""
    if not isinstance(node, Multiply):
        return
    factors = factors_of(node)
    for factor in factors:
        if isinstance(factor, Call) and factor.function.name == "sign" and factor.arguments[0] in factors:
            inside = factor.arguments[0]
            rest = list(factors)
            rest.remove(factor)
            rest.remove(inside)
            yield Move(mul([*rest, Norm(inside, None, "|")]), "A number times its sign is its magnitude")


def _sum_of_cases(node: Node, setting: Setting) -> Iterator[Move]:
    """Terms added to cases under the same conditions."""
    if not isinstance(node, Add):
        return
    cases = [t for t in terms_of(node) if isinstance(t, Cases)]
    for n, one in enumerate(cases):
        for other in cases[n + 1 :]:
            if [b.condition for b in one.branches] == [b.condition for b in other.branches]:
                both = tuple(
                    Branch(add([a.value, b.value]), a.condition)
                    for a, b in zip(one.branches, other.branches, strict=True)
                )
                rest = [t for t in terms_of(node) if t is not one and t is not other]
                yield Move(add([Cases(both), *rest]), "Both have the same cases")


_CASES = r"\begin{cases} %s & \text{if } x > 0 \\ %s & \text{otherwise} \end{cases}"
DERIVATIVES = (
    Rule(
        "derivative by cases",
        "derivative of cases recognised",
        _by_cases,
        Example(
            r"\frac{d}{dx} " + _CASES % ("x^2", "x"),
            _CASES % (r"\frac{d}{dx} x^2", r"\frac{d}{dx} x"),
        ),
    ),
    Rule(
        "derivative of a maximum",
        "derivative of a maximum recognised",
        _larger,
        Example(r"\frac{d}{dx} \max(0, x)", _CASES % (r"\frac{d}{dx} x", "0")),
    ),
    Rule(
        "derivative of a magnitude",
        "derivative of a magnitude recognised",
        _magnitude,
        Example(r"\frac{d}{dx} |x^2 - a|", r"\mathrm{sign}(x^2 - a) \frac{d}{dx} (x^2 - a)"),
    ),
)
CASES = (
    Rule(
        "factor into the cases",
        "factor out of the cases",
        _times,
        Example("a " + _CASES % ("x", "0"), _CASES % ("a x", "0")),
    ),
    Rule(
        "delta out of the cases",
        "delta into the cases",
        _delta_out,
        Example(_CASES % (r"z_j \delta_{ij}", "0"), r"\delta_{ij} " + _CASES % ("z_j", "0")),
    ),
    Rule(
        "cases that vanish by themselves",
        "cases written out",
        _where_zero,
        Example(_CASES % (r"\max(0, x) a", "0"), r"\max(0, x) a"),
    ),
    Rule(
        "number times its sign",
        "magnitude as a product",
        _sign,
        Example(r"a x \, \mathrm{sign}(x)", "a |x|"),
    ),
    Rule(
        "cases put together",
        "cases of a sum",
        _sum_of_cases,
        Example(_CASES % ("a", "b") + " + " + _CASES % ("x", "0"), _CASES % ("a + x", "b + 0")),
    ),
)
RULES = (*DERIVATIVES, *CASES)
