"""A network's estimator as one file without pickle: its parameters, weights, and all that training goes on from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pminusy.errors import ModelFileError
from pminusy.network.array_file import read_arrays, write_arrays
from pminusy.network.training import Beginning, Training
from pminusy.nn.encoding import decode, encode
from pminusy.nn.training.snapshot import Snapshot, numbers
from pminusy.nn.training.train import TrainingState

if TYPE_CHECKING:
    from pminusy.network.estimator import SoftmaxNetwork

Array = NDArray[Any]

_KIND = "SoftmaxNetwork"
_FITTED = (
    "classes_",
    "n_features_in_",
    "feature_names_in_",
    "temperature_",
    "n_iter_",
    "result_",
    "_sample_shape",
)
_SNAPSHOTS = ("best", "mean", "last")


def save_network(model: SoftmaxNetwork, path: Path) -> None:
    """Write a fitted model to a file; see `SoftmaxNetwork.save`."""
    training, beginning = model._training, model._training.beginning
    content = {
        "parameters": _encoded({**model.get_params(deep=False), "callbacks": ()}),
        "fitted": _encoded({name: value for name, value in vars(model).items() if name in _FITTED}),
        "network": encode(model.network_, "layers"),
        "dtype": model.network_.parameters[0].value.dtype.str,
        "optimizer": encode(training.optimizer, "optimizer"),
        "schedule": encode(training.schedule, "schedule"),
        "seed": training.seed,
        "state": _encoded({k: v for k, v in vars(training.state).items() if k not in _SNAPSHOTS}),
        "snapshots": [name for name in _SNAPSHOTS if getattr(training.state, name)],
        "beginning": beginning and {"parameters": _encoded(beginning.parameters), "data": beginning.data},
    }
    write_arrays(path, _KIND, _arrays(model), content)


def load_network(kind: type[SoftmaxNetwork], path: Path) -> SoftmaxNetwork:
    """Read a model that `save_network` has written; see `SoftmaxNetwork.load`."""
    arrays, content = read_arrays(path, _KIND)
    try:
        model = _without_numbers(kind, content)
        _fill(_arrays(model), arrays)
    # A file that was made by other means fails wherever the rebuilding happens to stumble.
    except Exception as error:
        raise ModelFileError(f"{path}: not readable as a network: {error}") from error
    return model


def _without_numbers(kind: type[SoftmaxNetwork], content: Mapping[str, Any]) -> SoftmaxNetwork:
    """The model, with arrays of the right shapes for all numbers."""
    model = kind(**_decoded(content["parameters"]))
    model.__dict__.update(_decoded(content["fitted"]))
    model.network_ = decode(content["network"])
    model.network_.build(model._sample_shape, np.dtype(content["dtype"]), np.random.default_rng(0))
    state = _decoded(content["state"]) | {name: Snapshot.of(model.network_) for name in content["snapshots"]}
    model._training = Training(
        decode(content["optimizer"]),
        decode(content["schedule"]),
        TrainingState(**state),
        int(content["seed"]),
        _beginning(content["beginning"]),
    )
    model._training.optimizer.build(model.network_.parameters)
    model.history_ = list(model._training.state.history)
    return model


def _beginning(content: Mapping[str, Any] | None) -> Beginning | None:
    return None if content is None else Beginning(_decoded(content["parameters"]), dict(content["data"]))


def _arrays(model: SoftmaxNetwork) -> dict[str, Array]:
    """All numbers of a model, by name; its own arrays, no copies."""
    training = model._training
    parts = {
        "network": numbers(model.network_),
        "optimizer": training.optimizer.state,
        "schedule": training.schedule.state,
    }
    for name in _SNAPSHOTS:
        if (snapshot := getattr(training.state, name)) is not None:
            parts[name] = snapshot.arrays
    return {f"{part}.{name}": array for part, arrays in parts.items() for name, array in arrays.items()}


def _fill(arrays: Mapping[str, Array], stored: Mapping[str, Array]) -> None:
    if arrays.keys() != stored.keys():
        raise ModelFileError(f"another architecture: expected arrays {sorted(arrays)}, got {sorted(stored)}")
    for name, array in arrays.items():
        expected, got = (array.dtype, array.shape), (stored[name].dtype, stored[name].shape)
        if expected != got:
            raise ModelFileError(f"another architecture: expected {name} of {expected}, got {got}")
        array[...] = stored[name]


def _encoded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: encode(value, name) for name, value in values.items()}


def _decoded(codes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: decode(code) for name, code in codes.items()}
