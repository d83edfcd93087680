"""The objective of a linear softmax classifier: value, gradient and Hessian products, each from one pass over X.

Conventions
-----------
X (N, D) samples, W (D, F) and b (F,) parameters, Z (N, K) logits, dZ = ∂(mean loss)/∂Z.

    f(W, b) = (1/M) Σ_i L_i + ½ Σ_d λ_d ‖W_d‖²,    M the total weight of the rows
    ∂f/∂W   = Xᵀ dZ + λ∘W,    ∂f/∂b = Σ_i dZ_i
    H(V, c) = Xᵀ dU + λ∘V,  Σ_i dU_i    with dU_i = (∂²f/∂Z_i²)(X V + c)_i

F = K, but for two classes F = 1: that is the objective of binary logistic regression. Derivation:
docs/derivations/linear.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, final

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.partial_sums import Strands, Visit
from pminusy.blocks.rows import RowShape, RowStore, TakesRows
from pminusy.kernels import linear, tiles
from pminusy.kernels import rows as row_kernels
from pminusy.kernels.run import MAX_TILE_CLASSES
from pminusy.linear.gradient_sums import GatheredSum, GradientSum, ScatteredSum
from pminusy.linear.last_point import LastPoint
from pminusy.linear.layout import ParameterLayout
from pminusy.linear.penalty import Penalty, RidgePenalty
from pminusy.losses.targets import LabelTargets, Targets
from pminusy.solvers.objective import TwiceDifferentiable
from pminusy.solvers.vectors import largest

Array = NDArray[Any]

_KEPT_LOGITS = 1 << 24  # numbers
SEPARATED = 1e-4  # a mean loss of separated rows, which without a penalty falls for ever


class AnyObjective(TwiceDifferentiable, Protocol):
    """What solvers, Hessians and preconditioners need of f, wherever its rows are.

    Attributes
    ----------
    rows : RowShape
        What is known of the rows where the solver runs.
    layout, penalty
        Of the parameters.
    at_zero : bool
        Whether every row has the same probabilities.
    most_together : int
        Numbers that one sum should have, where several can be formed in one; 0 if there is no use in that.
    """

    most_together: int

    @property
    def rows(self) -> RowShape:
        """What is known of the rows where the solver runs."""

    @property
    def layout(self) -> ParameterLayout:
        """Of the parameters."""

    @property
    def penalty(self) -> Penalty:
        """In the same layout."""

    @property
    def at_zero(self) -> bool:
        """Whether every row has the same probabilities."""

    def total(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """The sum of work(part, *arguments) over the parts of the rows, each a `LinearObjective` of its own.

        A part's objective has no penalty, and its rows' masses are in the mean of all rows.
        """

    def each(self, work: Callable[..., Any], *arguments: Any) -> list[Any]:
        """work(part, *arguments) for each part, in order."""

    def leave_sample(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """`total`, for work that leaves each part a `sample`."""


@final
@dataclass(frozen=True)
class Place:
    """Which part some rows are, and the number of their first row among all."""

    number: int = 0
    first_row: int = 0


@final
@dataclass(frozen=True)
class Sample:
    """Rows drawn for each factor of a preconditioner, and what each of them stands for: both n_factors times (m,).

    They are taken from `source` if all of them are at hand.
    """

    rows: list[Array]
    weights: list[Array]
    source: TakesRows | None


@final
class LinearObjective:
    """f(W, b) for fixed data; a `TwiceDifferentiable` function of the flat parameters in the rows' dtype.

    Parameters
    ----------
    rows : RowStore
        X.
    targets : Targets
        Settled for logits (N, K), with reduction "sum".
    layout : ParameterLayout
        Of the parameters, for these rows.
    penalty : Penalty
        In the same layout.
    total_scale : float
        What turns the mean objective into the one that is reported.
    place : Place
        Of these rows, where they are a part.

    Attributes
    ----------
    point : LastPoint
        Where the last `value_and_gradient` was.
    sample : Sample or None
        The rows that a preconditioner has drawn last.
    masses : array (N,)
        What each row counts in the mean.
    negligible : float
        As `Objective` has it: without a penalty the loss of rows that can be separated has no minimum but 0.
    """

    most_together = 0

    def __init__(
        self,
        rows: RowStore,
        targets: Targets,
        layout: ParameterLayout,
        penalty: Penalty,
        *,
        total_scale: float = 1.0,
        place: Place = Place(),
    ) -> None:
        self.place = place
        self.sample: Sample | None = None
        self.rows, self.targets, self.layout, self.penalty = rows, targets, layout, penalty
        self.dtype, self.passes, self.total_scale = layout.dtype, 0, total_scale
        self.negligible = SEPARATED if penalty.vanishes else 0.0
        self._scale = 1.0 / targets.total_weight
        self.masses = targets.mass() * self._scale
        n_logits = rows.shape[0] * layout.n_classes
        keeps = n_logits <= max(_KEPT_LOGITS, rows.n_numbers // 20)
        columns = rows.transposed(layout.n_free) if keeps else None
        work = rows.n_numbers * layout.n_free + n_logits
        self._strands = Strands(rows, work, layout.n_weights if columns is None else 1)
        self._sum: GradientSum = (
            ScatteredSum(layout, len(self._strands))
            if columns is None
            else GatheredSum(layout, rows, columns)
        )
        self._memory = [_StrandMemory(layout, self._sum.dW(i)) for i in range(len(self._strands))]
        self.point = LastPoint(rows, layout, keeps)
        self._short = layout.n_classes <= MAX_TILE_CLASSES

    def value_and_gradient(self, parameters: Array, gradient: Array) -> float:
        """f; its gradient is written into `gradient`."""
        W, b = self.layout.unpack(parameters)
        self.point.move_to(parameters)
        kernel = linear.label_pass if isinstance(self.targets, LabelTargets) else linear.mass_pass
        scale, code = self._scale * self.targets.unit, kernel(self.dtype)

        def visit(strand: int, block: linear.Rows, start: int, stop: int) -> None:
            own = self._memory[strand]
            code(
                *(block, W, b, *self.targets.rows(start, stop).kernel_arguments(), scale, own.scratch),
                *(self.point.block(own.Z, start, stop), self._sum.dZ(own.dZ, start, stop), own.losses),
                *(own.dW, own.db, own.total, self._short, self.point.keeps, stop - start),
            )

        self._pass(visit, parameters, gradient)
        loss = sum(float(own.total[0]) for own in self._memory)
        return scale * loss + self.penalty.value(parameters[: self.layout.n_weights])

    def hessian_product(self, direction: Array, product: Array) -> None:
        """H times a direction, at the point of the last `value_and_gradient`; written into `product`."""
        V, c = self.layout.unpack(direction)
        code, point = linear.curvature_pass(self.dtype), self.point

        def visit(strand: int, block: linear.Rows, start: int, stop: int) -> None:
            own = self._memory[strand]
            code(
                *(block, point.W, point.b, V, c, self.masses[start:stop], own.scratch),
                *(point.block(own.Z, start, stop), own.U, self._sum.dZ(own.dZ, start, stop)),
                *(own.dW, own.db, self._short, point.keeps, stop - start),
            )

        self._pass(visit, direction, product)

    @property
    def at_zero(self) -> bool:
        """Whether every row has the same probabilities."""
        return self.point.at_zero

    def total(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """work(self, *arguments): there is one part."""
        return work(self, *arguments)

    def each(self, work: Callable[..., Any], *arguments: Any) -> list[Any]:
        """The same, in a list."""
        return [work(self, *arguments)]

    def leave_sample(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """The same as `total`."""
        return work(self, *arguments)

    def gradient_norm(self, gradient: Array) -> float:
        """The largest component of the gradient for the user's coefficients."""
        return largest_component(self.layout, gradient)

    def _pass(self, visit: Visit, parameters: Array, total: Array) -> None:
        """Every row through `visit`, which adds to its strand's sums; total is their sum, and λ∘W."""
        self.passes += 1
        self._strands.visit(lambda strand: self._memory[strand].clear(), visit)
        if self.layout.fit_intercept:
            self.layout.unpack(total)[1][:] = sum(own.db for own in self._memory)
        self._sum.finish(parameters, self.penalty.curvature, total)


def largest_component(layout: ParameterLayout, gradient: Array) -> float:
    """Of the gradient for the user's coefficients."""
    if layout.standardisation is None:
        return largest(gradient)
    dW, db = layout.user_gradient(gradient)
    return max(largest(dW.ravel()), largest(db))


def ridge_objective(
    rows: RowStore,
    targets: Targets,
    n_classes: int,
    strength: float,
    fit_intercept: bool,
    *,
    total_scale: float = 1.0,
    place: Place = Place(),
) -> LinearObjective:
    """The objective for these rows with ½ λ ‖W‖², λ the strength."""
    layout = ParameterLayout.of(rows, n_classes, fit_intercept)
    penalty = RidgePenalty(strength, layout)
    return LinearObjective(rows, targets, layout, penalty, total_scale=total_scale, place=place)


@final
class _StrandMemory:
    """What is summed over a strand, and the memory to work in."""

    def __init__(self, layout: ParameterLayout, dW: Array) -> None:
        n_classes, dtype = layout.n_classes, layout.dtype
        block = (linear.BLOCK + linear.SPARE_ROWS, n_classes)
        self.dW, self.db, self.total = dW, np.empty(layout.n_free), np.empty(1)
        self.Z, self.dZ, self.U = np.zeros(block, dtype), np.empty(block, dtype), np.zeros(block, dtype)
        self.losses = np.empty(linear.BLOCK)
        kernels = tiles if n_classes <= MAX_TILE_CLASSES else row_kernels
        self.scratch = np.empty(kernels.scratch_shape(n_classes), dtype)

    def clear(self) -> None:
        """Every sum back to 0."""
        self.dW.fill(0)
        self.db.fill(0)
        self.total.fill(0)
