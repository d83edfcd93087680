"""A border of zeros around images."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pminusy.errors import InputError
from pminusy.kernels.kinds import Cube, Integers
from pminusy.kernels.operations import operation
from pminusy.nn.layers.windows import Pair, pair
from pminusy.nn.program import Array, each_row, empty


@operation
def _insert(X: Cube, place: Integers, out: Cube, step, first, last):
    """Write images (N, H, W·C) into larger ones; `place` is where: rows and numbers from the first."""
    for n in range(first, last):
        for i in range(X.shape[1]):
            source, target = X[n, i], out[n, place[0] + i][place[1] :]
            for j in range(source.size):
                target[j] = source[j]


@operation
def _extract(X: Cube, place: Integers, out: Cube, step, first, last):
    """Read images (N, H, W·C) from within larger ones."""
    for n in range(first, last):
        for i in range(out.shape[1]):
            source, target = X[n, place[0] + i][place[1] :], out[n, i]
            for j in range(target.size):
                target[j] = source[j]


@dataclass(frozen=True)
class Padding:
    """Rows and columns of zeros before and after images of shape (H, W, C)."""

    image: tuple[int, int, int]
    before: Pair
    after: Pair

    @property
    def padded(self) -> tuple[int, int, int]:
        """The shape with the border."""
        (height, width, channels), (top, left), (bottom, right) = self.image, self.before, self.after
        return top + height + bottom, left + width + right, channels

    def around(self, X: Array) -> Array:
        """The images with their border."""
        if self.padded == self.image:
            return X
        padded = empty((len(X), *self.padded), X.dtype)
        padded[...] = 0  # once: only what lies inside is written again
        each_row(_insert, len(X), _lines(X), self._place, _lines(padded))
        return padded

    def without(self, X: Array) -> Array:
        """What lies inside the border."""
        if self.padded == self.image:
            return X
        inside = empty((len(X), *self.image), X.dtype)
        each_row(_extract, len(X), _lines(X), self._place, _lines(inside))
        return inside

    @property
    def _place(self) -> Array:
        return np.array([self.before[0], self.before[1] * self.image[2]], np.int64)


def padding_of(setting: int | Pair | str, image: tuple[int, int, int], size: Pair, stride: Pair) -> Padding:
    """What Conv2d's `padding` means for images of this shape."""
    if setting == "valid":
        setting = 0
    if setting != "same":
        if isinstance(setting, str):
            raise InputError(
                f'Conv2d: padding: expected an integer, a pair, "same" or "valid", got {setting!r}'
            )
        both = pair("Conv2d: padding", setting, 0)
        return Padding(image, both, both)
    rows, columns = (
        max((-(-length // step) - 1) * step + extent - length, 0)
        for length, extent, step in zip(image, size, stride, strict=False)
    )
    return Padding(image, (rows // 2, columns // 2), (rows - rows // 2, columns - columns // 2))


def _lines(X: Array) -> Array:
    """(N, H, W·C) of (N, H, W, C)."""
    return X.reshape(*X.shape[:2], X.shape[2] * X.shape[3])
