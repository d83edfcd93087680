"""Where an expression is evaluated: the point, the letters in scope, what is differentiated by what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pminusy.proofread.checking.dual import Array, Value
from pminusy.proofread.checking.realisation import Realisation
from pminusy.proofread.meaning.model.point import Point
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.tree import Symbol

if TYPE_CHECKING:
    from pminusy.proofread.meaning.model.model import Model

MOST_CELLS = 1_000_000
MOST_DERIVATIVES = 8
MOST_CELLS_IN_DIGITS = 20_000  # the same where each value has 40 digits
CIRCULAR = "the definitions are circular"


@dataclass(frozen=True)
class Seed:
    """What a derivative is taken by: the entry of `family` at `indices`.

    `squared` where the variable is the square of the family; `direction` where the whole family moves at random, as
    in a differential.
    """

    tag: int
    family: str
    indices: tuple[Array, ...]
    squared: bool = False
    direction: bool = False


@dataclass(frozen=True)
class Layout:
    """How derivatives by vectors are laid out.

    Attributes
    ----------
    gradient : str
        "column" or "row": the derivative of a number by a column vector.
    matrix : str
        "denominator" (the derivative of a number by a matrix has the matrix's shape) or "numerator".
    jacobian : str
        "numerator" (rows are entries of what is differentiated) or "denominator".
    """

    gradient: str = "column"
    jacobian: str = "numerator"
    matrix: str = "denominator"


@dataclass(frozen=True)
class Environment:
    r"""Everything that the value of an expression depends on.

    Index letters are arrays of integers. Each letter that varies has an axis of its own, the newest the leftmost,
    before the axes (sample, row, column), so that NumPy's broadcasting lines all values up; `level` counts these axes,
    `cells` is how many combinations of values they have. Inside an expectation `outcome` has the random quantities
    that vary in it. `arguments` are the values of a function's arguments in what it is, `running` those of the
    variables of integrals, which count in definitions, too: for `y = x^2`, `\int_0^1 y dx` is 1/3.
    """

    model: Model
    point: Point
    layout: Layout = Layout()
    level: int = 0
    cells: int = 1
    letters: Mapping[str, Array] = field(default_factory=dict)
    arguments: Mapping[Symbol, Value] = field(default_factory=dict)
    running: Mapping[Symbol, Value] = field(default_factory=dict)
    seeds: tuple[Seed, ...] = ()
    depth: int = 0
    outcome: Mapping[str, Realisation] = field(default_factory=dict)

    def with_letter(self, name: str, values: Array) -> Environment:
        """Inside a sum over that letter, whose values are those of a new axis."""
        cells = self.cells * len(values)
        if cells > (MOST_CELLS_IN_DIGITS if self.point.digits else MOST_CELLS):
            raise Undecidable("too many combinations of index values")
        return replace(self, level=self.level + 1, cells=cells, letters={**self.letters, name: values})

    def running_over(self, variable: Symbol, values: Value) -> Environment:
        """Inside an integral over a variable, or where an antiderivative is evaluated."""
        bound = {variable: values}
        return replace(self, arguments={**self.arguments, **bound}, running={**self.running, **bound})

    def with_seed(self, seed: Seed) -> Environment:
        """Inside a derivative; each takes twice the work of the one inside it."""
        if len(self.seeds) >= MOST_DERIVATIVES:
            raise Undecidable(f"more than {MOST_DERIVATIVES} derivatives inside each other")
        return replace(self, seeds=(*self.seeds, seed))

    def deeper(self) -> Environment:
        """Inside a definition."""
        if self.depth > 24:
            raise Undecidable(CIRCULAR)
        return replace(self, depth=self.depth + 1)

    def next_tag(self) -> int:
        """A tag above all that are in use."""
        return max((seed.tag for seed in self.seeds), default=-1) + 1
