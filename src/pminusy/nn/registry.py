"""The classes that a saved network may name: those of pminusy.nn, and those of one's own that were registered.

A file never says where code is to be found, only a name that is looked up here.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import TypeVar

from pminusy.errors import InputError
from pminusy.nn.layers.avg_pool2d import AvgPool2d
from pminusy.nn.layers.batch_norm import BatchNorm
from pminusy.nn.layers.chain import Chain
from pminusy.nn.layers.conv2d import Conv2d
from pminusy.nn.layers.dense import Dense
from pminusy.nn.layers.dropout import Dropout
from pminusy.nn.layers.embedding import Embedding
from pminusy.nn.layers.flatten import Flatten
from pminusy.nn.layers.gelu import GELU
from pminusy.nn.layers.layer_norm import LayerNorm
from pminusy.nn.layers.leaky_relu import LeakyReLU
from pminusy.nn.layers.max_pool2d import MaxPool2d
from pminusy.nn.layers.relu import ReLU
from pminusy.nn.layers.residual import Residual
from pminusy.nn.layers.sigmoid import Sigmoid
from pminusy.nn.layers.silu import SiLU
from pminusy.nn.layers.tanh import Tanh
from pminusy.nn.optimizers.adam import Adam, AdamW
from pminusy.nn.optimizers.sgd import SGD
from pminusy.nn.schedules.constant import Constant
from pminusy.nn.schedules.cosine import Cosine
from pminusy.nn.schedules.one_cycle import OneCycle
from pminusy.nn.schedules.plateau import ReduceOnPlateau
from pminusy.nn.training.history import Ending, EpochRecord, TrainingResult

Class = TypeVar("Class", bound=type)

_LAYERS = (
    AvgPool2d,
    BatchNorm,
    Chain,
    Conv2d,
    Dense,
    Dropout,
    Embedding,
    Flatten,
    GELU,
    LayerNorm,
    LeakyReLU,
)
_MORE_LAYERS = (MaxPool2d, ReLU, Residual, Sigmoid, SiLU, Tanh)
_TRAINING = (
    Adam,
    AdamW,
    SGD,
    Constant,
    Cosine,
    OneCycle,
    ReduceOnPlateau,
    Ending,
    EpochRecord,
    TrainingResult,
)

_classes: dict[str, type] = {kind.__name__: kind for kind in (*_LAYERS, *_MORE_LAYERS, *_TRAINING)}


def register(kind: Class) -> Class:
    """Let networks with a layer, an optimiser or a schedule of one's own be saved and loaded.

    Parameters
    ----------
    kind : dataclass
        Its options are what its constructor takes: numbers, texts, tuples and lists of them, and other such objects. It
        is saved by its name, and is to be registered before such a file is loaded.

    Returns
    -------
    kind

    Raises
    ------
    InputError
        It is no dataclass, or another one has its name.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> from pminusy.nn import Constant, register
    >>> @register
    ... @dataclass(frozen=True)
    ... class Halved(Constant):
    ...     def factors(self, first_step, n_steps, total_steps):
    ...         return super().factors(first_step, n_steps, total_steps) / 2
    """
    if not is_dataclass(kind):
        raise InputError(f"kind: expected a dataclass, got {kind!r}")
    known = _classes.get(kind.__name__)
    if known is not None and (known.__module__, known.__qualname__) != (kind.__module__, kind.__qualname__):
        raise InputError(f"kind: expected a name that is free, got {kind.__name__}, which is {known!r}")
    _classes[kind.__name__] = kind
    return kind


def is_registered(kind: type) -> bool:
    """Whether it can be found by its name."""
    return _classes.get(kind.__name__) is kind


def class_named(name: str) -> type:
    """The class of this name.

    Raises
    ------
    InputError
        There is none.
    """
    if name not in _classes:
        raise InputError(
            f"{name}: not known; a class of one's own is to be registered first, see pminusy.nn.register"
        )
    return _classes[name]
