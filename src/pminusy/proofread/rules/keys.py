"""What makes two formulas the same to the search for reasons, from strict to wide."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pminusy.proofread.rules.letters import free
from pminusy.proofread.rules.places import parts
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.shapes import Shapes
from pminusy.proofread.rules.values import Values
from pminusy.proofread.syntax.tree import Add, Divide, Multiply, Negative, Node, Number

MOST_SALTS = 24  # ways to draw numbers that are tried
_ARITHMETIC = (Add, Multiply, Negative, Divide, Number)


@dataclass
class Keys:
    """Keys of the formulas between two lines.

    Attributes
    ----------
    shape
        Equal up to the order of terms and factors.
    algebra
        Equal by rearranging sums, products and fractions.
    sums
        Equal by rearranging sums over indices as well.
    meaning
        Equal with definitions put in as well.
    """

    setting: Setting
    left: Node
    right: Node
    _measures: dict[int, tuple[Node, frozenset[int], int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        letters = tuple(sorted(free(self.left, self.setting) | free(self.right, self.setting)))
        self.shape = Shapes(self.setting)
        self.algebra = self._with_roots(Values(self.setting))
        self.sums = self._with_roots(Values(self.setting, letters, sums=True))
        self.meaning = self._with_roots(Values(self.setting, letters, sums=True, definitions=True))

    def _with_roots(self, values: Values) -> Values:
        """Values by numbers of which the roots exist that the two lines take, if such are soon found."""
        for salt in range(MOST_SALTS):
            tried = replace(values, salt=salt)
            tried(self.left)
            tried(self.right)
            if not tried.rootless:
                return tried
        return values

    def features(self, node: Node) -> frozenset[int]:
        """The shapes of all parts but sums, products and numbers: what a formula is made of."""
        return self._measured(node)[1]

    def size(self, node: Node) -> int:
        """How many parts a formula has."""
        return self._measured(node)[2]

    def _measured(self, node: Node) -> tuple[Node, frozenset[int], int]:
        known = self._measures.get(id(node))
        if known is None:
            below = [self._measured(part) for part in parts(node)]
            own = () if isinstance(node, _ARITHMETIC) else (self.shape(node),)
            features = frozenset(own).union(*(each[1] for each in below))
            known = self._measures[id(node)] = (node, features, 1 + sum(each[2] for each in below))
        return known
