"""The windows that a layer moves over an image, and where they lie in memory.

An image of one sample is (H, W, C), row-major. Window (i, j) covers rows i·SH to before i·SH + KH and columns j·SW to
before j·SW + KW, for as many i and j as keep it inside the image: OH = ⌊(H − KH) / SH⌋ + 1 of rows, OW of columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from pminusy.errors import InputError, ShapeError
from pminusy.nn.layer import Shape
from pminusy.nn.program import Array
from pminusy.options import is_integer

Pair = tuple[int, int]


def pair(name: str, value: Any, least: int) -> Pair:
    """Rows and columns, from one integer for both or a pair of them; `name` is what an InputError calls it."""
    both = value if isinstance(value, tuple | list) else (value, value)
    if len(both) != 2 or not all(is_integer(n) and n >= least for n in both):
        raise InputError(f"{name}: expected an integer ≥ {least} or a pair of them, got {value!r}")
    return int(both[0]), int(both[1])


@dataclass(frozen=True)
class Windows:
    """The windows of an image of shape (H, W, C)."""

    image: tuple[int, int, int]
    size: Pair
    stride: Pair

    @property
    def counts(self) -> Pair:
        """OH and OW: below 1 where the image is smaller than a window."""
        rows, columns = (
            (length - size) // step + 1
            for length, size, step in zip(self.image, self.size, self.stride, strict=False)
        )
        return rows, columns

    @cached_property
    def corners(self) -> Array:
        """Where each window begins, in numbers from the image's beginning."""
        return self._places(self.counts, self.stride)

    @cached_property
    def pixels(self) -> Array:
        """Where each pixel of a window begins, in numbers from the window's beginning."""
        return self._places(self.size, (1, 1))

    @cached_property
    def numbers(self) -> Array:
        """Where each number of a window is, pixel by pixel and channel by channel."""
        return np.add.outer(self.pixels, np.arange(self.image[2])).ravel()

    @cached_property
    def partition(self) -> Array:
        """1 if every pixel is in exactly one window, else 0, for an operation to read."""
        covered = tuple(count * step for count, step in zip(self.counts, self.stride, strict=True))
        return np.array([self.size == self.stride and covered == self.image[:2]], np.int64)

    def _places(self, counts: Pair, step: Pair) -> Array:
        _, width, channels = self.image
        rows = np.arange(counts[0]) * (step[0] * width * channels)
        return np.add.outer(rows, np.arange(counts[1]) * (step[1] * channels)).ravel().astype(np.int64)


def windows_of(layer: object, shape: Shape, size: Any, stride: Any, border: str = "") -> Windows:
    """The windows that a layer with these settings moves over samples of this shape, which may have a border."""
    name = type(layer).__name__
    size, stride = pair(f"{name}: size", size, 1), pair(f"{name}: stride", stride, 1)
    windows = Windows(image_shape(layer, shape), size, stride)
    if min(windows.counts) < 1:
        raise ShapeError(
            f"{layer}: expected images of at least {size} pixels{border}, got {windows.image[:2]}"
        )
    return windows


def image_shape(layer: object, shape: Shape) -> tuple[int, int, int]:
    """(H, W, C), if that is what the shape of a sample is."""
    if len(shape) != 3 or min(shape) < 1:
        raise ShapeError(f"{layer}: expected samples of shape (H, W, C), got {shape}")
    height, width, channels = shape
    return height, width, channels


def as_pixels(images: Array) -> Array:
    """(N, H·W, C), the same memory as images (N, H, W, C)."""
    return images.reshape(len(images), images.shape[1] * images.shape[2], images.shape[3])
