"""A network's estimator as one file without pickle: its parameters, weights, and all that training goes on from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.array_file import read_arrays, write_arrays
from pminusy.classifier.seen_columns import SeenColumns
from pminusy.errors import ModelFileError
from pminusy.network.fitted import FittedNetwork
from pminusy.network.training import Beginning, Training
from pminusy.nn.encoding import decode, encode
from pminusy.nn.training.snapshot import Snapshot, numbers
from pminusy.nn.training.state import TrainingState

Array = NDArray[Any]

_KIND = "SoftmaxNetwork"
_SNAPSHOTS = ("best", "mean", "last")


def save_network(parameters: Mapping[str, Any], fitted: FittedNetwork, path: Path) -> None:
    """Write an estimator's parameters, but for its callbacks, and what it has learned; see `SoftmaxNetwork.save`."""
    training, beginning = fitted.training, fitted.training.beginning
    content = {
        "parameters": _encoded({**parameters, "callbacks": ()}),
        "fitted": _encoded(_learned(fitted)),
        "network": encode(fitted.network, "layers"),
        "dtype": fitted.dtype.str,
        "optimizer": encode(training.optimizer, "optimizer"),
        "schedule": encode(training.schedule, "schedule"),
        "seed": training.seed,
        "state": _encoded({k: v for k, v in vars(training.state).items() if k not in _SNAPSHOTS}),
        "snapshots": [name for name in _SNAPSHOTS if getattr(training.state, name)],
        "chosen": _encoded(training.chosen),
        "beginning": beginning and {"parameters": _encoded(beginning.parameters), "data": beginning.data},
    }
    write_arrays(path, _KIND, _arrays(fitted), content)


def load_network(path: Path) -> tuple[dict[str, Any], FittedNetwork]:
    """Read back what `save_network` was given; see `SoftmaxNetwork.load`."""
    arrays, content = read_arrays(path, _KIND)
    try:
        fitted = _without_numbers(content)
        _fill(_arrays(fitted), arrays)
        return _decoded(content["parameters"]), fitted
    # A file that was made by other means fails wherever the rebuilding happens to stumble.
    except Exception as error:
        raise ModelFileError(f"{path}: not readable as a network: {error}") from error


def _learned(fitted: FittedNetwork) -> dict[str, Any]:
    """What is neither an array of the network's nor training's, under the names of the estimator's attributes."""
    values = {
        "classes_": fitted.classes,
        "n_features_in_": fitted.columns.count,
        "feature_names_in_": fitted.columns.names,
        "temperature_": fitted.temperature,
        "result_": fitted.result,
        "_sample_shape": fitted.sample_shape,
    }
    return {name: value for name, value in values.items() if value is not None}


def _without_numbers(content: Mapping[str, Any]) -> FittedNetwork:
    """What was fitted, with arrays of the right shapes for all numbers."""
    learned = _decoded(content["fitted"])
    network, shape = decode(content["network"]), learned["_sample_shape"]
    network.build(shape, np.dtype(content["dtype"]), np.random.default_rng(0))
    state = _decoded(content["state"]) | {name: Snapshot.of(network) for name in content["snapshots"]}
    training = Training(
        decode(content["optimizer"]),
        decode(content["schedule"]),
        TrainingState(**state),
        int(content["seed"]),
        _beginning(content["beginning"]),
        _decoded(content["chosen"]),
    )
    training.optimizer.build(network.parameters)
    columns = SeenColumns(learned["n_features_in_"], learned.get("feature_names_in_"))
    return FittedNetwork(
        *(network, learned["classes_"], shape, columns, training),
        temperature=learned["temperature_"],
        result=learned.get("result_"),
    )


def _beginning(content: Mapping[str, Any] | None) -> Beginning | None:
    return None if content is None else Beginning(_decoded(content["parameters"]), dict(content["data"]))


def _arrays(fitted: FittedNetwork) -> dict[str, Array]:
    """All numbers of what was fitted, by name; its own arrays, no copies."""
    training = fitted.training
    parts = {
        "network": numbers(fitted.network),
        "optimizer": training.optimizer.state,
        "schedule": training.schedule.state,
    }
    for name in _SNAPSHOTS:
        if (snapshot := getattr(training.state, name)) is not None:
            parts[name] = snapshot.arrays
    return {f"{part}.{name}": array for part, arrays in parts.items() for name, array in arrays.items()}


def _fill(arrays: Mapping[str, Array], stored: Mapping[str, Array]) -> None:
    if arrays.keys() != stored.keys():
        raise ModelFileError(
            f"different architecture: expected arrays {sorted(arrays)}, got {sorted(stored)}"
        )
    for name, array in arrays.items():
        expected, got = (array.dtype, array.shape), (stored[name].dtype, stored[name].shape)
        if expected != got:
            raise ModelFileError(f"different architecture: expected {name} of {expected}, got {got}")
        array[...] = stored[name]


def _encoded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: encode(value, name) for name, value in values.items()}


def _decoded(codes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: decode(code) for name, code in codes.items()}
