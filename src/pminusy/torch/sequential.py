"""Networks of dense layers to and from `torch.nn.Sequential`.

A dense layer's weights are W (D, H) here and Wᵀ (H, D) in PyTorch; everything else is stored alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike
from sklearn.utils.validation import check_is_fitted
from torch import nn

from pminusy.errors import InputError
from pminusy.network.estimator import SoftmaxNetwork
from pminusy.network.fit import adopt
from pminusy.nn.layer import Layer
from pminusy.nn.layers.batch_norm import BatchNorm
from pminusy.nn.layers.chain import Chain
from pminusy.nn.layers.dense import Dense
from pminusy.nn.layers.dropout import Dropout
from pminusy.nn.layers.flatten import Flatten
from pminusy.nn.layers.gelu import GELU
from pminusy.nn.layers.layer_norm import LayerNorm
from pminusy.nn.layers.leaky_relu import LeakyReLU
from pminusy.nn.layers.relu import ReLU
from pminusy.nn.layers.sigmoid import Sigmoid
from pminusy.nn.layers.silu import SiLU
from pminusy.nn.layers.tanh import Tanh

_TO_TORCH: dict[type, Callable[[Any], nn.Module]] = {
    BatchNorm: lambda layer: nn.BatchNorm1d(_width(layer), eps=layer.epsilon, momentum=layer.momentum),
    Dense: lambda layer: nn.Linear(len(layer.parameters[0].value), layer.units),
    Dropout: lambda layer: nn.Dropout(layer.rate),
    Flatten: lambda layer: nn.Flatten(),
    GELU: lambda layer: nn.GELU(),
    LayerNorm: lambda layer: nn.LayerNorm(layer.parameters[0].value.shape, eps=layer.epsilon),
    LeakyReLU: lambda layer: nn.LeakyReLU(layer.slope),
    ReLU: lambda layer: nn.ReLU(),
    Sigmoid: lambda layer: nn.Sigmoid(),
    SiLU: lambda layer: nn.SiLU(),
    Tanh: lambda layer: nn.Tanh(),
}
_FROM_TORCH: dict[type, Callable[[Any], Layer]] = {
    nn.BatchNorm1d: lambda module: BatchNorm(momentum=module.momentum, epsilon=module.eps),
    nn.Dropout: lambda module: Dropout(module.p),
    nn.GELU: lambda module: GELU(),
    nn.LayerNorm: lambda module: LayerNorm(epsilon=module.eps),
    nn.LeakyReLU: lambda module: LeakyReLU(module.negative_slope),
    nn.Linear: lambda module: Dense(module.out_features),
    nn.ReLU: lambda module: ReLU(),
    nn.Sigmoid: lambda module: Sigmoid(),
    nn.SiLU: lambda module: SiLU(),
    nn.Tanh: lambda module: Tanh(),
}


def to_sequential(network: SoftmaxNetwork) -> nn.Sequential:
    """Convert a fitted network of dense layers to PyTorch.

    Parameters
    ----------
    network : SoftmaxNetwork
        Of dense layers, activations, dropout, batch and layer normalisation.

    Returns
    -------
    torch.nn.Sequential
        Outputs the logits (N, K) as `decision_function` does: `temperature_` is divided out of the last layer. In
        evaluation mode, of the network's dtype, with copies of the weights.

    Raises
    ------
    InputError
        A layer has no counterpart that takes the same input; images have their channels elsewhere in PyTorch.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from pminusy import SoftmaxNetwork
    >>> from pminusy.torch import to_sequential
    >>> model = SoftmaxNetwork(hidden=(4,), max_epochs=30).fit(*load_iris(return_X_y=True))
    >>> to_sequential(model)
    Sequential(
      (0): Linear(in_features=4, out_features=4, bias=True)
      (1): ReLU()
      (2): Linear(in_features=4, out_features=3, bias=True)
    )
    """
    check_is_fitted(network)
    modules = []
    for layer in _layers(network.network_):
        if type(layer) not in _TO_TORCH or (
            isinstance(layer, BatchNorm | Flatten) and len(network._sample_shape) > 1
        ):
            raise InputError(f"network: expected a network of dense layers, got one with {layer}")
        module = _TO_TORCH[type(layer)](layer).to(_dtype(network))
        for tensor, array in _pairs(layer, module):
            tensor.copy_(torch.from_numpy(array.T))
        modules.append(module)
    for parameter in modules[-1].parameters():
        parameter.data /= network.temperature_
    return nn.Sequential(*modules).eval()


def from_sequential(module: nn.Sequential, classes: ArrayLike | None = None) -> SoftmaxNetwork:
    """Convert a stack of dense layers from PyTorch to a fitted network.

    Parameters
    ----------
    module : torch.nn.Sequential
        Outputs logits: its last module is a Linear. It may hold further Sequentials, Linear, activations, Dropout,
        BatchNorm1d and LayerNorm, in float32 or float64.
    classes : array (K,), optional
        The class labels, in the order of the logits. None means 0, 1, …, K − 1.

    Returns
    -------
    SoftmaxNetwork
        Predicts as the module does in evaluation mode. `partial_fit` trains it further; `layers` are those of the
        module but for the last one, so that `fit` trains the same architecture afresh.

    Raises
    ------
    InputError
        A module has no counterpart, or the classes do not match the logits.

    Examples
    --------
    >>> import torch
    >>> from pminusy.torch import from_sequential
    >>> module = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Tanh(), torch.nn.Linear(8, 2))
    >>> model = from_sequential(module, classes=["ham", "spam"])
    >>> model.predict_proba(torch.zeros(1, 4)).shape
    (1, 2)
    """
    modules = list(_modules(module))
    if not modules or not isinstance(modules[-1], nn.Linear):
        raise InputError("module: expected a Sequential that ends in a Linear layer, for the logits")
    dtype = modules[-1].weight.dtype
    if dtype not in (torch.float32, torch.float64):
        raise InputError(f"module: expected weights of float32 or float64, got {dtype}")
    layers = [_layer(part) for part in modules]
    network, width, n_classes = Chain(layers), _input_width(modules), modules[-1].out_features
    labels = np.arange(n_classes) if classes is None else np.asarray(classes)
    if labels.shape != (n_classes,) or len(np.unique(labels)) != n_classes:
        raise InputError(f"classes: expected {n_classes} different labels, got {labels.tolist()}")
    network.build((width,), torch.empty(0, dtype=dtype).numpy().dtype, np.random.default_rng(0))
    for layer, part in zip(layers, modules, strict=True):
        for tensor, array in _pairs(layer, part):
            array[...] = tensor.cpu().numpy().T
    model = SoftmaxNetwork(layers=layers[:-1])
    model._become(adopt(model, network, (width,), labels))
    return model


def _layers(chain: Chain) -> Iterator[Layer]:
    for layer in chain.layers:
        if isinstance(layer, Chain):
            yield from _layers(layer)
        else:
            yield layer


def _modules(module: nn.Module) -> Iterator[nn.Module]:
    """Those that compute something, in order."""
    if type(module) is nn.Sequential:
        for part in module:
            yield from _modules(part)
    elif type(module) is not nn.Identity:
        yield module


def _layer(module: nn.Module) -> Layer:
    convertible = type(module) in _FROM_TORCH
    if isinstance(module, nn.GELU):
        convertible = module.approximate == "none"
    if isinstance(module, nn.BatchNorm1d):
        convertible = module.track_running_stats and module.momentum is not None
    if isinstance(module, nn.LayerNorm):
        convertible = len(module.normalized_shape) == 1
    if not convertible:
        raise InputError(
            f"module: expected dense layers, activations, dropout and normalisation, got {module}"
        )
    return _FROM_TORCH[type(module)](module)


def _input_width(modules: list[nn.Module]) -> int:
    """The number of columns, from the first module that tells: the others before it keep it."""
    for module in modules:
        if isinstance(module, nn.Linear):
            return module.in_features
        if isinstance(module, nn.BatchNorm1d):
            return module.num_features
    raise AssertionError("the last module is a Linear")


def _pairs(layer: Any, module: Any) -> Iterator[tuple[torch.Tensor, np.ndarray[Any, Any]]]:
    """The tensors of a module, each with the array of the layer that holds the same numbers, transposed."""
    names = ("weight", "bias")
    for name, parameter in zip(names, layer.parameters, strict=False):
        tensor = getattr(module, name)
        if tensor is not None:  # without it, what the layer was built with: zeros, and ones for scales
            yield tensor.detach(), parameter.value
    for name, kept in layer.state.items():
        yield getattr(module, name), kept


def _width(layer: Any) -> int:
    return len(layer.parameters[0].value)


def _dtype(network: SoftmaxNetwork) -> torch.dtype:
    return torch.from_numpy(network.network_.parameters[0].value[:0]).dtype
