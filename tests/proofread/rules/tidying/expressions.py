"""Expressions of numbers, drawn at random, and what they are worth."""

from __future__ import annotations

import math

from hypothesis import strategies as st

from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Group,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
)

VALUES = {"x": 1.3, "y": 0.7, "z": 2.1}

_leaves = st.one_of(
    st.sampled_from([Symbol(name) for name in VALUES]),
    st.integers(0, 6).map(lambda n: Number(str(n))),
)


def _grown(inner):
    pairs = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        pairs.map(lambda parts: Add(tuple(parts))),
        pairs.map(lambda parts: Multiply(tuple(parts), ("",) * (len(parts) - 1))),
        st.tuples(inner, inner).map(lambda sides: Divide(*sides)),
        st.tuples(inner, st.integers(0, 3)).map(lambda p: Power(p[0], Number(str(p[1])))),
        inner.map(Negative),
        inner.map(Group),
        inner.map(lambda body: Call(Symbol("exp"), (body,))),
        inner.map(lambda body: Call(Symbol("sqrt"), (Power(body, Number("2")),))),
    )


def expressions():
    return st.recursive(_leaves, _grown, max_leaves=9)


def worth(node: Node) -> float:
    """The value of an expression at `VALUES`; not a number where it has none."""
    try:
        return _worth(node)
    except (ZeroDivisionError, OverflowError):
        return math.nan


def _worth(node: Node) -> float:
    match node:
        case Number():
            return float(node.text)
        case Symbol():
            return VALUES[node.name]
        case Add():
            return sum(map(_worth, node.terms))
        case Multiply():
            return math.prod(map(_worth, node.factors))
        case Divide():
            return _worth(node.numerator) / _worth(node.denominator)
        case Power():
            return _worth(node.base) ** _worth(node.exponent)
        case Negative():
            return -_worth(node.body)
        case Group():
            return _worth(node.body)
        case Call():
            argument = _worth(node.arguments[0])
            return math.exp(argument) if node.function.name == "exp" else math.sqrt(argument)
    raise AssertionError(node)
