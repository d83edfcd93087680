"""Linear softmax classifiers as ONNX."""

from __future__ import annotations

from typing import Any

import numpy as np

from pminusy.linear.sparse.coefficients import dense_coefficients
from pminusy.onnx.classifier import add_outputs
from pminusy.onnx.graph import Graph


def convert_linear(scope: Any, operator: Any, container: Any) -> None:
    """Add Z = X W + b and what follows from it, for a `SoftmaxRegression` or `SoftmaxRegressionCV`."""
    graph, model = Graph(scope, operator, container), operator.raw_operator
    coefficients, intercepts = dense_coefficients(model.coef_), np.asarray(model.intercept_)
    if len(model.classes_) == 2:  # the first one's logit is 0
        coefficients, intercepts = np.vstack([0 * coefficients, coefficients]), np.append(0.0, intercepts)
    X = graph.cast(graph.inputs[0].full_name, graph.dtype)
    products = graph.add("MatMul", X, graph.constant(np.ascontiguousarray(coefficients.T)))
    add_outputs(graph, operator, graph.add("Add", products, graph.constant(intercepts)))
