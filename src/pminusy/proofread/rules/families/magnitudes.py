"""Magnitudes of what does not change its sign over the range of an integral."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.rules.build import neg
from pminusy.proofread.rules.families.values import numeric
from pminusy.proofread.rules.letters import put_in
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import Call, Integral, Node, Norm, Number

_SAMPLES = (0.03, 0.21, 0.38, 0.5, 0.63, 0.79, 0.97)  # places in the range, as parts of its length


def _magnitude(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Integral) or node.low is None or node.high is None:
        return
    for place, put in places(node.body):
        inside = _inside(place)
        sign = 0 if inside is None else _sign(inside, node, setting)
        if inside is not None and sign:
            new = replace(node, body=put(inside if sign > 0 else neg(inside)))
            yield Move(
                new, f"In this range {tex(inside)} is {'not negative' if sign > 0 else 'not positive'}"
            )


def _inside(node: Node) -> Node | None:
    """What a magnitude is of."""
    if isinstance(node, Norm) and node.bar == "|" and node.order is None:
        return node.body
    if isinstance(node, Call) and node.function.name == "abs" and len(node.arguments) == 1:
        return node.arguments[0]
    return None


def _sign(inside: Node, integral: Integral, setting: Setting) -> int:
    """The sign at some points between limits that are numbers; zero where it is not the same, or not known."""
    assert integral.low is not None
    assert integral.high is not None
    low, high = numeric(integral.low), numeric(integral.high)
    if low is None or high is None:
        return 0
    at = (Number(f"{low + part * (high - low):.9f}") for part in _SAMPLES if low + part * (high - low) >= 0)
    below = (neg(Number(f"{-x:.9f}")) for part in _SAMPLES if (x := low + part * (high - low)) < 0)
    values = [numeric(put_in(inside, {integral.variable.name: x}, setting)) for x in (*at, *below)]
    if None in values:
        return 0
    signs = {value > 0 for value in values if value}
    return 0 if len(signs) != 1 else 1 if signs.pop() else -1


RULES = (
    Rule(
        "magnitude by its sign",
        "magnitude put in",
        _magnitude,
        Example(r"\int_0^1 |\sin x| dx", r"\int_0^1 \sin x \, dx"),
    ),
)
