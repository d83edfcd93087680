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
    """One label a row; y_k = unit·weight·(hit_c·[k = c] + shift_k)."""

    labels: Array  # (N,) int64
    ignored: int
    hit: Array  # (K,) float64
    shift: Array  # (K,) of the logits' dtype, or empty for no smoothing
    weights: Array  # (N,) or (1,) float64
    unit: float  # a power of two, so that the weights are near 1 and no product of them leaves float32
    total_weight: float  # what "mean" divides by

    def rows(self, start: int, stop: int) -> LabelTargets:
        """The targets of these rows."""
        weights = self.weights if self.weights.size == 1 else self.weights[start:stop]
        return replace(self, labels=self.labels[start:stop], weights=weights)

    def kernel_arguments(self) -> tuple[Any, ...]:
        """The targets as the kernels for labels take them; losses and gradient are to be multiplied by `unit`."""
        return self.labels, self.ignored, self.hit, self.shift, self.shift_total, self.weights

    def arrays(self) -> dict[str, Array]:
        """What a pass reads, by the caller's names."""
        return {"targets": self.labels, "sample_weight": self.weights}

    @property
    def shift_total(self) -> float:
        """Σ_k shift_k."""
        return float(self.shift.sum(dtype=np.float64))

    def mass(self) -> Array:
        """Each row's s: (N,)."""
        counted = self.labels != self.ignored
        hit = self.hit[np.where(counted, self.labels, 0)]
        mass = self.unit * self.weights * (hit + self.shift_total)
        return np.where(counted, mass, 0.0)

    def support(self, rows: slice | Array = slice(None)) -> NDArray[np.bool_]:
        """Where y is positive, in these rows: (n, K)."""
        labels = self.labels[rows]
        counted = (labels != self.ignored) & (np.broadcast_to(self.weights, len(self.labels))[rows] > 0)
        own = (labels[:, None] == np.arange(len(self.hit))) & (self.hit > 0)
        return (own | (self.shift > 0) if self.shift.size else own) & counted[:, None]

    def class_mass(self) -> Array:
        """Σ_i y_i: (K,)."""
        weights = np.where(self.labels == self.ignored, 0.0, self.unit * self.weights)
        labels = np.where(self.labels == self.ignored, 0, self.labels)
        mass = np.bincount(labels, weights, len(self.hit)) * self.hit
        return mass + float(weights.sum()) * self.shift if self.shift.size else mass

    def fused_pass(self, Z: Array, z_loss: float, scale: float, dZ: Array) -> Array:
        """Each row's loss (N,), with scale·gradient left in dZ unless dZ is empty."""
        losses = np.empty(len(Z))
        arguments = (Z, *self.kernel_arguments(), z_loss, scale * self.unit)
        run_kernel(label_tiles, label_rows, arguments, (dZ, losses))
        return losses if self.unit == 1 else losses * self.unit


@dataclass(frozen=True)
class MassTargets:
    """A row of mass for each row; y_k = unit·weight·(gain_k·Y_k + shift_k)."""

    Y: Array  # (N, K) of the logits' dtype
    gain: Array  # (K,) of the logits' dtype, or empty for 1
    shift: Array  # (K,) of the logits' dtype, or empty for 0
    weights: Array  # (N,) or (1,) float64
    unit: float
    total_weight: float
    name: str  # what the caller calls them
    first_row: int = 0

    def rows(self, start: int, stop: int) -> MassTargets:
        """The targets of these rows."""
        weights = self.weights if self.weights.size == 1 else self.weights[start:stop]
        return replace(self, Y=self.Y[start:stop], weights=weights, first_row=self.first_row + start)

    def kernel_arguments(self) -> tuple[Any, ...]:
        """The targets as the kernels for mass take them; losses and gradient are to be multiplied by `unit`."""
        return self.Y, self.gain, self.shift, self.weights

    def arrays(self) -> dict[str, Array]:
        """What a pass reads, by the caller's names."""
        return {self.name: self.Y, "sample_weight": self.weights}

    def mass(self) -> Array:
        """Each row's s: (N,); a TargetError for mass that is negative or not finite."""
        counted = np.broadcast_to(self.weights != 0, len(self.Y))
        self._refuse(~(self._usable(self.Y) & np.isfinite(self.Y.sum(axis=1))[:, None]).all(axis=1) & counted)
        Y = self.Y if self.gain.size == 0 else self.Y * self.gain + self.shift
        mass = np.zeros(len(Y))
        np.multiply(self.unit * self.weights, Y.sum(axis=1, dtype=np.float64), out=mass, where=counted)
        return mass

    def support(self, rows: slice | Array = slice(None)) -> NDArray[np.bool_]:
        """Where y is positive, in these rows: (n, K)."""
        Y = self.Y[rows] if self.gain.size == 0 else self.Y[rows] * self.gain + self.shift
        return (Y > 0) & (np.broadcast_to(self.weights, len(self.Y))[rows] > 0)[:, None]

    def class_mass(self) -> Array:
        """Σ_i y_i: (K,)."""
        weights = self.unit * np.broadcast_to(self.weights, len(self.Y))
        counted = weights != 0  # rows of no weight may hold anything
        mass = weights[counted] @ self.Y[counted].astype(np.float64)
        return mass if self.gain.size == 0 else mass * self.gain + float(weights.sum()) * self.shift

    def fused_pass(self, Z: Array, z_loss: float, scale: float, dZ: Array) -> Array:
        """Each row's loss (N,), with scale·gradient left in dZ unless dZ is empty; the mass is checked on the way."""
        losses = np.empty(len(Z))
        arguments = (Z, *self.kernel_arguments(), z_loss, scale * self.unit)
        run_kernel(mass_tiles, mass_rows, arguments, (dZ, losses))
        self._refuse(losses == -np.inf)
        return losses if self.unit == 1 else losses * self.unit

    @staticmethod
    def _usable(Y: Array) -> Array:
        return np.isfinite(Y) & (Y >= 0)

    def _refuse(self, unusable_rows: Array) -> None:
        if not unusable_rows.any():
            return
        row = int(unusable_rows.argmax())
        usable = self._usable(self.Y[row])
        came = "a sum that overflows" if usable.all() else str(self.Y[row, usable.argmin()])
        where = f"row {self.first_row + row}" + ("" if usable.all() else f", class {usable.argmin()}")
        raise TargetError(f"{self.name}: expected finite mass ≥ 0, got {came} at {where}")


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
    name: str = "targets",
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
        raise ShapeError(
            f"weight: expected one weight for each of {n_classes} classes, got {class_weight.size}"
        )
    weights = settle_weights(sample_weight, n_rows)
    class_weight = np.ones(n_classes) if class_weight is None else class_weight
    row_unit, class_unit = _unit(weights), _unit(class_weight)
    gain = (1 - label_smoothing) * class_weight / class_unit
    shift = class_weight / class_unit * (label_smoothing / n_classes)
    options: dict[str, Any] = {"weights": weights / row_unit, "unit": row_unit * class_unit}
    if array.shape == (n_rows,) and (array.dtype.kind in "iu" or n_rows == 0):
        ignored = -1 if ignore_index is None else ignore_index
        labels = np.require(array, np.int64, ["C", "A"])
        total = _total_weight(array, weights, class_weight, ignore_index, name)
        shift = shift if label_smoothing else np.empty(0)
        return LabelTargets(labels, ignored, gain, shift.astype(dtype), total_weight=total, **options)
    if array.shape == shape:
        if ignore_index is not None:
            raise InputError(f"ignore_index: only valid with integer labels, got target mass as {name}")
        if not label_smoothing and (class_weight == 1).all():
            gain = shift = np.empty(0)
        Y = as_real(name, array).astype(dtype, copy=False)
        total = _total(weights, n_rows)
        arrays = (Y, gain.astype(dtype), shift.astype(dtype))
        return MassTargets(*arrays, total_weight=total, name=name, **options)
    raise ShapeError(
        f"{name}: expected integer labels of shape ({n_rows},) or target mass of shape {shape}, "
        f"got {array.dtype} of shape {array.shape}"
    )


def _unit(weights: Array) -> float:
    """A power of two near the largest weight."""
    largest = float(weights.max(initial=0.0))
    return 2.0 ** (np.frexp(largest)[1] - 1) if largest > 0 else 1.0


def _total(weights: Array, n_rows: int) -> float:
    return float(weights.sum()) if weights.size == n_rows else n_rows * float(weights[0])


def _total_weight(
    labels: Array, weights: Array, class_weight: Array, ignore_index: int | None, name: str
) -> float:
    """The weight of the counted rows; an error for a label that is none of the classes."""
    in_range = labels.size == 0 or (labels.min() >= 0 and labels.max() < class_weight.size)
    if in_range and ignore_index is None and (class_weight == 1).all():
        return _total(weights, labels.size)
    counted = np.ones(labels.shape, bool) if ignore_index is None else labels != ignore_index
    wrong = counted & ((labels < 0) | (labels >= class_weight.size))
    if wrong.any():
        row = int(wrong.argmax())
        raise TargetError(
            f"{name}: expected labels in [0, {class_weight.size}), got {labels[row]} at row {row}"
        )
    return float((weights * class_weight[np.where(counted, labels, 0)] * counted).sum())


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
