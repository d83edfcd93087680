"""Products and fractions as bases with exponents: what cancels, combines and divides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from pminusy.proofread.deriving.ordering import in_order
from pminusy.proofread.rules.build import (
    E,
    add,
    div,
    factors_of,
    mul,
    neg,
    number,
    power,
    terms_of,
    value_of,
)
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.shapes import Shapes
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Multiply,
    Negative,
    Node,
    Power,
    Symbol,
)

_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Base:
    """Something that is raised to powers, and the part of its exponent that is no number."""

    node: Node
    exponent: Node | None = None

    def raised(self, times: Fraction) -> Node:
        """Its power."""
        if self.node == E and self.exponent is not None:
            return Power(E, _scaled(self.exponent, times))
        if self.exponent is not None:
            return Power(self.node, add([self.exponent, number(times)]))
        if times.denominator == 2:
            root = Call(Symbol("sqrt"), (self.node,))
            whole = power(self.node, number(times - _HALF))
            return root if times == _HALF else mul([whole, root])
        return power(self.node, number(times))


def _scaled(exponent: Node, times: Fraction) -> Node:
    if times == 1:
        return exponent
    coefficient = number(times)
    return mul([coefficient, exponent]) if not isinstance(exponent, Add) or abs(times) != 1 else neg(exponent)


@dataclass
class Monomial:
    """A number times powers of bases, which are told apart by their keys and keep their order."""

    coefficient: Fraction = Fraction(1)
    bases: dict[int, Base] = field(default_factory=dict)
    times: dict[int, Fraction] = field(default_factory=dict)

    def put(self, key: int, base: Base, times: Fraction) -> None:
        """Multiply by a power."""
        self.bases.setdefault(key, base)
        total = self.times.get(key, Fraction(0)) + times
        if (total == 0 and base.exponent is None) or (total == 0 and base.node == E):
            del self.bases[key]
            self.times.pop(key, None)
        else:
            self.times[key] = total

    def over(self, other: Monomial, times: int = 1) -> Monomial:
        """The product divided by a power of another."""
        left = Monomial(self.coefficient / other.coefficient**times, dict(self.bases), dict(self.times))
        for key, base in other.bases.items():
            if base.exponent is None or base.node == E:
                left.put(key, base, -times * other.times[key])
            elif times == 1 and key in left.bases:
                rest = left.times.pop(key) - other.times[key]
                del left.bases[key]
                if rest:
                    left.put(hash(("plain", key)), Base(base.node), rest)
            else:
                left.put(hash(("divided", key)), Base(base.raised(other.times[key])), Fraction(-times))
        return left

    def node(self) -> Node:
        """The product, with what has a negative exponent below the bar."""
        above: list[Node] = []
        below: list[Node] = []
        for key, base in self.bases.items():
            times = self.times[key]
            if times > 0 or (base.exponent is not None and base.node != E) or base.node == E:
                above.append(base.raised(times))
            else:
                below.append(base.raised(-times))
        coefficient = abs(self.coefficient)
        if coefficient.numerator != 1:
            above.insert(0, number(coefficient.numerator))
        if coefficient.denominator != 1:
            below.insert(0, number(coefficient.denominator))
        whole = div(mul(in_order(above)), mul(in_order(below)))
        return neg(whole) if self.coefficient < 0 else whole

    @property
    def kind(self) -> frozenset[tuple[int, Fraction]]:
        """What two like terms have in common."""
        return frozenset(self.times.items())


@dataclass
class Monomials:
    """Reads products, each once; `shape` tells bases apart."""

    shape: Shapes
    _done: dict[int, tuple[Node, Monomial]] = field(default_factory=dict)

    def read(self, node: Node) -> Monomial:
        """The product as powers of bases; it is shared and not to be changed."""
        if id(node) not in self._done:
            self._done[id(node)] = (node, self._read(node))
        return self._done[id(node)][1]

    def _read(self, node: Node) -> Monomial:
        found = Monomial()
        self._take(found, node, Fraction(1))
        for key, base in list(found.bases.items()):
            plain = self.shape(base.node) if base.exponent is not None and base.node != E else key
            if plain != key and plain in found.times:
                found.times[key] += found.times.pop(plain)
                del found.bases[plain]
        return found

    def _take(self, found: Monomial, node: Node, times: Fraction) -> None:
        value = value_of(node)
        if value is not None and times.denominator == 1 and value != 0:
            found.coefficient *= value ** int(times)
            return
        match node:
            case Multiply() if not self.shape.setting.is_scalar(node):
                found.put(self.shape(node), Base(node), times)
            case Multiply():
                for factor in factors_of(node):
                    self._take(found, factor, times)
            case Divide():
                self._take(found, node.numerator, times)
                self._take(found, node.denominator, -times)
            case Negative() if times.denominator == 1:
                found.coefficient *= Fraction(-1) ** int(times)
                self._take(found, node.body, times)
            case Call() if node.function.name == "sqrt" and not node.primes and not node.function.lower:
                self._take(found, node.arguments[0], times * _HALF)
            case Call() if node.function.name == "exp" and not node.primes:
                self._exponential(found, node.arguments[0], times)
            case Power() if node.base == E:
                self._exponential(found, node.exponent, times)
            case Power():
                self._power(found, node, times)
            case Add():
                self._sum(found, node, times)
            case _:
                found.put(self.shape(node), Base(node), times)

    def _power(self, found: Monomial, node: Power, times: Fraction) -> None:
        value = value_of(node.exponent)
        if value is not None:
            self._take(found, node.base, times * value)
            return
        whole, rest = Fraction(0), []
        for term in terms_of(node.exponent):
            value = value_of(term)
            if value is None:
                rest.append(term)
            else:
                whole += value
        exponent = add(rest)
        if times != 1:
            found.put(self.shape(node), Base(node), times)
            return
        key = hash((self.shape(node.base), self.shape(exponent)))
        found.put(key, Base(node.base, exponent), whole)

    def _exponential(self, found: Monomial, exponent: Node, times: Fraction) -> None:
        """A power of e: the number in front of its exponent counts as how often it stands there."""
        inner = exponent
        sign = Fraction(1)
        if isinstance(inner, Negative):
            inner, sign = inner.body, Fraction(-1)
        key = hash(("exponential", self.shape(inner)))
        found.put(key, Base(E, inner), sign * times)

    def _sum(self, found: Monomial, node: Add, times: Fraction) -> None:
        """A sum, in which the first term that stands in some fixed order is positive."""
        key, other = self.shape(node), self.shape(neg_sum(node))
        if times.denominator == 1 and other in found.bases and key not in found.bases:
            found.coefficient *= Fraction(-1) ** int(times)
            found.put(other, found.bases[other], times)
        else:
            found.put(key, Base(node), times)


def monomials(setting: Setting) -> Monomials:
    """What reads products in a setting."""
    found = setting.memory.get("monomials")
    if found is None:
        found = setting.memory["monomials"] = Monomials(Shapes(setting))
    assert isinstance(found, Monomials)
    return found


def neg_sum(node: Add) -> Node:
    """The sum with the signs of its terms turned."""
    return add(neg(term) for term in terms_of(node))


def collected(terms: Iterable[Monomial]) -> list[Monomial]:
    """Like terms put together; those that cancel are left out."""
    kinds: dict[frozenset[tuple[int, Fraction]], Monomial] = {}
    for term in terms:
        if term.kind in kinds:
            kinds[term.kind].coefficient += term.coefficient
        else:
            kinds[term.kind] = Monomial(term.coefficient, dict(term.bases), dict(term.times))
    return [term for term in kinds.values() if term.coefficient]


def ordered(terms: Iterable[Node]) -> Node:
    """The sum, with a term that has no minus first."""
    listed = list(terms)
    first = next((n for n, term in enumerate(listed) if not isinstance(term, Negative)), 0)
    return add([listed[first], *listed[:first], *listed[first + 1 :]] if listed else [])
