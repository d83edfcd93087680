"""What a fit of a network goes on from, beside the network's own numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self

from sklearn.base import BaseEstimator

from pminusy.blocks.outside import OutsideMatrix
from pminusy.classifier.examples import Examples
from pminusy.errors import InputError
from pminusy.network.windows import window_rows
from pminusy.nn.optimizers.optimizer import Optimizer
from pminusy.nn.schedules.schedule import Schedule
from pminusy.nn.training.state import TrainingState

# What may be another value when a fit goes on.
_FREE = (
    *("callbacks", "n_threads", "random_state", "verbose", "warm_start"),
    *("max_epochs", "max_steps", "tol", "n_iter_no_change"),
)


@dataclass(frozen=True)
class Beginning:
    """The parameters and data that a fit began with, for its resumption to be held against.

    Attributes
    ----------
    parameters : dict
        Those of the estimator that what is computed depends on, by name.
    data : dict of str
        A summary of each argument of `fit`.
    """

    parameters: dict[str, Any]
    data: dict[str, str]

    @classmethod
    def of(cls, estimator: BaseEstimator, data: Examples, validation: Examples | None) -> Self:
        """The beginning of a fit of these data."""
        parameters = estimator.get_params(deep=False)
        given = validation.summary() if validation else {"X": "None", "y": "None"}
        return cls(
            {name: value for name, value in parameters.items() if name not in _FREE},
            {**data.summary(), "memory": _memory(data), "X_val": given["X"], "y_val": given["y"]},
        )

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self  # nothing changes it, and objects without a text of their own stay the same ones

    def check(self, other: Beginning) -> None:
        """Refuse to go on from another beginning."""
        for then, now in ((self.parameters, other.parameters), (self.data, other.data)):
            for name, value in then.items():
                if repr(value) != repr(now[name]):
                    raise InputError(f"{name}: expected {value}, as in the interrupted fit, got {now[name]}")


def _memory(data: Examples) -> str:
    """What the order of the rows depends on where they do not all fit into a window."""
    outside = isinstance(data.X, OutsideMatrix) and window_rows(data.X) < len(data.X)
    return f"that of windows of {window_rows(data.X)} rows" if outside else "that of all rows"


@dataclass
class Training:
    """What a fit goes on from.

    Attributes
    ----------
    optimizer, schedule, state
        With their numbers.
    seed : int
        What the order of the rows and all else that is random follows from.
    beginning : Beginning or None
        None where `partial_fit` came in between: such training cannot be resumed.
    chosen : dict
        What was used for the estimator's parameters that are None, by name.
    """

    optimizer: Optimizer
    schedule: Schedule
    state: TrainingState
    seed: int
    beginning: Beginning | None = None
    chosen: dict[str, Any] = field(default_factory=dict)
