"""The entry of a vector that is written as a whole."""

from __future__ import annotations

from dataclasses import replace

from pminusy.proofread.rules.build import E, add, div, factors_of, mul, neg, power, terms_of
from pminusy.proofread.rules.letters import spare
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Call,
    Divide,
    Fold,
    Multiply,
    Negative,
    Node,
    Symbol,
    walk,
)

_WHOLE = frozenset(["softmax"])


def entry_of(body: Node, index: Node, setting: Setting) -> Node | None:
    """The entry at an index; None where it is not seen how it is made."""
    if setting.is_number(body):
        return body
    match body:
        case Symbol():
            family, indices = setting.model.families.resolve(body)
            single = setting.model.axis_count(family) == len(indices) + 1
            return replace(body, lower=(*body.lower, index)) if single else None
        case Negative():
            inside = entry_of(body.body, index, setting)
            return None if inside is None else neg(inside)
        case Add():
            entries = [entry_of(term, index, setting) for term in terms_of(body)]
            return None if None in entries else add(e for e in entries if e is not None)
        case Divide() if setting.is_number(body.denominator):
            inside = entry_of(body.numerator, index, setting)
            return None if inside is None else div(inside, body.denominator)
        case Multiply():
            return _of_product(body, index, setting)
        case Call() if len(body.arguments) == 1:
            return _of_call(body, index, setting)
        case _:
            return None


def _of_product(body: Multiply, index: Node, setting: Setting) -> Node | None:
    fixed = [f for f in factors_of(body) if setting.is_number(f)]
    rest = [f for f in factors_of(body) if not setting.is_number(f)]
    if len(rest) == 1:
        inside = entry_of(rest[0], index, setting)
        return None if inside is None else mul([*fixed, inside])
    if len(rest) == 2 and all(isinstance(f, Symbol) for f in rest):
        matrix, vector = rest
        assert isinstance(matrix, Symbol)
        assert isinstance(vector, Symbol)
        counts = [
            setting.model.axis_count(setting.family(f)) - len(setting.indices(f)) for f in (matrix, vector)
        ]
        if counts == [2, 1]:
            letter = Symbol(spare({s.name for n in (body, index) for s in walk(n) if isinstance(s, Symbol)}))
            entries = [
                replace(matrix, lower=(*matrix.lower, index, letter)),
                replace(vector, lower=(*vector.lower, letter)),
            ]
            return mul([*fixed, Fold("sum", (Binding(letter),), mul(entries))])
    return None


def _of_call(body: Call, index: Node, setting: Setting) -> Node | None:
    argument = body.arguments[0]
    inside = entry_of(argument, index, setting)
    if inside is None or setting.is_number(argument):
        return None
    if body.function.name not in _WHOLE:
        return replace(body, arguments=(inside,), opening="(", closing=")")
    used = {s.name for n in (body, index) for s in walk(n) if isinstance(s, Symbol)}
    letter = Symbol(spare(used))
    each = entry_of(argument, letter, setting)
    return None if each is None else div(power(E, inside), Fold("sum", (Binding(letter),), power(E, each)))
