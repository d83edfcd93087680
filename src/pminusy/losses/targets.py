"""Targets settled once: checked, and turned into what the kernels take.

Both kinds of target are a row mass y and its sum s (see `kernels/cross_entropy.py`): `LabelTargets` keeps labels and
what a hit weighs, `MassTargets` keeps rows of mass. A settled target can be evaluated again and again, and cut into
row ranges, without another check.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pminusy.errors import InputError, ShapeError, TargetError
from pminusy.kernels.cross_entropy import label_rows, mass_rows
from pminusy.kernels.cross_entropy_tiles import label_tiles, mass_tiles
from pminusy.kernels.run import run_kernel
from pminusy.losses.arrays import as_real

Array = NDArray[Any]


@dataclass(frozen=True)
class LabelTargets:
    """One label a row; y_k = weight·(hit_c·[k = c] + shift_k)."""

    labels: Array  # (N,) int64
    ignored: int
    hit: Array  # (K,) float64
    shift: Array  # (K,) of the logits' dtype, or empty for no smoothing
    weights: Array  # (N,) or (1,) float64
    total_weight: float  # what "mean" divides by

    def rows(self, start: int, stop: int) -> LabelTargets:
        """The targets of these rows."""
        weights = self.weights if self.weights.size == 1 else self.weights[start:stop]
        return replace(self, labels=self.labels[start:stop], weights=weights)

    def mass(self) -> Array:
        """Each row's s: (N,)."""
        counted = self.labels != self.ignored
        hit = self.hit[np.where(counted, self.labels, 0)]
        return np.where(counted, self.weights * (hit + self.shift.sum(dtype=np.float64)), 0.0)

    def fused_pass(self, Z: Array, z_loss: float, scale: float, dZ: Array) -> Array:
        """Each row's loss (N,), with scale·gradient left in dZ unless dZ is empty."""
        losses = np.empty(len(Z))
        options = (self.labels, self.ignored, self.hit, self.shift, self.weights, z_loss, scale)
        run_kernel(label_tiles, label_rows, (Z, *options), (dZ, losses))
        return losses


@dataclass(frozen=True)
class MassTargets:
    """A row of mass for each row; y_k = weight·(gain_k·Y_k + shift_k)."""

    Y: Array  # (N, K) of the logits' dtype
    gain: Array  # (K,) of the logits' dtype, or empty for 1
    shift: Array  # (K,) of the logits' dtype, or empty for 0
    weights: Array  # (N,) or (1,) float64
    total_weight: float

    def rows(self, start: int, stop: int) -> MassTargets:
        """The targets of these rows."""
        weights = self.weights if self.weights.size == 1 else self.weights[start:stop]
        return replace(self, Y=self.Y[start:stop], weights=weights)

    def mass(self) -> Array:
        """Each row's s: (N,); a TargetError for mass that is negative or not finite."""
        unusable = ~((self.Y >= 0) & (np.inf > self.Y)).all(axis=1) & (self.weights != 0)
        self._refuse(unusable)
        Y = self.Y if self.gain.size == 0 else self.Y * self.gain + self.shift
        mass: Array = self.weights * Y.sum(axis=1, dtype=np.float64)
        return mass

    def fused_pass(self, Z: Array, z_loss: float, scale: float, dZ: Array) -> Array:
        """Each row's loss (N,), with scale·gradient left in dZ unless dZ is empty; the mass is checked on the way."""
        losses = np.empty(len(Z))
        options = (self.Y, self.gain, self.shift, self.weights, z_loss, scale)
        run_kernel(mass_tiles, mass_rows, (Z, *options), (dZ, losses))
        self._refuse(losses == -np.inf)
        return losses

    def _refuse(self, unusable_rows: Array) -> None:
        if unusable_rows.any():
            row = int(unusable_rows.argmax())
            column = int(((self.Y[row] >= 0) & (self.Y[row] < np.inf)).argmin())
            raise TargetError(
                f"targets: expected finite mass ≥ 0, got {self.Y[row, column]} at row {row}, class {column}"
            )


Targets = LabelTargets | MassTargets


def settle_targets(
    targets: ArrayLike,
    shape: tuple[int, int],
    dtype: np.dtype[Any],
    *,
    class_weight: Array | None,
    label_smoothing: float,
    ignore_index: int | None,
    sample_weight: ArrayLike | None,
) -> Targets:
    """Targets for logits of this shape and dtype, checked.

    Raises
    ------
    TargetError
        A label outside [0, K) that is not `ignore_index`.
    ShapeError, InputError
        Shapes or dtypes that do not fit, a class weight that does not have K entries, negative sample weights.
    """
    array = np.asarray(targets)
    n_rows, n_classes = shape
    if class_weight is not None and class_weight.size != n_classes:
        raise ShapeError(f"weight: expected one for each of {n_classes} classes, got {class_weight.size}")
    weights = settle_weights(sample_weight, n_rows)
    class_weight = np.ones(n_classes) if class_weight is None else class_weight
    hit = (1 - label_smoothing) * class_weight
    shift = class_weight * (label_smoothing / n_classes) if label_smoothing else np.empty(0)
    if array.ndim == 1 and array.dtype.kind in "iu" and array.shape == (n_rows,):
        ignored = -1 if ignore_index is None else int(ignore_index)
        labels = np.require(array, np.int64, ["C", "A"])
        counted = _check_labels(labels, n_classes, ignored, ignore_index is not None)
        row_weights = class_weight[labels if counted is None else np.where(counted, labels, 0)]
        row_weights = weights * (row_weights if counted is None else row_weights * counted)
        return LabelTargets(labels, ignored, hit, shift.astype(dtype), weights, float(row_weights.sum()))
    if array.shape == shape:
        if ignore_index is not None:
            raise InputError("ignore_index: applies to integer labels, got rows of target mass")
        plain = not label_smoothing and bool((class_weight == 1).all())
        gain = np.empty(0) if plain else hit
        if not plain and not label_smoothing:
            shift = np.zeros(n_classes)
        Y = as_real("targets", array).astype(dtype, copy=False)
        total = float(weights.sum()) if weights.size == n_rows else n_rows * float(weights[0])
        return MassTargets(Y, gain.astype(dtype), shift.astype(dtype), weights, total)
    raise ShapeError(
        f"targets: expected integer labels of shape ({n_rows},) or target mass of shape {shape}, "
        f"got {array.dtype} of shape {array.shape}"
    )


def _check_labels(labels: Array, n_classes: int, ignored: int, may_ignore: bool) -> Array | None:
    """Which rows are counted (None: all); an error for a label that is none of the classes."""
    if labels.size == 0 or (labels.min() >= 0 and labels.max() < n_classes and not may_ignore):
        return None
    counted = (labels != ignored) if may_ignore else np.ones(labels.shape, bool)
    wrong = counted & ((labels < 0) | (labels >= n_classes))
    if wrong.any():
        row = int(wrong.argmax())
        raise TargetError(f"targets: expected labels in [0, {n_classes}), got {labels[row]} at row {row}")
    return counted


def settle_weights(sample_weight: ArrayLike | None, n_rows: int) -> Array:
    """Sample weights (N,) in float64, checked; (1,) for None."""
    if sample_weight is None:
        return np.ones(1)
    weights = np.require(as_real("sample_weight", sample_weight), np.float64, ["C", "A"])
    if weights.shape != (n_rows,):
        raise ShapeError(f"sample_weight: expected shape ({n_rows},), got {weights.shape}")
    wrong = ~(weights >= 0) | np.isinf(weights)
    if wrong.any():
        row = int(wrong.argmax())
        raise InputError(f"sample_weight: expected finite weights ≥ 0, got {weights[row]} at row {row}")
    return weights
