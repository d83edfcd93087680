"""Checked X and y in the form that training and prediction take them in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from pminusy.blocks.dask.collections import is_dask
from pminusy.blocks.outside import OutsideMatrix
from pminusy.classifier.examples import Examples, read_examples
from pminusy.classifier.targets import class_weights
from pminusy.errors import InputError, ShapeError
from pminusy.losses.cross_entropy import CrossEntropy
from pminusy.losses.targets import Targets
from pminusy.network.windows import WindowedSamples
from pminusy.nn.layer import Layer, Shape
from pminusy.nn.layers.dense import Dense
from pminusy.nn.layers.embedding import Embedding
from pminusy.nn.training.batches import DenseSamples, IntegerSamples
from pminusy.nn.training.loss import row_weights
from pminusy.nn.training.sparse_batches import SparseSamples
from pminusy.nn.training.step import Samples, TrainingSet
from pminusy.nn.training.train import ValidationSet

Array = NDArray[Any]


def read_to_train(
    estimator: Any,
    X: Any,
    y: ArrayLike,
    sample_weight: ArrayLike | None,
    classes: ArrayLike | None,
    *,
    reset: bool,
    part: str = "",
) -> Examples:
    """Samples and their targets, as `read_examples` checks them; rows in files where they are read again and again."""
    if is_dask(X):
        raise InputError(
            f"X{part}: expected an array, got a Dask collection; networks are not trained on a cluster. Bring the rows "
            "into memory with compute(), write them to files for open_rows(), or use PyTorch's DistributedDataParallel"
        )
    examples = read_examples(estimator, X, y, sample_weight, classes, reset=reset, allow_nd=True, part=part)
    return replace(examples, X=examples.X.decoded()) if isinstance(X, OutsideMatrix) else examples


def network_dtype(X: Any) -> np.dtype[Any]:
    """The dtype to compute in: float64 for float64, float32 for all else."""
    return np.dtype(np.float64 if X.dtype == np.float64 else np.float32)


def make_samples(X: Any, dtype: np.dtype[Any], image_layout: str, first: Layer | None) -> Samples:
    """The samples of X, for what the first layer takes; None is the dense layer that gives the logits.

    Raises
    ------
    InputError
        X is sparse, and the first layer is not dense; or it holds other things than the indices of an embedding, which
        rows in files do.
    ShapeError
        It has more than four axes.
    """
    if isinstance(X, OutsideMatrix):
        if isinstance(first, Embedding):
            raise InputError(
                f"X: expected an array in memory, as the first layer is {first}, got rows in files"
            )
        return WindowedSamples(X, dtype)
    if sp.issparse(X):
        if not isinstance(first, Dense | None):
            raise InputError(f"X: expected a dense array, as the first layer is {first}, got a sparse matrix")
        return SparseSamples(X, dtype)
    if isinstance(first, Embedding):
        indices = _integers(X)
        first.check(indices)
        return IntegerSamples(indices)
    if X.ndim > 4:
        raise ShapeError(f"X: expected at most 4 axes, got shape {X.shape}")
    return DenseSamples(X, dtype, channels_first=X.ndim == 4 and image_layout == "NCHW")


def check_shape(samples: Samples, expected: Shape, name: str = "X") -> None:
    """A ShapeError for samples that are not of the shape that the network was built for."""
    if samples.shape != expected:
        raise ShapeError(f"{name}: expected samples of shape {expected}, got {samples.shape}")


def _integers(X: Array) -> Array:
    whole = X.astype(np.int64)
    different = whole != X
    if X.dtype.kind not in "iu" and different.any():
        place = tuple(int(i) for i in np.argwhere(different)[0])
        raise InputError(f"X: expected integers for the embedding, got {X[place]} at {list(place)}")
    return whole


def counted_weights(class_weight: Any, examples: Examples) -> Array:
    """What each row counts in the mean loss: its weight times that of its label's class (N,)."""
    targets = examples.targets
    weights = np.ones(len(targets.encoded)) if examples.weights is None else examples.weights
    of_classes = class_weights(class_weight, targets, examples.weights)
    # Of rows of mass, the weights of classes change the mass instead.
    return weights * of_classes[targets.encoded] if of_classes is not None and examples.labelled else weights


def training_set(
    samples: Samples, examples: Examples, loss: CrossEntropy, dtype: np.dtype[Any]
) -> TrainingSet:
    """Samples and targets, settled."""
    settled = _settled(examples, loss, dtype, "y")
    return TrainingSet(samples, settled, row_weights(settled))


def validation_set(
    samples: Samples, examples: Examples, loss: CrossEntropy, dtype: np.dtype[Any]
) -> ValidationSet:
    """Samples and targets that training does not see."""
    return ValidationSet(samples, _settled(examples, loss, dtype, "y_val"), loss)


def _settled(examples: Examples, loss: CrossEntropy, dtype: np.dtype[Any], name: str) -> Targets:
    encoded = np.ascontiguousarray(examples.targets.encoded)
    shape = (len(encoded), examples.targets.n_classes)
    settled = loss.settle(encoded, shape, dtype, examples.weights, name=name)
    if not settled.mass().any():
        raise InputError(
            f"sample_weight, class_weight: expected at least one row of {name} with positive weight, got all zeros"
        )
    return settled
