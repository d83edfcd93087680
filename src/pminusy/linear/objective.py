"""The objective of a linear softmax classifier: value, gradient and Hessian products, each from one pass over X.

Conventions
-----------
X (N, D) samples, W (D, F) and b (F,) parameters, Z (N, K) logits, dZ = ∂(mean loss)/∂Z.

    f(W, b) = (1/M) Σ_i L_i + ½ Σ_d λ_d ‖W_d‖²,    M the total weight of the rows
    ∂f/∂W   = Xᵀ dZ + λ∘W,    ∂f/∂b = Σ_i dZ_i
    H(V, c) = Xᵀ dU + λ∘V,  Σ_i dU_i    with dU_i = (∂²f/∂Z_i²)(X V + c)_i

F = K, but for two classes F = 1: the first class's logit is held at 0, as only the difference of the two matters; that
is the objective of binary logistic regression. Derivation: docs/derivations/linear.md.

The rows are cut into strands by shape alone. Threads take strands, each strand sums its blocks in order, and the
strands are summed in order: the result has the same bits whatever the number of threads.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.kernels import linear, rows, tiles, updates
from pminusy.kernels.parallel import PRODUCTS_PER_ELEMENT, over_rows
from pminusy.kernels.run import MAX_TILE_CLASSES
from pminusy.linear.hessian import hessian, hold_shifts
from pminusy.linear.preconditioners import make_preconditioner
from pminusy.linear.samples import Samples, logits
from pminusy.losses.softmax import softmax
from pminusy.losses.targets import LabelTargets, Targets
from pminusy.solvers.objective import Preconditioner
from pminusy.solvers.vectors import dot, largest, n_chunks

Array = NDArray[Any]

_MAX_STRANDS = 8
_STRAND_GRADIENTS = 1 << 24  # numbers in all strands' own gradients together
_STRAND_WORK = 1 << 18  # multiplications that are worth a strand
_KEPT_LOGITS = 1 << 24  # numbers


def n_free_columns(n_classes: int) -> int:
    """F, the columns of logits that are free."""
    return 1 if n_classes == 2 else n_classes


class LinearObjective:
    """f(W, b) for fixed data; an `Objective` of the flat parameters [W.ravel(), b] in the samples' dtype.

    Parameters
    ----------
    samples : Samples
        X.
    targets : Targets
        Settled for logits (N, K), with reduction "sum".
    n_classes : int
        K.
    penalties : float or array (D,)
        λ, where the samples are dense for each feature one.
    fit_intercept : bool
        Whether b is free; it is 0 otherwise.
    total_scale : float
        What turns the mean objective into the one that is reported.
    random : Generator, optional
        Draws the rows of preconditioners.
    """

    def __init__(
        self,
        samples: Samples,
        targets: Targets,
        n_classes: int,
        penalties: float | Array,
        fit_intercept: bool,
        *,
        total_scale: float = 1.0,
        random: np.random.Generator | None = None,
    ) -> None:
        self.samples, self.targets, self.n_classes = samples, targets, n_classes
        self.fit_intercept, self.dtype = fit_intercept, samples.dtype
        self.n_free = n_free_columns(n_classes)
        self.passes, self.total_scale = 0, total_scale
        self._random = np.random.default_rng(0) if random is None else random
        self.penalties = np.asarray(penalties, self.dtype)
        n_rows, n_features = samples.X.shape
        self._n_weights = n_features * self.n_free
        kept = n_rows * n_classes <= max(_KEPT_LOGITS, samples.n_numbers // 20)
        self._columns = samples.transposed(self.n_free) if kept else None
        gathered = self._columns is not None
        work = samples.n_numbers * self.n_free + n_rows * n_classes
        borders = _borders(n_rows, work, 1 if gathered else self._n_weights)
        self._work_per_strand = work // (len(borders) - 1) // PRODUCTS_PER_ELEMENT
        self._scale = 1.0 / targets.total_weight
        self.masses = targets.mass() * self._scale
        self._kept = np.zeros((n_rows + linear.SPARE_ROWS, n_classes), self.dtype) if kept else None
        self._dZ = np.empty((n_rows + linear.SPARE_ROWS, n_classes), self.dtype) if gathered else None
        shape = samples.weight_shape(self.n_free)
        self._sums = np.empty((len(borders) - 1, 0 if gathered else self._n_weights), self.dtype)
        self._strands = [
            _Strand(samples, dW.reshape(-1, shape[1]), self.n_free, n_classes, start, stop)
            for dW, (start, stop) in zip(self._sums, pairwise(borders), strict=True)
        ]
        every = np.broadcast_to(self.penalties, shape).ravel() if self.penalties.size > 1 else self.penalties
        self._penalty_vector = np.ascontiguousarray(every).reshape(-1)
        self._at_zero = True
        self._W, self._b = self.unpack(
            np.zeros(self.n_parameters, self.dtype)
        )  # of use where no logits are kept
        self._short = n_classes <= MAX_TILE_CLASSES

    @property
    def n_parameters(self) -> int:
        """How long the flat vector is."""
        return self.n_free * (self.samples.X.shape[1] + self.fit_intercept)

    def unpack(self, parameters: Array) -> tuple[Array, Array]:
        """(W, b) as views of the flat parameters, W as the samples want it; b is 0 without an intercept."""
        split = self.n_free * self.samples.X.shape[1]
        W = parameters[:split].reshape(self.samples.weight_shape(self.n_free))
        return W, parameters[split:] if self.fit_intercept else np.zeros(self.n_free, parameters.dtype)

    def pack(self, W: Array, b: Array) -> Array:
        """The flat parameters of which (W, b) are the parts."""
        return np.concatenate([W.ravel(), b if self.fit_intercept else b[:0]]).astype(self.dtype, copy=False)

    def by_class(self, parameters: Array) -> Array:
        """The parameters of each class side by side, its intercept last: (F, D + 1)."""
        W, b = self.unpack(parameters)
        W = self.samples.by_class(W)
        return np.concatenate([W, b[:, None]], axis=1) if self.fit_intercept else W

    def from_classes(self, matrix: Array, out: Array | None = None) -> Array:
        """The flat parameters from what `by_class` gives, in `out` where it is given."""
        flat = np.empty(self.n_parameters, self.dtype) if out is None else out
        W, b = self.unpack(flat)
        np.copyto(self.samples.by_class(W), matrix[:, : self.samples.X.shape[1]])
        if self.fit_intercept:
            np.copyto(b, matrix[:, -1])
        return flat

    def to_user(self, parameters: Array) -> tuple[Array, Array]:
        """Coefficients (F, D) and intercepts (F,) for X as the user has it."""
        return self.samples.to_user(*self.unpack(parameters))

    def from_user(self, coefficients: Array, intercepts: Array) -> Array:
        """The flat parameters of which `to_user` gives these; without an intercept the given ones are left out."""
        return self.pack(*self.samples.from_user(coefficients, intercepts))

    def user_gradient(self, gradient: Array) -> tuple[Array, Array]:
        """The gradient with respect to what `to_user` gives."""
        return self.samples.user_gradient(*self.unpack(gradient))

    def value_and_gradient(self, parameters: Array, gradient: Array) -> float:
        """f; its gradient is written into `gradient`."""
        W, b = self.unpack(parameters)
        self._at_zero = not parameters.any()
        if self._kept is None:
            self._W, self._b = W.copy(), b.copy()
        kernel = linear.label_pass if isinstance(self.targets, LabelTargets) else linear.mass_pass
        scale, code = self._scale * self.targets.unit, kernel(self.dtype)

        def run(strand: _Strand, part: linear.Rows, start: int, stop: int) -> None:
            code(
                *(part, W, b, *self.targets.rows(start, stop).kernel_arguments(), scale, strand.scratch),
                *(self._logits(strand, start, stop), self._gradients(strand, start, stop), strand.losses),
                *(strand.dW, strand.db, strand.total, self._short, self._kept is not None, stop - start),
            )

        self._pass(run, gradient)
        loss = sum(float(strand.total[0]) for strand in self._strands)
        self._finish(parameters, gradient)
        w = self._weights(parameters)
        penalised = w if self._penalty_vector.size == 1 else w * self._penalty_vector
        penalty = dot(w, penalised) * (float(self._penalty_vector[0]) if penalised is w else 1.0)
        return scale * loss + 0.5 * penalty

    def hessian_product(self, direction: Array, product: Array) -> None:
        """H times a direction, at the point of the last `value_and_gradient`; written into `product`."""
        V, c = self.unpack(direction)
        code = linear.curvature_pass(self.dtype)

        def run(strand: _Strand, part: linear.Rows, start: int, stop: int) -> None:
            code(
                *(part, self._W, self._b, V, c, self.masses[start:stop], strand.scratch),
                *(self._logits(strand, start, stop), strand.U, self._gradients(strand, start, stop)),
                *(strand.dW, strand.db, self._short, self._kept is not None, stop - start),
            )

        self._pass(run, product)
        self._finish(direction, product)

    def at_zero(self) -> bool:
        """Whether every row had the same probabilities at the last evaluation."""
        return self._at_zero

    def probabilities(self, rows: Array | slice) -> Array:
        """Those of the free classes at the point of the last evaluation: (n, F)."""
        if self._kept is not None:
            Z = self._kept[: self.samples.X.shape[0]][rows]
        else:
            Z = self.logits(rows, self._W, self._b)
        return softmax(Z)[:, self.n_classes - self.n_free :]

    def logits(self, rows: Array | slice, W: Array, b: Array) -> Array:
        """All K logits of some rows: (n, K)."""
        return logits(self.samples, rows, W, b, self.n_classes)

    def with_ones(self, rows: Array | slice) -> Array:
        """A copy of these rows of X, with a last column of ones if there is an intercept."""
        return self.samples.take(rows, n_ones=int(self.fit_intercept))

    def diagonal_penalties(self) -> Array:
        """λ for each parameter, 0 for the intercepts."""
        penalties = np.broadcast_to(self.penalties, self.samples.weight_shape(self.n_free))
        return self.pack(penalties, np.zeros(self.n_free))

    def preconditioner(self) -> Preconditioner:
        """See `preconditioners.py`."""
        return make_preconditioner(self, self._random)

    def hessian(self) -> Array:
        """See `hessian.py`; positive definite but for what the data leave open."""
        matrix = hessian(self)
        hold_shifts(self, matrix)
        return matrix

    def _pass(self, run: Callable[[_Strand, linear.Rows, int, int], None], total: Array) -> None:
        """Every part of X through `run`, which adds to its strand's sums; b's part of total is their sum."""
        self.passes += 1

        def run_strands(first: int, last: int) -> None:
            for strand in self._strands[first:last]:
                strand.clear()
                for part, start, stop in self.samples.parts(strand.start, strand.stop, strand.converted):
                    run(strand, part, start, stop)

        over_rows(run_strands, len(self._strands), self._work_per_strand)
        if self.fit_intercept:
            self.unpack(total)[1][:] = sum(strand.db for strand in self._strands)

    def _finish(self, parameters: Array, total: Array) -> None:
        """W's part of total = Xᵀ dZ + λ∘W, from the strands' sums or from all rows' dZ."""
        if self._columns is None:
            self._add_strands(parameters, total)
            return
        W, dW = self.unpack(parameters)[0], self.unpack(total)[0]
        code, n_held = linear.transposed_pass(self.dtype), self.n_classes - self.n_free

        def run(first: int, last: int) -> None:
            code(self._columns, self._dZ, n_held, W, self._penalty_vector, dW, first, last)

        over_rows(
            run, len(W), (self.samples.n_numbers // len(W) + 1) * self.n_free // PRODUCTS_PER_ELEMENT + 1
        )

    def _add_strands(self, parameters: Array, total: Array) -> None:
        """W's part of total = Σ strands + λ∘W."""
        w, out = self._weights(parameters), self._weights(total)
        code = updates.add_strands(self.dtype)

        def run(first: int, last: int) -> None:
            code(self._sums, w, self._penalty_vector, out, first, last)

        over_rows(run, n_chunks(w), updates.CHUNK * (1 + len(self._sums)) // PRODUCTS_PER_ELEMENT)

    def _weights(self, parameters: Array) -> Array:
        return parameters[: self._n_weights]

    def gradient_norm(self, gradient: Array) -> float:
        """The largest component of the gradient for the user's coefficients."""
        if not self.samples.standardised:
            return largest(gradient)
        dW, db = self.user_gradient(gradient)
        return max(largest(dW.ravel()), largest(db))

    def _gradients(self, strand: _Strand, start: int, stop: int) -> Array:
        return strand.dZ if self._dZ is None else self._dZ[start:stop]

    def _logits(self, strand: _Strand, start: int, stop: int) -> Array:
        return strand.Z if self._kept is None else self._kept[start:stop]


class _Strand:
    """Rows [start, stop): what is summed over them, and the memory to work in."""

    def __init__(
        self, samples: Samples, dW: Array, n_free: int, n_classes: int, start: int, stop: int
    ) -> None:
        dtype, block = samples.dtype, (linear.BLOCK + linear.SPARE_ROWS, n_classes)
        self.start, self.stop = start, stop
        self.dW, self.db, self.total = dW, np.empty(n_free), np.empty(1)
        self.Z, self.dZ, self.U = np.zeros(block, dtype), np.empty(block, dtype), np.zeros(block, dtype)
        self.losses = np.empty(linear.BLOCK)
        scratch_shape = (tiles if n_classes <= MAX_TILE_CLASSES else rows).scratch_shape(n_classes)
        self.scratch = np.empty(scratch_shape, dtype)
        self.converted = samples.scratch()

    def clear(self) -> None:
        """Every sum back to 0."""
        self.dW.fill(0)
        self.db.fill(0)
        self.total.fill(0)


def _borders(n_rows: int, work: int, n_parameters: int) -> list[int]:
    """Where strands begin and end: at multiples of a block, at most as many as memory and work are worth."""
    n_blocks = -(-n_rows // linear.BLOCK)
    worth = min(work // _STRAND_WORK, max(2, _STRAND_GRADIENTS // n_parameters), _MAX_STRANDS, n_blocks)
    n_strands = 1 << max(0, int(worth).bit_length() - 1)
    return [min(n_rows, n_blocks * strand // n_strands * linear.BLOCK) for strand in range(n_strands + 1)]
