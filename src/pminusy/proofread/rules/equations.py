"""An equation that follows from earlier ones: the same done to both sides, or one thing put in for another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pminusy.proofread.rules.build import add, div, mul, neg, split_fraction, terms_of
from pminusy.proofread.rules.families.exponentials import exponent_of
from pminusy.proofread.rules.keys import Keys
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.setting import Known
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Integral,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    transform,
)

_EXP = Symbol("exp")
MOST_EARLIER = 6  # equations that are tried, the nearest first


@dataclass(frozen=True)
class Followed:
    """An equation that follows: the rule, a sentence, and the lines that it rests on."""

    rule: str
    sentence: str


@dataclass(frozen=True)
class Equations:
    """Looks for an earlier equation that the one at hand follows from."""

    keys: Keys
    tidy: Tidy
    earlier: tuple[Known, ...]

    def follows(self, left: Node, right: Node) -> Followed | None:
        """How the equation follows from an earlier one in one step; None where that is not seen."""
        near = self._near()
        for known in near:
            a, b = self.tidy(known.left), self.tidy(known.right)
            for one, other in ((a, b), (b, a)):
                found = self._both_sides(one, other, left, right)
                if found is not None:
                    return Followed(found[0], f"{found[1]} (line {known.line}).")
        return self._put_in(near, left, right)

    def _near(self) -> list[Known]:
        return sorted(self.earlier, key=lambda known: -known.line)[:MOST_EARLIER]

    def _same(self, one: Node, other: Node) -> bool:
        return self.keys.shape(one) == self.keys.shape(other)

    def _both_sides(self, a: Node, b: Node, left: Node, right: Node) -> tuple[str, str] | None:
        for way in (self._operated, self._multiplied, self._added):
            found = way(a, b, left, right)
            if found is not None:
                return found
        return None

    def _operated(self, a: Node, b: Node, left: Node, right: Node) -> tuple[str, str] | None:
        """The derivative, integral, power or function of both sides."""
        for outer in self._operations(a, left):
            if self._same(self.tidy(outer[2](b)), right):
                return outer[0], outer[1]
        for outer in self._operations(b, right):
            if self._same(self.tidy(outer[2](a)), left):
                return outer[0], outer[1]
        return None

    def _operations(self, inner: Node, whole: Node) -> Iterator[tuple[str, str, Callable[[Node], Node]]]:
        """The operations that make the whole from its inner part."""
        if isinstance(whole, Derivative) and self._same(whole.body, inner):
            x = whole.variables
            yield (
                "differentiate both sides",
                f"Both sides are differentiated by {tex(x[-1])}",
                lambda e: Derivative(e, x, "operator"),
            )
        if isinstance(whole, Derivative) and isinstance(inner, Derivative):
            more = list(whole.variables)
            for v in inner.variables:
                if v in more:
                    more.remove(v)
            if more and self._same(Derivative(inner, tuple(more)), whole):
                rest = tuple(more)
                yield (
                    "differentiate both sides",
                    f"Both sides are differentiated by {tex(rest[-1])}",
                    lambda e: Derivative(e, rest, "operator"),
                )
        if isinstance(whole, Integral) and self._same(whole.body, inner):
            yield (
                "integrate both sides",
                f"Both sides are integrated over {tex(whole.variable)}",
                lambda e: Integral(whole.variable, whole.low, whole.high, e),
            )
        if isinstance(whole, Power) and self._same(whole.base, inner):
            yield (
                "raise both sides to a power",
                f"Both sides are raised to the power {tex(whole.exponent)}",
                lambda e: Power(e, whole.exponent),
            )
        exponent = exponent_of(whole)
        if exponent is not None and self._same(exponent, inner):
            yield (
                "apply a function to both sides",
                "The exponential of both sides",
                lambda e: Call(_EXP, (e,)),
            )
        if isinstance(whole, Call) and len(whole.arguments) == 1 and self._same(whole.arguments[0], inner):
            yield (
                "apply a function to both sides",
                f"${whole.function.name}$ of both sides",
                lambda e: Call(whole.function, (e,), whole.primes),
            )

    def _multiplied(self, a: Node, b: Node, left: Node, right: Node) -> tuple[str, str] | None:
        for inner, whole, other, other_whole in ((a, left, b, right), (b, right, a, left)):
            factor = self._quotient(whole, inner)
            if factor is None:
                continue
            if self._equal(mul([factor, other]), other_whole):
                above, below = split_fraction(factor)
                by = mul(above)
                if not below:
                    return "multiply both sides", f"Both sides are multiplied by {tex(by)}"
                if by == Number("1"):
                    return "divide both sides", f"Both sides are divided by {tex(mul(below))}"
                return "multiply both sides", f"Both sides are multiplied by {tex(factor)}"
        return None

    def _quotient(self, whole: Node, inner: Node) -> Node | None:
        """What the inner part was multiplied by, where that can be seen."""
        if self._same(whole, inner):
            return None
        ups, downs = split_fraction(whole)
        mine, mine_below = split_fraction(inner)
        keys = self.keys
        for factor in mine:
            match = next((f for f in ups if keys.shape(f) == keys.shape(factor)), None)
            if match is None:
                return div(whole, inner) if whole == Number("1") else None
            ups.remove(match)
        for factor in mine_below:
            match = next((f for f in downs if keys.shape(f) == keys.shape(factor)), None)
            if match is None:
                ups.append(factor)
            else:
                downs.remove(match)
        return div(mul(ups), mul(downs))

    def _added(self, a: Node, b: Node, left: Node, right: Node) -> tuple[str, str] | None:
        for inner, whole, other, other_whole in ((a, left, b, right), (b, right, a, left)):
            rest = self._difference(whole, inner)
            if rest and self._equal(add([other, *rest]), other_whole):
                if all(isinstance(term, Negative) for term in rest):
                    return (
                        "subtract from both sides",
                        f"{tex(add(neg(t) for t in rest))} is subtracted from both sides",
                    )
                return "add to both sides", f"{tex(add(rest))} is added to both sides"
        return None

    def _difference(self, whole: Node, inner: Node) -> list[Node] | None:
        """The terms of the whole that the inner part does not have."""
        terms = terms_of(whole)
        for term in terms_of(inner):
            match = next((t for t in terms if self._same(t, term)), None)
            if match is None:
                return [neg(t) for t in terms_of(inner)] if whole == Number("0") else None
            terms.remove(match)
        return terms

    def _equal(self, one: Node, other: Node) -> bool:
        value = self.keys.algebra(self.tidy(one))
        return value is not None and value == self.keys.algebra(other)

    def _put_in(self, near: list[Known], left: Node, right: Node) -> Followed | None:
        """One earlier equation put into another."""
        for first in near:
            a, b = self.tidy(first.left), self.tidy(first.right)
            for second in near:
                if second is first:
                    continue
                p, q = self.tidy(second.left), self.tidy(second.right)
                for old, new in ((p, q), (q, p)):
                    if isinstance(old, Number):
                        continue
                    if self._is_put_in((a, b), old, new, left, right):
                        rule = (
                            "put in the right side for the left"
                            if old is p
                            else "put in the left side for the right"
                        )
                        about = (
                            f"In line {first.line}, {tex(new)} is put in for {tex(old)} (line {second.line})."
                        )
                        return Followed(rule, about)
        return None

    def _is_put_in(self, equation: tuple[Node, Node], old: Node, new: Node, left: Node, right: Node) -> bool:
        key = self.keys.shape(old)
        sides = [self._replaced(side, key, new) for side in equation]
        if all(len(each) == 1 for each in sides):
            return False
        return any(
            (self._same(one, left) and self._same(other, right))
            or (self._same(one, right) and self._same(other, left))
            for one in sides[0]
            for other in sides[1]
            if one is not sides[0][0] or other is not sides[1][0]
        )

    def _replaced(self, side: Node, key: int, new: Node) -> list[Node]:
        """A side as it is, with all places changed, and with each alone."""
        found = [side]
        spots = [put for node, put in places(side) if self.keys.shape(node) == key]
        if spots:
            whole = transform(side, lambda node: new if self.keys.shape(node) == key else node)
            found.append(self.tidy(whole))
        if len(spots) > 1:
            found += [self.tidy(put(new)) for put in spots[:4]]
        return found
