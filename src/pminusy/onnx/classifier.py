"""What the graphs of all classifiers end with: labels, and the probabilities of the classes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from skl2onnx.common.data_types import (
    DoubleTensorType,
    FloatTensorType,
    Int64TensorType,
    StringTensorType,
)
from skl2onnx.common.utils_classifier import get_label_classes

from pminusy.errors import InputError
from pminusy.onnx.graph import Graph

OPTIONS = {
    "zipmap": [True, False, "columns"],
    "nocl": [True, False],
    "output_class_labels": [False, True],
    "raw_scores": [True, False],
}
"""What skl2onnx lets a caller choose for a classifier: the same as for scikit-learn's LogisticRegression."""


def set_classifier_shapes(operator: Any) -> None:
    """Tell skl2onnx the types of the outputs: labels (N,) and probabilities (N, K)."""
    labels = _labels(operator)
    n_rows = operator.inputs[0].get_first_dimension()
    kind = StringTensorType if labels.dtype.kind == "O" else Int64TensorType
    operator.outputs[0].set_type(kind([n_rows]))
    double = isinstance(operator.inputs[0].type, DoubleTensorType)
    operator.outputs[1].set_type((DoubleTensorType if double else FloatTensorType)([n_rows, len(labels)]))


def add_outputs(graph: Graph, operator: Any, Z: str) -> None:
    """Labels and probabilities from logits Z (N, K); the logits themselves with the option `raw_scores`."""
    labels, scores = (output.full_name for output in operator.outputs)
    if graph.option(operator.raw_operator, "raw_scores"):
        graph.add("Identity", Z, output=scores)
    else:
        graph.add("Softmax", Z, output=scores, axis=1)
    best = graph.add("ArgMax", Z, axis=1, keepdims=0)
    graph.add("Gather", graph.constant(_labels(operator)), best, output=labels, axis=0)


def _labels(operator: Any) -> NDArray[Any]:
    """The labels, of int64 or as objects that are strings."""
    classes = np.asarray(get_label_classes(operator.scope_inst, operator.raw_operator))
    if all(isinstance(label, str) for label in classes.tolist()):
        return classes.astype(object)
    whole = classes.astype(np.int64) if classes.dtype.kind in "biuf" else None
    if whole is None or (whole != classes).any():
        raise InputError(
            f"classes_: expected integers or strings, which are the labels that ONNX has, got {classes[:3].tolist()}"
        )
    return whole
