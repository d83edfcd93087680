"""Models as ONNX, for runtimes that need neither this package nor Python.

Importing this module registers converters for `SoftmaxRegression`, `SoftmaxRegressionCV` and `SoftmaxNetwork` with
skl2onnx, whose `to_onnx` then converts them, alone and as steps of a pipeline.
"""

try:
    from skl2onnx import to_onnx
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f'pminusy.onnx needs {error.name}: pip install "pminusy[onnx]"', name=error.name
    ) from error

from pminusy.onnx.layers import convert_layer, layer_converter
from pminusy.onnx.registration import register_converters

__all__ = ["convert_layer", "layer_converter", "to_onnx"]

register_converters()
