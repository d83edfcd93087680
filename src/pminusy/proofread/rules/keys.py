r"""What makes two formulas the same to the search for reasons.

- `Keys.algebra`: a value in which every sum, product, fraction and power with a number is computed, modulo a large
  prime, and everything else is a number drawn from its own key. Formulas with equal values differ by rearranging sums,
  products and fractions only. Vectors and matrices are 2 × 2 matrices, so that their products keep their order.
- `Keys.shape`: a key that ignores only the order of terms and factors, parentheses, signs and the names of bound
  letters.

Bound letters are named by how many sums their own sum contains, so that a sum has one key wherever it stands.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any, TypeAlias

from pminusy.proofread.rules.build import E, factors_of, split_fraction, terms_of, value_of
from pminusy.proofread.rules.places import parts
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Derivative,
    Divide,
    Fold,
    Group,
    Integral,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Span,
    Symbol,
    Transpose,
    walk,
)

PRIME = (1 << 61) - 1
HIGHEST = 12  # power with a number that is multiplied out
Matrix2: TypeAlias = tuple[int, int, int, int]
Value: TypeAlias = int | Matrix2
Bound: TypeAlias = tuple[tuple[str, int], ...]
_SAME = {"ln": "log"}
_HALF = Fraction(1, 2)


class _NoValue(Exception):
    """Raised for a division by zero."""


@dataclass
class Keys:
    """Keys of formulas in one setting; those of shared parts are computed once."""

    setting: Setting
    _algebra: dict[tuple[int, Bound], tuple[Node, Value]] = field(default_factory=dict)
    _shape: dict[tuple[int, Bound], tuple[Node, Any]] = field(default_factory=dict)

    def algebra(self, node: Node) -> Value | None:
        """The value modulo a prime; None where something is divided by zero."""
        try:
            return self._value(node, ())
        except _NoValue:
            return None

    def shape(self, node: Node) -> int:
        """The key up to order and signs."""
        return hash(self._product(node, ()))

    def features(self, node: Node) -> frozenset[Value]:
        """The values of all parts but sums, products and numbers: what a formula is made of."""
        found = set[Value]()
        self._collect(node, (), found)
        return frozenset(found)

    def _collect(self, node: Node, bound: Bound, found: set[Value]) -> None:
        if isinstance(node, Add | Multiply | Negative | Divide | Group):
            pass
        elif not isinstance(node, Number):
            try:
                found.add(self._value(node, bound))
            except _NoValue:
                return
        if isinstance(node, Fold):
            bound = _with_bindings(node, bound)
        elif isinstance(node, Integral):
            bound = (*bound, (node.variable.name, _height(node)))
        for child in parts(node):
            self._collect(child, bound, found)

    # The value modulo a prime

    def _value(self, node: Node, bound: Bound) -> Value:
        key = (id(node), bound)
        if key not in self._algebra:
            self._algebra[key] = (node, self._computed(node, bound))
        return self._algebra[key][1]

    def _computed(self, node: Node, bound: Bound) -> Value:
        match node:
            case Number():
                return _fraction(node.value)
            case Group():
                return self._value(node.body, bound)
            case Negative():
                return _scaled(-1, self._value(node.body, bound))
            case Add():
                total: Value = 0
                for term in node.terms:
                    total = _plus(total, self._value(term, bound))
                return total
            case Multiply():
                return self._multiplied(node, bound)
            case Divide():
                below = self._value(node.denominator, bound)
                if isinstance(below, int):
                    return _scaled(_inverse(below), self._value(node.numerator, bound))
            case Power():
                return self._raised(node, bound)
            case Transpose():
                value = self._value(node.body, bound)
                return value if isinstance(value, int) else (value[0], value[2], value[1], value[3])
            case _:
                pass
        return self._drawn(node, bound)

    def _multiplied(self, node: Multiply, bound: Bound) -> Value:
        product = self._value(node.factors[0], bound)
        for sign, factor in zip(node.signs, node.factors[1:], strict=True):
            value = self._value(factor, bound)
            both = not isinstance(product, int) and not isinstance(value, int)
            product = _entrywise(product, value) if both and sign == r"\odot" else _times(product, value)
        return product

    def _raised(self, node: Power, bound: Bound) -> Value:
        exponent = value_of(node.exponent)
        if exponent is not None and exponent.denominator == 1 and abs(exponent) <= HIGHEST:
            base = self._value(node.base, bound)
            product: Value = 1
            for _ in range(abs(int(exponent))):
                product = _times(product, base)
            return product if exponent >= 0 else _reciprocal(product)
        return self._drawn(node, bound)

    def _drawn(self, node: Node, bound: Bound) -> Value:
        seed = hash(self._parts(node, bound, self._value)) % PRIME
        if self.setting.is_scalar(node) or bound and isinstance(node, Symbol) and not node.indices:
            return seed
        return (seed, seed * seed % PRIME, pow(seed, 3, PRIME), pow(seed, 5, PRIME))

    def _parts(self, node: Node, bound: Bound, of: Any) -> tuple[Any, ...]:
        """What a node that is no sum or product is made of, each part by its key."""
        match node:
            case Symbol() if not node.indices:
                return next((("bound", place) for name, place in reversed(bound) if name == node.name), (node.name,))
            case Symbol():
                return (node.name, *(of(i, bound) for i in node.upper), "", *(of(i, bound) for i in node.lower))
            case Power() if node.base == E:
                return ("exp", of(node.exponent, bound))
            case Power() if value_of(node.exponent) == _HALF:
                return ("sqrt", of(node.base, bound))
            case Call():
                name = _SAME.get(node.function.name, node.function.name)
                indices = (of(index, bound) for index in node.function.indices)
                return (name, node.primes, *indices, "", *(of(each, bound) for each in node.arguments))
            case Derivative():
                body, variables = node.body, list(node.variables)
                while isinstance(body, Derivative | Group):
                    variables += body.variables if isinstance(body, Derivative) else ()
                    body = body.body
                return ("derivative", of(body, bound), *sorted(hash(of(v, bound)) for v in variables))
            case Fold():
                return self._fold(node, bound, of)
            case Integral():
                inner = (*bound, (node.variable.name, _height(node)))
                limits = [limit and of(limit, bound) for limit in (node.low, node.high)]
                return ("integral", *limits, of(node.body, inner))
            case _:
                return (type(node).__name__, *(_field(getattr(node, f), bound, of) for f in _names(node)))

    def _fold(self, node: Fold, bound: Bound, of: Any) -> tuple[Any, ...]:
        inner = _with_bindings(node, bound)
        limits = [
            limit and of(limit, bound) for binding in node.bindings for limit in (binding.low, binding.high)
        ]
        condition = 0 if node.condition is None else self._condition(node.condition, inner, of)
        return (node.kind, len(node.bindings), *limits, condition, of(node.body, inner))

    def _condition(self, node: Node, bound: Bound, of: Any) -> int:
        names = _names(node)
        found = [_field(getattr(node, name), bound, of) for name in names if name != "operator"]
        operator = getattr(node, "operator", type(node).__name__)
        return hash((operator, *(sorted(map(hash, found)) if operator in ("=", r"\ne") else found)))

    # The key up to order

    def _product(self, node: Node, bound: Bound) -> Any:
        key = (id(node), bound)
        if key not in self._shape:
            self._shape[key] = (node, self._monomial(node, bound))
        return self._shape[key][1]

    def _monomial(self, node: Node, bound: Bound) -> Any:
        node = _ungrouped(node)
        coefficient = Fraction(1)
        ordered: list[Any] = []
        sides: list[Counter[Any]] = []
        for factors in split_fraction(_ungrouped(node)):
            loose = Counter[Any]()
            for factor in (f for each in factors for f in factors_of(_ungrouped(each))):
                value = value_of(factor)
                if value is not None and (value or not sides):
                    coefficient = coefficient * value if not sides else coefficient / value
                    continue
                base, times = _repeated(factor)
                if isinstance(base, Add):
                    key, sign = self._sum(base, bound)
                    coefficient *= sign**times
                else:
                    key = hash(self._parts(base, bound, self._product))
                if self.setting.is_scalar(factor):
                    loose[key] += times
                else:
                    ordered.append((key, times))
            sides.append(loose)
        return (coefficient, tuple(ordered), *(frozenset(side.items()) for side in sides))


    def _sum(self, node: Add, bound: Bound) -> tuple[int, int]:
        """The key of a sum up to its sign, and the sign that makes its first term positive in some fixed order."""
        terms = Counter[tuple[Fraction, int]]()
        for term in terms_of(node):
            coefficient, *rest = self._product(term, bound)
            terms[coefficient, hash(tuple(rest))] += 1
        first = min(terms, key=lambda term: (term[1], abs(term[0])))
        sign = -1 if first[0] < 0 else 1
        return hash(("+", frozenset((c * sign, rest, n) for (c, rest), n in terms.items()))), sign


def _ungrouped(node: Node) -> Node:
    while isinstance(node, Group):
        node = node.body
    return node


def _repeated(factor: Node) -> tuple[Node, int]:
    """A factor and how often it stands there."""
    if isinstance(factor, Power) and factor.base != E:
        value = value_of(factor.exponent)
        if value is not None and value.denominator == 1 and value > 0:
            return _ungrouped(factor.base), int(value)
    return factor, 1


def _with_bindings(node: Fold, bound: Bound) -> Bound:
    height = _height(node)
    return (*bound, *((b.index.name, height + n) for n, b in enumerate(node.bindings)))


def _height(node: Fold | Integral) -> int:
    """How many letters are bound inside a sum or integral."""
    found = 0
    for each in walk(node.body):
        found += len(each.bindings) if isinstance(each, Fold) else isinstance(each, Integral)
    return found


def _names(node: Node) -> tuple[str, ...]:
    return tuple(f.name for f in fields(node) if f.name not in ("span", "mark", "slash", "form", "opening", "closing"))


def _field(value: Any, bound: Bound, of: Any) -> Any:
    if isinstance(value, Node):
        return of(value, bound)
    if isinstance(value, tuple):
        return tuple(_field(item, bound, of) for item in value)
    return None if isinstance(value, Span) else value


def _fraction(value: Fraction) -> int:
    return value.numerator * _inverse(value.denominator % PRIME) % PRIME


def _inverse(value: int) -> int:
    if value % PRIME == 0:
        raise _NoValue
    return pow(value, -1, PRIME)


def _scaled(number: int, value: Value) -> Value:
    if isinstance(value, int):
        return number * value % PRIME
    a, b, c, d = value
    return (number * a % PRIME, number * b % PRIME, number * c % PRIME, number * d % PRIME)


def _plus(one: Value, other: Value) -> Value:
    if isinstance(one, int) and isinstance(other, int):
        return (one + other) % PRIME
    a, b = _matrix(one), _matrix(other)
    return ((a[0] + b[0]) % PRIME, (a[1] + b[1]) % PRIME, (a[2] + b[2]) % PRIME, (a[3] + b[3]) % PRIME)


def _times(one: Value, other: Value) -> Value:
    if isinstance(one, int):
        return _scaled(one, other)
    if isinstance(other, int):
        return _scaled(other, one)
    a, b, c, d = one
    e, f, g, h = other
    return (
        (a * e + b * g) % PRIME, (a * f + b * h) % PRIME, (c * e + d * g) % PRIME, (c * f + d * h) % PRIME,
    )  # fmt: skip


def _entrywise(one: Value, other: Value) -> Value:
    a, b = _matrix(one), _matrix(other)
    return (a[0] * b[0] % PRIME, a[1] * b[1] % PRIME, a[2] * b[2] % PRIME, a[3] * b[3] % PRIME)


def _matrix(value: Value) -> Matrix2:
    return (value, 0, 0, value) if isinstance(value, int) else value


def _reciprocal(value: Value) -> Value:
    if isinstance(value, int):
        return _inverse(value)
    a, b, c, d = value
    scale = _inverse((a * d - b * c) % PRIME)
    return _scaled(scale, (d, -b % PRIME, -c % PRIME, a))
