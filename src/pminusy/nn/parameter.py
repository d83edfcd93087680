"""What a layer learns."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from pminusy.nn.panels import part_starts
from pminusy.nn.program import Array


@dataclass(eq=False)
class Parameter:
    """An array that is learned, and the gradient of the loss with respect to it.

    Attributes
    ----------
    name : str
        Such as "W".
    value, gradient : ndarray, of one shape
    part : int
        How many elements the operation that sums up the gradient writes as one part, where it does not lie in panels.
        The optimiser cuts its work in the same places, so that a thread updates what it has just written.
    decays : bool
        Whether weight decay pulls it towards 0: weights yes, biases and scales no.
    decay_factor : ndarray of float64 (1,)
        What the weight decay is multiplied by at each step.
    """

    name: str
    value: Array
    part: int
    decays: bool = True
    gradient: Array = field(init=False)
    decay_factor: Array = field(default_factory=lambda: np.ones(1), init=False)
    _begun: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.gradient = np.zeros_like(self.value)

    @property
    def n_parts(self) -> int:
        """How many parts the gradient has."""
        return len(self.part_starts) - 1

    @property
    def part_starts(self) -> Array:
        """Where the parts begin, in the memory of the step that is being recorded; and its size."""
        return part_starts(self.value, self.part)

    def clear_gradient(self) -> None:
        """Begin a new sum: the next addition overwrites."""
        self._begun = False

    def start_adding(self) -> Array:
        """Begin an addition; gives what it starts from, as a matrix: the gradient so far, or one row of zeros."""
        begun, self._begun = self._begun, True
        rows = as_matrix(self.gradient)
        return rows if begun else np.zeros((1, rows.shape[1]), rows.dtype)


def as_matrix(array: Array) -> Array:
    """The same memory with all axes but the last in one; a vector is one row."""
    return array.reshape(-1, array.shape[-1])
