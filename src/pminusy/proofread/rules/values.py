r"""Formulas computed modulo a large prime, so that those with equal values differ by arithmetic only.

Every sum, product, fraction and power with a number is computed; everything else is a number drawn from its own key.
Vectors and matrices are 2 × 2 matrices, so that their products keep their order.

With `sums`, a sum over an index is computed as well, over the free letters and one or two further values: constants
come out, deltas contract, terms split off; the length of a range is the number of these values. Deltas and conditions
need the letters to be the same or different; a formula has a value for each such case. With `definitions`, names stand
for what the page says they are.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from fractions import Fraction

from pminusy.proofread.checking.compare import conjuncts
from pminusy.proofread.rules.build import TWO, E, value_of
from pminusy.proofread.rules.digests import digest
from pminusy.proofread.rules.makeup import Bound, height, limits_of, makeup, with_bindings
from pminusy.proofread.rules.residues import (
    PRIME,
    NoValue,
    Value,
    entrywise,
    fraction,
    inverse,
    plus,
    reciprocal,
    root,
    scaled,
    times,
)
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Delta,
    Divide,
    Fold,
    Group,
    Indicator,
    Integral,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Relation,
    Symbol,
    Transpose,
)

_HALF = Fraction(1, 2)
LARGEST_SQUARE = 1000  # number of which the root is taken by its prime factors
HIGHEST = 12  # power with a number that is multiplied out
MOST_VALUES, MOST_CASES, DEEPEST = 4, 4, 12
MOST_WORK, MOST_IN_ALL = 1500, 60_000  # nodes computed for one formula, and for all of a step


@dataclass
class Values:
    """Values of formulas in one setting; those of shared parts are computed once.

    `letters` are the index letters that the formulas leave free. Half of all numbers have no root modulo the prime;
    `rootless` says whether one was met, and another `salt` draws other numbers.
    """

    setting: Setting
    letters: tuple[str, ...] = ()
    sums: bool = False
    definitions: bool = False
    salt: int = 0
    rootless: bool = field(default=False, init=False)
    _done: dict[tuple[int, Bound], tuple[Node, Value]] = field(default_factory=dict, init=False)
    _depth: int = field(default=0, init=False)
    _work: int = field(default=0, init=False)
    _all: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._cases = tuple(self._bindings()) if self.sums else ((),)

    def __call__(self, node: Node) -> tuple[Value, ...] | None:
        """The values; None where something is divided by zero, or where they take too much work."""
        self._work = 0
        try:
            return tuple(self.value(node, bound) for bound in self._cases)
        except (NoValue, RecursionError):
            return None

    def _bindings(self) -> list[Bound]:
        """Values of the free letters: all different, and each pair equal."""
        values = {name: digest(("letter", name)) % PRIME for name in self.letters}
        apart: set[frozenset[str]] = set()
        for part in conjuncts(self.setting.condition):
            if (
                isinstance(part, Relation)
                and isinstance(part.left, Symbol)
                and isinstance(part.right, Symbol)
            ):
                pair = (part.left.name, part.right.name)
                if part.operator == "=" and pair[1] in values:
                    values[pair[0]] = values[pair[1]]
                elif part.operator == r"\ne":
                    apart.add(frozenset(pair))
        cases: list[Bound] = [tuple(values.items())]
        for one, other in itertools.combinations(self.letters, 2):
            if frozenset((one, other)) not in apart and values[one] != values[other]:
                cases.append(tuple({**values, one: values[other]}.items()))
        return cases[:MOST_CASES]

    def value(self, node: Node, bound: Bound) -> Value:
        """The value with some letters bound."""
        key = (id(node), bound)
        if key not in self._done:
            self._work += 1
            self._all += 1
            if self._work > MOST_WORK or self._all > MOST_IN_ALL:
                raise NoValue
            self._done[key] = (node, self._computed(node, bound))
        return self._done[key][1]

    def _computed(self, node: Node, bound: Bound) -> Value:
        match node:
            case Number():
                return fraction(node.value)
            case Group():
                return self.value(node.body, bound)
            case Negative():
                return scaled(-1, self.value(node.body, bound))
            case Add():
                total: Value = 0
                for term in node.terms:
                    total = plus(total, self.value(term, bound))
                return total
            case Multiply():
                return self._product(node, bound)
            case Divide():
                below = self.value(node.denominator, bound)
                if isinstance(below, int):
                    return scaled(inverse(below), self.value(node.numerator, bound))
            case Power():
                return self._power(node, bound)
            case Call() if node.function.name == "sqrt" and not node.function.lower and not node.primes:
                return self._root(node.arguments[0], bound)
            case Transpose():
                value = self.value(node.body, bound)
                return value if isinstance(value, int) else (value[0], value[2], value[1], value[3])
            case Symbol() if not node.indices:
                for name, value in reversed(bound):
                    if name == node.name:
                        return value
            case _:
                pass
        if self.definitions and isinstance(node, Symbol | Call):
            meant = self._meant(node, bound)
            if meant is not None:
                return meant
        if self.sums:
            computed = self._summed(node, bound)
            if computed is not None:
                return computed
        return self._drawn(node, bound)

    def _product(self, node: Multiply, bound: Bound) -> Value:
        product = self.value(node.factors[0], bound)
        for sign, factor in zip(node.signs, node.factors[1:], strict=True):
            value = self.value(factor, bound)
            both = not isinstance(product, int) and not isinstance(value, int)
            product = entrywise(product, value) if both and sign == r"\odot" else times(product, value)
        return product

    def _power(self, node: Power, bound: Bound) -> Value:
        exponent = value_of(node.exponent)
        if exponent is not None and exponent.denominator == 1 and abs(exponent) <= HIGHEST and node.base != E:
            return self._times(self.value(node.base, bound), int(exponent))
        if exponent == _HALF:
            return self._root(node.base, bound)
        if exponent is not None and exponent.denominator == 2 and abs(exponent) <= HIGHEST:
            base = self._root(node.base, bound)
            return self._times(base, int(2 * exponent))
        return self._drawn(node, bound)

    def _times(self, base: Value, exponent: int) -> Value:
        product: Value = 1
        for _ in range(abs(exponent)):
            product = times(product, base)
        return product if exponent >= 0 else reciprocal(product)

    def _root(self, node: Node, bound: Bound) -> Value:
        """The square root: of a product and a fraction factor by factor, of a number by its prime factors."""
        match node:
            case Group():
                return self._root(node.body, bound)
            case Multiply() if self.setting.is_scalar(node):
                product: Value = 1
                for factor in node.factors:
                    product = times(product, self._root(factor, bound))
                return product
            case Divide():
                return times(
                    self._root(node.numerator, bound), reciprocal(self._root(node.denominator, bound))
                )
            case Number() if node.value.denominator == 1 and 0 < node.value < LARGEST_SQUARE:
                return _root_of_number(int(node.value))
            case Power() if node.exponent == TWO and node.base != E:
                return self.value(node.base, bound)
            case _:
                value = self.value(node, bound)
                found = root(value) if isinstance(value, int) else None
                self.rootless |= found is None
                return digest(("root", value)) % PRIME if found is None else found

    def _drawn(self, node: Node, bound: Bound) -> Value:
        inner = bound
        if isinstance(node, Fold):
            inner = with_bindings(node, bound)
        elif isinstance(node, Integral):
            inner = (*bound, (node.variable.name, _marker(height(node))))
        seed = digest((self.salt, makeup(node, bound, inner, self.value))) % PRIME
        if self.setting.is_scalar(node):
            return seed * seed % PRIME  # a square, so that it has a root
        return (seed, seed * seed % PRIME, pow(seed, 3, PRIME), pow(seed, 5, PRIME))

    # Definitions

    def _meant(self, node: Symbol | Call, bound: Bound) -> Value | None:
        """The value of what a name stands for."""
        symbol = node.function if isinstance(node, Call) else node
        model = self.setting.model
        family, indices = model.families.resolve(symbol)
        meaning = model.definitions.get(family)
        if meaning is None or family in model.recursive or self._depth > DEEPEST:
            return None
        if len(indices) != len(meaning.parameters) or any(a.indices for a in meaning.arguments):
            return None
        inner = dict(zip(meaning.parameters, indices, strict=True))
        if isinstance(node, Call):
            if (
                node.primes
                or len(meaning.arguments) != len(node.arguments)
                or not meaning.is_called_with(indices)
            ):
                return None
            inner |= {a.name: value for a, value in zip(meaning.arguments, node.arguments, strict=True)}
        values = tuple((name, self.value(each, bound)) for name, each in inner.items())
        self._depth += 1
        try:
            return self.value(meaning.body, (*bound, *values))
        finally:
            self._depth -= 1

    # Sums

    def _summed(self, node: Node, bound: Bound) -> Value | None:
        match node:
            case Symbol() if not node.indices and node.name in self.setting.model.sizes:
                return len(self._range(None, None, bound))
            case Delta():
                return int(self.value(node.left, bound) == self.value(node.right, bound))
            case Indicator():
                holds = self._holds(node.condition, bound)
                return None if holds is None else int(holds)
            case Fold() if node.kind in ("sum", "prod") and node.bindings:
                return self._over(node, bound)
            case _:
                return None

    def _holds(self, condition: Node, bound: Bound) -> bool | None:
        """Whether indices satisfy a condition; None where it is about more than which are the same."""
        if not isinstance(condition, Relation) or condition.operator not in ("=", r"\ne"):
            return None
        same = self.value(condition.left, bound) == self.value(condition.right, bound)
        return same if condition.operator == "=" else not same

    def _over(self, node: Fold, bound: Bound) -> Value | None:
        total: Value = 0 if node.kind == "sum" else 1
        join = plus if node.kind == "sum" else times
        ranges = [self._range(*limits_of(binding), bound) for binding in node.bindings]
        for chosen in itertools.product(*ranges):
            names = (binding.index.name for binding in node.bindings)
            inner = (*bound, *zip(names, chosen, strict=True))
            if node.condition is not None:
                holds = self._holds(node.condition, inner)
                if holds is None:
                    return None
                if not holds:
                    continue
            total = join(total, self.value(node.body, inner))
        return total

    def _range(self, low: Node | None, high: Node | None, bound: Bound) -> list[Value]:
        """The values that a letter runs over."""
        first, last = value_of(low) if low is not None else None, value_of(high) if high is not None else None
        if first is not None and last is not None and 0 <= last - first < MOST_VALUES:
            return [int(first) + n for n in range(int(last - first) + 1)]
        limits = digest(tuple(x and self.value(x, bound) for x in (low, high)))
        own = dict(bound)
        values = list(dict.fromkeys(own[name] for name in self.letters if name in own))[: MOST_VALUES - 1]
        return [*values, *(_marker((limits, n)) for n in range(1 if values else 2))]


def _root_of_number(number: int) -> int:
    product, factor = 1, 2
    while number > 1:
        times_found = 0
        while number % factor == 0:
            number, times_found = number // factor, times_found + 1
        if times_found % 2:
            found = root(factor)
            product = product * (digest(("root", factor)) % PRIME if found is None else found) % PRIME
        product = product * pow(factor, times_found // 2, PRIME) % PRIME
        factor += 1
    return product


def _marker(seed: object) -> int:
    return digest(("value", seed)) % PRIME
