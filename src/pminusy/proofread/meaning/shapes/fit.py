"""How well the formulas of a page fit together under one choice of ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pminusy.errors import ShapeError
from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.meaning.shapes.evidence import Evidence
from pminusy.proofread.meaning.shapes.options import Choice, Option
from pminusy.proofread.meaning.shapes.shape import Scope
from pminusy.proofread.meaning.shapes.shapes import Shapes
from pminusy.proofread.syntax.tree import Derivative, Node, Number, Symbol, walk

ROWS_COST, SPREAD_COST = (
    6,
    2,
)  # of a page with row vectors, or with vectors that are added to every column or row
SIZED = "I_{"  # how the name of a unit matrix with its size begins
ODD = 3  # what an option costs that is taken only where others do not fit: a small letter for a matrix


@dataclass(frozen=True)
class Fit:
    """A choice of ranks: what it costs, the shapes that follow, and the formulas that do not fit.

    `odd` are the names that got an unlikely rank.
    """

    total: float
    choice: Choice
    shapes: Shapes
    misfits: list[Sequence[Node]]
    odd: frozenset[str]

    @property
    def doubtful(self) -> bool:
        """Whether another choice may fit better."""
        return bool(self.misfits or self.odd)


@dataclass(frozen=True)
class Fitting:
    """Choices of ranks tried on a page: its definitions and chains, and for each name in order its options.

    `spread` where a vector can be added to every column or row of a matrix.
    """

    families: Families
    definitions: dict[str, Meaning]
    chains: Sequence[Sequence[Node]]
    evidence: Evidence
    names: list[str]
    options: list[list[Option]]
    spread: bool = False

    @cached_property
    def called(self) -> frozenset[str]:
        """Functions of an argument with indices elsewhere, as x in `f(x)` beside `x_i`: its shape is in the call."""
        used, families = self.evidence.used, self.families
        return frozenset(
            family
            for family, meaning in self.definitions.items()
            if any(0 not in used.get(families.resolve(a)[0], (0,)) for a in meaning.arguments)
        )

    @cached_property
    def variables(self) -> frozenset[str]:
        """The names that functions are of, and those that the chains differentiate by."""
        arguments = {a.name for meaning in self.definitions.values() for a in meaning.arguments}
        nodes = (node for chain in self.chains for tree in chain for node in walk(tree))
        by = {
            v.name for n in nodes if isinstance(n, Derivative) for v in n.variables if isinstance(v, Symbol)
        }
        return frozenset(arguments | by)

    def __call__(self, choice: Choice) -> Fit:
        """The shapes for a choice, and how well the formulas fit."""
        evidence = self.evidence
        chosen = {
            name: self.options[n][k] for n, (name, k) in enumerate(zip(self.names, choice, strict=True))
        }
        ranks = {name: option.rank for name, option in chosen.items()}
        rows = evidence.rows | {name for name, option in chosen.items() if option.is_row}
        shapes = Shapes(
            self.families, self.definitions, ranks, evidence.numbers, rows, self.spread, self.variables
        )
        _declare(shapes, evidence)
        faults, misfits = _faults(shapes, self.called, self.definitions, self.chains)
        total = faults + sum(option.cost for option in chosen.values())
        total += ROWS_COST * (len(rows) > len(evidence.rows)) + SPREAD_COST * self.spread
        odd = frozenset(name for name, option in chosen.items() if option.cost >= ODD)
        return Fit(total, choice, shapes, misfits, odd)


def _declare(shapes: Shapes, evidence: Evidence) -> None:
    """Lengths that the text names are equal where the names are, and different where they are not."""
    for family in evidence.square & shapes.ranks.keys():
        if shapes.ranks[family] == 2:
            shapes.lengths.join(shapes.slot(family, 0), shapes.slot(family, 1))
    named: dict[str, int] = {}
    for family, lengths in evidence.sizes.items():
        first = shapes.ranks.get(family, 0) - len(lengths)
        for position, name in enumerate(lengths):
            if first >= 0:
                slot = shapes.slot(family, first + position)
                shapes.lengths.join(named.setdefault(name, slot), slot)
    for family in shapes.ranks:
        if family.startswith(SIZED) and shapes.ranks[family] == 2 and family[len(SIZED) : -1] in named:
            for position in (0, 1):
                shapes.lengths.join(named[family[len(SIZED) : -1]], shapes.slot(family, position))
    shapes.limits.update(named)
    apart = list(named.values())
    for n, length in enumerate(apart):
        for other in apart[n + 1 :]:
            shapes.lengths.keep_apart(length, other)


def _faults(
    shapes: Shapes,
    called: frozenset[str],
    definitions: dict[str, Meaning],
    chains: Sequence[Sequence[Node]],
) -> tuple[float, list[Sequence[Node]]]:
    """How badly the formulas fit, and those that do not.

    A definition that cannot be counts most, then a member of a chain, then strain.
    """
    faults, misfits = 0.0, list[Sequence[Node]]()
    for family, meaning in definitions.items():
        if family in called:
            continue
        state = shapes.lengths.snapshot()
        try:
            shapes.value_of(family)
        except ShapeError:
            shapes.lengths.restore(state)
            faults += 100
            misfits.append((meaning.body,))
    for chain in chains:
        if chain:
            _quietly(shapes, chain[0])
    shapes.note_squares()
    for chain in chains:
        scope = Scope({}, {}, dict(shapes.dynamic))
        first, before = None, (shapes.strain, shapes.misfits)
        for node in chain:
            state = shapes.lengths.snapshot()
            try:
                shape = shapes.of(node, scope)
                if first is None:
                    first = shape
                else:
                    _compare(shapes, first, shape, node)
            except ShapeError:
                shapes.lengths.restore(state)
                shapes.misfits += 1
                faults += 20
        if (shapes.strain, shapes.misfits) != before:
            misfits.append(chain)
    return faults + 4 * shapes.strain, misfits


def _quietly(shapes: Shapes, node: Node) -> None:
    """Take in what the left side of a chain says of lengths."""
    state, strain = shapes.lengths.snapshot(), shapes.strain
    try:
        shapes.of(node, Scope({}, {}, dict(shapes.dynamic)))
    except ShapeError:
        shapes.lengths.restore(state)
    shapes.strain = strain


def _compare(shapes: Shapes, first: tuple[int, int], shape: tuple[int, int], node: Node) -> None:
    if node == Number("0"):
        return
    if shapes.is_scalar(first) != shapes.is_scalar(shape):
        raise ShapeError("a vector on one side, a number on the other")
    shapes.join(first, shape)
