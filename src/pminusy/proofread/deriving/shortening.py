"""The shortest form of a formula that rules lead to: best first, with every formula on the way evaluated."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pminusy.proofread.checking.compare import INTERNAL, compare
from pminusy.proofread.deriving.differentiation import DERIVED
from pminusy.proofread.deriving.length import length
from pminusy.proofread.deriving.rearranging import CONTRACT, FACTOR_OUT, LIKE_TERMS, SIGNS, TOGETHER
from pminusy.proofread.deriving.recognising import RECOGNISE
from pminusy.proofread.rules.catalogue import RULES
from pminusy.proofread.rules.families import piecewise
from pminusy.proofread.rules.families.identities import identity
from pminusy.proofread.rules.moves import Applied
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.shapes import Shapes
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.tree import Node

MOST_EXPANDED, MOST_IN_VAIN = 60, 14  # formulas, and those behind the shortest one
LONGER = 12.0  # how much longer than the shortest one a formula may be on the way
DEEPER = 0.05
_EPSILON = 1e-9


def _named(*names: str) -> tuple[Rule, ...]:
    return tuple(rule for name in names for rule in RULES if rule.name == name)


RATIOS = tuple(
    Rule(
        "trigonometric identity",
        "trigonometric identity",
        identity(left, right, f"${left} = {right}$"),
        Example(left, right),
    )
    for left, right in (
        (r"\frac{\sin u}{\cos u}", r"\tan u"),
        (r"\frac{\sinh u}{\cosh u}", r"\tanh u"),
        ("e^{v \\log u}", "u^v"),
    )
)
SHORTER = (
    TOGETHER,
    LIKE_TERMS,
    CONTRACT,
    *_named(
        "value of a delta",
        "softmax sums to one",
        "entries that sum to a number",
        "square of a label",
        "constant factor out of a sum",
        "sum of equal terms",
        "cancel a common factor",
        "logarithm of an exponential",
        "logarithm of one",
        "join a term to a sum",
    ),
    *piecewise.CASES,
    RECOGNISE,
    SIGNS,
    DERIVED,
    *RATIOS,
)
OTHER = (
    FACTOR_OUT,
    *_named(
        "expand",
        "square of a sum",
        "split a fraction",
        "common denominator",
        "clear a double fraction",
        "sum of a sum",
        "sums put together",
        "factor into a sum",
        "swap sums",
        "rename by a delta",
        "multiply numerator and denominator by an exponential",
        "exponential of a negative",
        "symmetry of the sigmoid",
        "difference of squares",
        "power of a product",
        "hyperbolic functions by exponentials",
        "sum without one term",
    ),
    *piecewise.CASES,
)


@dataclass(frozen=True)
class Form:
    """A formula on the way, and how it was reached."""

    tree: Node
    parent: Form | None = None
    by: Applied | None = None
    depth: int = 0

    def trail(self) -> list[Applied]:
        """The applications from the start to this one."""
        found: list[Applied] = []
        form: Form | None = self
        while form is not None and form.by is not None:
            found.append(form.by)
            form = form.parent
        return found[::-1]


@dataclass
class Shortening:
    """Looks for shorter forms of one formula."""

    setting: Setting
    tidy: Tidy
    shape: Shapes = field(init=False)
    seen: set[int] = field(default_factory=set)
    moves: dict[tuple[int, int], tuple[Node, list[tuple[Rule, Move]]]] = field(default_factory=dict)
    expanded: int = 0

    def __post_init__(self) -> None:
        self.shape = Shapes(self.setting)

    def shortest(self, start: Node) -> Form:
        """The shortest form found, with the way to it."""
        count = itertools.count()
        form = self._down(Form(start))
        best, in_vain = form, 0
        queue = [(self._rank(form), next(count), form)]
        while queue and self.expanded < MOST_EXPANDED and in_vain < MOST_IN_VAIN:
            _, _, form = heapq.heappop(queue)
            if not self._holds(start, form.tree):
                continue
            self.expanded += 1
            in_vain += 1
            if length(form.tree) < length(best.tree) - _EPSILON:
                best, in_vain = form, 0
            for applied in self._moves(form.tree, OTHER):
                if length(applied.tree) > length(best.tree) + LONGER:
                    continue
                if not self._is_new(applied.tree):
                    continue
                new = self._down(Form(applied.tree, form, applied, form.depth + 1))
                if new.tree is applied.tree or self._is_new(new.tree):
                    heapq.heappush(queue, (self._rank(new), next(count), new))
        return best

    def _is_new(self, tree: Node) -> bool:
        """Whether a formula was not met before, and from now on was."""
        key = hash((self.shape(tree), round(length(tree), 3)))
        new = key not in self.seen
        self.seen.add(key)
        return new

    def _rank(self, form: Form) -> float:
        return length(form.tree) + DEEPER * form.depth

    def _down(self, form: Form) -> Form:
        """The form carried on by what makes it shorter, as far as that goes."""
        while True:
            here = length(form.tree)
            better = min(
                (a for a in self._moves(form.tree, SHORTER) if length(a.tree) < here - _EPSILON),
                key=lambda a: length(a.tree),
                default=None,
            )
            if better is None:
                return form
            form = Form(better.tree, form, better, form.depth)

    def _moves(self, tree: Node, rules: Sequence[Rule]) -> Iterator[Applied]:
        """Every way to apply one of some rules once; what they make of a part that formulas share is kept."""
        for node, put in places(tree):
            key = (id(node), id(rules))
            if key not in self.moves:
                self.moves[key] = (node, list(self._applied(node, rules)))
            for rule, move in self.moves[key][1]:
                yield Applied(rule, node, move.new, move.sentence, self.tidy(put(move.new)))

    def _applied(self, node: Node, rules: Sequence[Rule]) -> Iterator[tuple[Rule, Move]]:
        for rule in rules:
            try:
                found = [replace(move, new=self.tidy(move.new)) for move in rule.apply(node, self.setting)]
            except INTERNAL:
                continue
            yield from ((rule, move) for move in found if move.new != node)

    def _holds(self, start: Node, tree: Node) -> bool:
        setting = self.setting
        return start == tree or bool(
            compare(setting.model, start, tree, setting.condition, setting.assumptions, setting.layout, 1)
        )
