"""What is asked about an integral: what became of it, and how that came about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from pminusy.proofread.rules.build import ONE, div, factors_of, mul, neg
from pminusy.proofread.rules.keys import Keys
from pminusy.proofread.rules.lines import Line
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Between, Derivative, Divide, Integral, Negative, Node, Symbol

Equal: TypeAlias = Callable[[Node, Node], bool]
Way: TypeAlias = Callable[[Node, Node], list[Line]]
MOST_LINES = 2  # that rewrite an integrand


@dataclass(frozen=True)
class Asked:
    """An integral and what became of it.

    Attributes
    ----------
    left, right : Node
        The formula with the integral, and the one that it became.
    integral : Integral
        The integral of the left formula.
    integrand : Node
        Its integrand with what stands in front of the integral.
    equal : callable
        Tests at random points whether two formulas are equal.
    way : callable
        Finds the lines that lead from one formula to another.
    """

    left: Node
    integral: Integral
    integrand: Node
    right: Node
    keys: Keys
    equal: Equal
    way: Way

    @property
    def setting(self) -> Setting:
        """The surroundings of the step."""
        return self.keys.setting

    def rewritten(self, integrand: Node, about: str) -> list[Line]:
        """The few lines to the same integral with another integrand; none where it looks the same or is far off."""
        new = replace(self.integral, body=integrand)
        return self.between(self.left, self.integrand, new, integrand, about)

    def between(self, before: Node, old: Node, after: Node, new: Node, about: str) -> list[Line]:
        """The lines from one integral to another that differ in their integrands, the old and the new one."""
        keys = self.keys
        if keys.shape(old) == keys.shape(new):
            return []
        value = keys.algebra(old)
        if value is not None and value == keys.algebra(new):
            return [Line("rearrange", about, after)]
        lines = self.way(before, after)
        return lines if len(lines) <= MOST_LINES else []


def asked_of(left: Node, right: Node, keys: Keys, equal: Equal, way: Way) -> Asked | None:
    """The question how the only integral of a product became something else."""
    scale, integral = scaled_integral(left)
    if integral is None:
        return None
    return Asked(left, integral, mul([scale, integral.body]), right, keys, equal, way)


def scaled_integral(node: Node) -> tuple[Node, Integral | None]:
    """The factor in front of the only integral of a product, and that integral."""
    if isinstance(node, Negative):
        scale, integral = scaled_integral(node.body)
        return neg(scale), integral
    factors = factors_of(node)
    found = [f for f in factors if isinstance(f, Integral)]
    if len(found) != 1:
        if isinstance(node, Divide):
            scale, integral = scaled_integral(node.numerator)
            return div(scale, node.denominator), integral
        return ONE, None
    return mul([f for f in factors if f is not found[0]]), found[0]


def scaled_between(node: Node) -> tuple[Node, Between | None]:
    """The factor in front of the only value between limits of a product, and that value."""
    if isinstance(node, Negative):
        scale, inside = scaled_between(node.body)
        return neg(scale), inside
    factors = factors_of(node)
    found = [f for f in factors if isinstance(f, Between)]
    return (mul([f for f in factors if f is not found[0]]), found[0]) if len(found) == 1 else (ONE, None)


def derivative_by(x: Symbol, body: Node) -> Node:
    """The derivative, not worked out."""
    return Derivative(body, (x,), "operator", "d")
