"""A key of formulas that ignores the order of terms and factors, parentheses, signs and the names of bound letters."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from pminusy.proofread.rules.build import E, factors_of, split_fraction, terms_of, value_of
from pminusy.proofread.rules.digests import digest
from pminusy.proofread.rules.makeup import Bound, height, makeup, with_bindings
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import Add, Fold, Integral, Node, Power, Symbol


@dataclass
class Shapes:
    """Keys of formulas; those of shared parts are computed once.

    A product is its number, its ordered factors (vectors and matrices), and its other factors above and below the bar.
    """

    setting: Setting
    _done: dict[tuple[int, Bound], tuple[Node, Any]] = field(default_factory=dict)

    def __call__(self, node: Node) -> int:
        """The key."""
        return digest(self._product(node, ()))

    def _product(self, node: Node, bound: Bound) -> Any:
        key = (id(node), bound)
        if key not in self._done:
            self._done[key] = (node, self._monomial(bare(node), bound))
        return self._done[key][1]

    def _monomial(self, node: Node, bound: Bound) -> Any:
        coefficient = Fraction(1)
        ordered: list[Any] = []
        sides: list[Counter[Any]] = []
        for factors in split_fraction(node):
            loose = Counter[Any]()
            for factor in (f for each in factors for f in factors_of(bare(each))):
                value = value_of(factor)
                if value is not None and (value or not sides):
                    coefficient = coefficient * value if not sides else coefficient / value
                    continue
                base, times = _repeated(factor)
                if isinstance(base, Add):
                    key, sign = self._sum(base, bound)
                    coefficient *= sign**times
                else:
                    key = digest(self._parts(base, bound))
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
            terms[coefficient, digest(tuple(rest))] += 1
        first = min(terms, key=lambda term: (term[1], abs(term[0])))
        sign = -1 if first[0] < 0 else 1
        return digest(("+", frozenset((c * sign, rest, n) for (c, rest), n in terms.items()))), sign

    def _parts(self, node: Node, bound: Bound) -> Any:
        if isinstance(node, Symbol) and not node.indices:
            place = next((place for name, place in reversed(bound) if name == node.name), None)
            return node.name if place is None else ("bound", place)
        if isinstance(node, Fold):
            return makeup(node, bound, with_bindings(node, bound), self._product)
        if isinstance(node, Integral):
            return makeup(node, bound, (*bound, (node.variable.name, height(node))), self._product)
        return makeup(node, bound, bound, self._product)


def _repeated(factor: Node) -> tuple[Node, int]:
    """A factor and how often it stands there."""
    if isinstance(factor, Power) and factor.base != E:
        value = value_of(factor.exponent)
        if value is not None and value.denominator == 1 and value > 0:
            return bare(factor.base), int(value)
    return factor, 1
