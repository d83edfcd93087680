"""The converters as skl2onnx looks them up: by the class of a model."""

from __future__ import annotations

from skl2onnx import update_registered_converter

from pminusy.datasets.encoders.encoder import Encoder
from pminusy.datasets.encoders.kinds import KINDS
from pminusy.linear.cross_validation.estimator import SoftmaxRegressionCV
from pminusy.linear.regression import SoftmaxRegression
from pminusy.network.estimator import SoftmaxNetwork
from pminusy.onnx.classifier import OPTIONS, set_classifier_shapes
from pminusy.onnx.encoders import convert_encoder, set_encoder_shapes
from pminusy.onnx.linear import convert_linear
from pminusy.onnx.network import convert_network

_CLASSIFIERS = {
    SoftmaxRegression: convert_linear,
    SoftmaxRegressionCV: convert_linear,
    SoftmaxNetwork: convert_network,
}


def register_converters() -> None:
    """Make skl2onnx know the estimators of this package, and the encoders of model directories."""
    for kind, convert in _CLASSIFIERS.items():
        alias = f"Pminusy{kind.__name__}"
        update_registered_converter(kind, alias, set_classifier_shapes, convert, options=OPTIONS)
    for kind in KINDS.values():
        if issubclass(kind, Encoder):
            alias = f"Pminusy{kind.__name__}"
            update_registered_converter(kind, alias, set_encoder_shapes, convert_encoder)
