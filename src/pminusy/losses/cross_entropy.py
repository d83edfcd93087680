"""The cross-entropy of softmax and its derivatives, for callers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pminusy.errors import InputError
from pminusy.formulas import cross_entropy as formulas
from pminusy.kernels.run import run_kernel
from pminusy.kernels.softmax import curvature_rows, curvature_tiles
from pminusy.losses.arrays import as_like, as_logits, as_real, output_like
from pminusy.losses.memory import empty_like
from pminusy.losses.targets import Targets, settle_targets
from pminusy.options import is_integer, is_number

Array = NDArray[Any]
Reduction = Literal["mean", "sum", "none"]


@dataclass(frozen=True, eq=False)
class CrossEntropy:
    r"""Softmax cross-entropy loss for labels or target mass, with exact derivatives.

    For a row of logits z, target mass y ≥ 0 of sum s, and lse = logsumexp(z):

    .. math::
        L = -\sum_k y_k \log p_k + \lambda s\,\mathrm{lse}^2, \qquad
        \partial L / \partial z = s (1 + 2 \lambda\,\mathrm{lse})\,p - y

    which is the textbook p − y if s = 1 and λ = 0.

    Parameters
    ----------
    weight : array (K,), optional
        Weight of each class, which multiplies y_k.
    label_smoothing : float in [0, 1], default 0
        ε in y ← (1 − ε)·y + ε/K, which preserves the mass of a row of mass 1.
    ignore_index : int, optional
        Label of rows to ignore; integer labels only.
    z_loss : float ≥ 0, default 0
        λ, which penalises logsumexp(z) for deviating from 0.
    reduction : {"mean", "sum", "none"}, default "mean"
        "mean" divides by the total weight of the rows that are not ignored: their sample weights, times the class
        weight of the label if the targets are labels. If every row is ignored, value and gradient are 0. A row of
        target mass 0 has loss 0 and gradient 0, whatever its logits.

    Raises
    ------
    InputError
        A parameter is out of range.

    See Also
    --------
    pminusy.softmax : the probabilities alone.
    pminusy.check_gradient : check a gradient numerically.

    Notes
    -----
    All methods take logits Z (N, K) in float32 or float64 and `targets`: integer labels (N,), or target mass (N, K)
    of any sum (probabilities, counts, votes). Results have the dtype of Z; sums are accumulated in float64. `weight`,
    `label_smoothing`, `ignore_index` and `reduction` work as in ``torch.nn.functional.cross_entropy``.
    Derivation: docs/derivations/cross_entropy.md, target_mass.md and z_loss.md.

    References
    ----------
    C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 4.3.4.
    A. Chowdhery et al., PaLM: Scaling Language Modeling with Pathways, 2022, section 5 (the z-loss).

    Examples
    --------
    >>> import numpy as np, pminusy
    >>> loss = pminusy.CrossEntropy()
    >>> Z = np.array([[2.0, 1.0, 0.1]])
    >>> value, dZ = loss.value_and_gradient(Z, [0])
    >>> round(value, 6)
    0.41703
    >>> np.allclose(dZ, pminusy.softmax(Z) - [1, 0, 0])
    True
    """

    weight: ArrayLike | None = None
    label_smoothing: float = 0.0
    ignore_index: int | None = None
    z_loss: float = 0.0
    reduction: Reduction = "mean"

    def __post_init__(self) -> None:
        if self.weight is not None:
            weight = as_real("weight", self.weight).astype(np.float64)  # a copy: the caller may change theirs
            if weight.ndim != 1 or not (np.isfinite(weight).all() and (weight >= 0).all()):
                raise InputError(
                    f"weight: expected one finite weight ≥ 0 for each class, got {self.weight!r}"
                )
            object.__setattr__(self, "weight", weight)
        if not (is_number(self.label_smoothing) and 0 <= self.label_smoothing <= 1):
            raise InputError(f"label_smoothing: expected a number in [0, 1], got {self.label_smoothing!r}")
        if not (is_number(self.z_loss) and 0 <= self.z_loss < np.inf):
            raise InputError(f"z_loss: expected a finite number ≥ 0, got {self.z_loss!r}")
        if not (self.ignore_index is None or _is_label(self.ignore_index)):
            raise InputError(f"ignore_index: expected a 64-bit integer or None, got {self.ignore_index!r}")
        object.__setattr__(self, "label_smoothing", float(self.label_smoothing))
        object.__setattr__(self, "z_loss", float(self.z_loss))
        if self.reduction not in ("mean", "sum", "none"):
            raise InputError(f'reduction: expected "mean", "sum" or "none", got {self.reduction!r}')

    def value(
        self, Z: ArrayLike, targets: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> float | Array:
        """The loss: a float for "mean" and "sum", (N,) for "none".

        Parameters
        ----------
        Z : array (N, K)
            Logits.
        targets : integer array (N,) or array (N, K)
            Labels or target mass.
        sample_weight : array (N,), optional
            Weights ≥ 0 of the rows; a row of weight 0 is ignored.

        Raises
        ------
        TargetError
            A label is out of range, or a mass is negative or not finite; the message gives row and value.
        ShapeError, InputError
            Shapes or dtypes do not match.

        Examples
        --------
        >>> import pminusy
        >>> pminusy.CrossEntropy(reduction="none").value([[0.0, 0.0], [9e9, 0.0]], [0, 0])
        array([0.69314718, 0.        ])
        """
        logits = as_logits(Z)
        settled = self.settle(targets, logits.shape, logits.dtype, sample_weight)
        empty = np.empty((0, logits.shape[1]), logits.dtype)
        return self._reduce(settled.fused_pass(logits, self.z_loss, 0.0, empty), settled, logits)

    def value_and_gradient(
        self,
        Z: ArrayLike,
        targets: ArrayLike,
        sample_weight: ArrayLike | None = None,
        out: Array | None = None,
    ) -> tuple[float | Array, Array]:
        """The loss and its gradient, in a single pass over Z.

        Parameters
        ----------
        Z, targets, sample_weight
            As for :meth:`value`.
        out : array like Z, optional
            Array for the gradient; must not be Z. Its contents are undefined if an error is raised.

        Returns
        -------
        value : float or array (N,)
            As for :meth:`value`.
        dZ : array (N, K)
            The gradient of the mean or the sum; for "none", of each row's loss.

        Raises
        ------
        TargetError, ShapeError, InputError
            As for :meth:`value`, or `out` does not match.
        """
        logits = as_logits(Z)
        settled = self.settle(targets, logits.shape, logits.dtype, sample_weight)
        dZ = output_like(out, logits, Z=logits, **settled.arrays())
        losses = settled.fused_pass(logits, self.z_loss, self.scale(settled), dZ)
        return self._reduce(losses, settled, logits), dZ

    def gradient(
        self,
        Z: ArrayLike,
        targets: ArrayLike,
        sample_weight: ArrayLike | None = None,
        out: Array | None = None,
    ) -> Array:
        """The gradient as returned by :meth:`value_and_gradient`: (N, K)."""
        return self.value_and_gradient(Z, targets, sample_weight, out)[1]

    def jvp(
        self, Z: ArrayLike, targets: ArrayLike, V: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> float | Array:
        """Directional derivative of the loss along V (N, K), ⟨∂L/∂Z, V⟩: a float, or (N,) for "none".

        Raises
        ------
        TargetError, ShapeError, InputError
            As for :meth:`value`, or V does not have the shape of Z.
        """
        dZ = self.gradient(Z, targets, sample_weight)
        along = np.einsum("nk,nk->n", dZ, as_like("V", V, dZ), dtype=np.float64)
        along[self._row_masses(dZ, targets, sample_weight) == 0] = 0  # whatever V is there
        return along.astype(dZ.dtype) if self.reduction == "none" else float(along.sum())

    def hvp(
        self, Z: ArrayLike, targets: ArrayLike, V: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> Array:
        r"""Hessian-vector product (N, K): directional derivative of the gradient along V.

        Each row is :math:`s (1 + 2\lambda\,\mathrm{lse}) (p \circ v - p \langle p, v \rangle)
        + 2 \lambda s\,p \langle p, v \rangle`; no K × K matrix is formed.

        Raises
        ------
        TargetError, ShapeError, InputError
            As for :meth:`value`, or V does not have the shape of Z.
        """
        logits = as_logits(Z)
        direction = as_like("V", V, logits)
        masses = self._row_masses(logits, targets, sample_weight)
        out = empty_like(logits)
        options = (direction, masses, self.z_loss)
        run_kernel(curvature_tiles, curvature_rows, (logits, *options), (out,))
        return out

    def hessian(self, Z: ArrayLike, targets: ArrayLike, sample_weight: ArrayLike | None = None) -> Array:
        """Hessian of each row (N, K, K); rows do not interact, so these blocks are the full Hessian.

        Raises
        ------
        TargetError, ShapeError, InputError
            As for :meth:`value`.
        """
        logits = as_logits(Z)
        masses = self._row_masses(logits, targets, sample_weight)
        with np.errstate(invalid="ignore"):  # rows with NaN or ±∞ have a Hessian of NaN
            blocks = formulas.hessian(logits, masses[:, None], self.z_loss)
        return np.where(masses[:, None, None] == 0, 0, blocks).astype(logits.dtype, copy=False)

    def settle(
        self,
        targets: ArrayLike,
        shape: tuple[int, ...],
        dtype: np.dtype[Any],
        sample_weight: ArrayLike | None = None,
        name: str = "targets",
    ) -> Targets:
        """Check targets once for logits of this shape and dtype, for a caller that evaluates them many times."""
        return settle_targets(
            targets,
            (shape[0], shape[1]),
            dtype,
            class_weight=self.weight,  # type: ignore[arg-type]  # an array since __post_init__
            label_smoothing=self.label_smoothing,
            ignore_index=self.ignore_index,
            sample_weight=sample_weight,
            name=name,
        )

    def scale(self, settled: Targets) -> float:
        """What the reduction multiplies each row's loss and gradient by."""
        if self.reduction != "mean":
            return 1.0
        return 1.0 / settled.total_weight if settled.total_weight else 0.0

    def _reduce(self, losses: Array, settled: Targets, logits: Array) -> float | Array:
        if self.reduction == "none":
            return losses.astype(logits.dtype, copy=False)
        return self.scale(settled) * float(losses.sum())

    def _row_masses(self, logits: Array, targets: ArrayLike, sample_weight: ArrayLike | None) -> Array:
        settled = self.settle(targets, logits.shape, logits.dtype, sample_weight)
        return self.scale(settled) * settled.mass()


def _is_label(value: object) -> bool:
    fits = is_integer(value) and -(2**63) <= int(value) < 2**63
    return fits and not isinstance(value, bool)
