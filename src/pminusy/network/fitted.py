"""A trained network, as fits, predictions and files exchange it."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.classifier.seen_columns import SeenColumns
from pminusy.network.training import Training
from pminusy.nn.layer import Shape
from pminusy.nn.layers.chain import Chain
from pminusy.nn.training.history import TrainingResult

Array = NDArray[Any]


@dataclass(frozen=True)
class FittedNetwork:
    """All that a fit leaves, and that the next one goes on from.

    Attributes
    ----------
    network : Chain
        The layers, with their parameters; training changes them in place.
    classes : array (K,)
        The labels, in the order of the logits.
    sample_shape : tuple of int
        Of one sample.
    columns : SeenColumns
        What is known of X's columns.
    training : Training
        The optimiser, the schedule and what was recorded; training changes them in place.
    temperature : float
        What logits are divided by.
    result : TrainingResult or None
        How training ended; None before.
    """

    network: Chain
    classes: Array
    sample_shape: Shape
    columns: SeenColumns
    training: Training
    temperature: float = 1.0
    result: TrainingResult | None = None

    @property
    def dtype(self) -> np.dtype[Any]:
        """What is computed in."""
        dtype: np.dtype[Any] = self.network.parameters[0].value.dtype
        return dtype

    def to_train_on(self) -> FittedNetwork:
        """A copy whose numbers are its own, uncalibrated and without an end."""
        return replace(
            self,
            network=copy.deepcopy(self.network),
            training=copy.deepcopy(self.training),
            temperature=1.0,
            result=None,
        )
