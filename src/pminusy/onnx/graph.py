"""An ONNX graph that is being built: nodes and constants of the converter of one model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from skl2onnx.common.data_types import DoubleTensorType

Array = NDArray[Any]

_AXES_ARE_AN_INPUT = 18  # of ReduceMean, from this operator set on


class Graph:
    """The part of an ONNX graph that skl2onnx wants for one operator; values go by their names.

    Floating-point numbers are of `dtype`; None means float64 where the operator's first input is, and else float32.
    """

    def __init__(self, scope: Any, operator: Any, container: Any, dtype: Any = None) -> None:
        self._scope, self._container = scope, container
        self.inputs: list[Any] = list(operator.inputs)
        double = isinstance(self.inputs[0].type, DoubleTensorType)
        self.dtype = np.dtype(dtype or (np.float64 if double else np.float32))

    def add(self, operator: str, *inputs: str, output: str = "", domain: str = "", **attributes: Any) -> str:
        """The output of a new node, under the name `output` where that is settled already."""
        name = output or self._scope.get_unique_variable_name(operator.lower())
        label = self._scope.get_unique_operator_name(operator)
        self._container.add_node(operator, list(inputs), name, op_domain=domain, name=label, **attributes)
        return name

    def constant(self, values: Any) -> str:
        """A constant: floating-point numbers in the graph's dtype, integers as int64, or strings."""
        array = np.asarray(values)
        name = self._scope.get_unique_variable_name("constant")
        if array.dtype.kind in "OU":
            strings = [str(text).encode() for text in array.ravel()]
            self._container.add_initializer(name, TensorProto.STRING, array.shape, strings)
            return name
        array = array.astype(self.dtype if array.dtype.kind == "f" else np.int64)
        self._container.add_initializer(name, None, None, numpy_helper.from_array(array, name))
        return name

    def cast(self, X: str, dtype: Any) -> str:
        """The same numbers in another dtype."""
        return self.add("Cast", X, to=helper.np_dtype_to_tensor_dtype(np.dtype(dtype)))

    def mean(self, X: str, axes: Sequence[int]) -> str:
        """The mean over these axes, which are kept with length 1."""
        if self._container.target_opset_any_domain("") < _AXES_ARE_AN_INPUT:
            return self.add("ReduceMean", X, axes=list(axes), keepdims=1)
        return self.add("ReduceMean", X, self.constant(np.array(axes)), keepdims=1)

    def option(self, model: Any, name: str) -> Any:
        """What the caller of skl2onnx chose for this model; False by default."""
        return self._container.get_options(model, {name: False})[name]
