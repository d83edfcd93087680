"""The training options of `pminusy fit`; each is for linear models only or for networks only."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pminusy.cli.arguments import parse_integers
from pminusy.errors import InputError
from pminusy.runs.options import LinearOptions, NetworkOptions


class Model(StrEnum):
    """What can be trained."""

    LINEAR = "linear"
    NETWORK = "network"
    CNN = "cnn"


_LINEAR, _NETWORK = (
    {option.name: option.default for option in fields(kind)} for kind in (LinearOptions, NetworkOptions)
)
_DEFAULTS = _LINEAR | _NETWORK


def _option(name: str, metavar: str, text: str, *flag: str, **more: Any) -> Any:
    """Tell the default in the help: the option itself is None where it is not given."""
    kind = "linear" if name in _LINEAR else "networks"
    told = "" if _DEFAULTS[name] is None else f" [default: {_DEFAULTS[name]}]"
    help_text = f"{kind}: {text}{told}"
    return typer.Option(*flag, metavar=metavar, help=help_text, show_default=False, **more)


def _switch(name: str, text: str) -> Any:
    return typer.Option(f"--{name}", help=f"networks: {text}")


ModelKind = Annotated[
    Model,
    typer.Option(
        help="Model to train: softmax regression (linear), a neural network, or a convolutional network "
        "(cnn, for images)."
    ),
]
C = Annotated[float | None, _option("C", "NUMBER", "inverse of the L2 regularisation strength.", "--C")]
Tol = Annotated[float | None, _option("tol", "NORM", "stop when the gradient norm is at most this.")]
MaxIter = Annotated[int | None, _option("max_iter", "N", "maximum number of solver iterations.", min=1)]
Hidden = Annotated[
    str | None,
    _option("hidden", "UNITS,…", "sizes of the hidden dense layers. [default: 256, or 128 for cnn]"),
]
Activation = Annotated[
    str | None,
    _option("activation", "NAME", "activation function: relu, leaky_relu, gelu, silu, tanh or sigmoid."),
]
Dropout = Annotated[float | None, _option("dropout", "RATE", "dropout rate of the hidden dense layers.")]
BatchNorm = Annotated[bool, _switch("batch-norm", "apply batch normalisation to each hidden layer.")]
Optimizer = Annotated[str | None, _option("optimizer", "NAME", "adam, adamw or sgd (with momentum 0.9).")]
LearningRate = Annotated[float | None, _option("learning_rate", "RATE", "base learning rate.")]
Schedule = Annotated[
    str | None,
    _option("schedule", "NAME", "learning rate schedule: constant, cosine, one_cycle or plateau."),
]
WeightDecay = Annotated[float | None, _option("weight_decay", "NUMBER", "weight decay coefficient.")]
BatchSize = Annotated[int | None, _option("batch_size", "ROWS", "rows per mini-batch.", min=1)]
Epochs = Annotated[int | None, _option("epochs", "N", "number of passes over the training rows.", min=1)]
LabelSmoothing = Annotated[
    float | None,
    _option("label_smoothing", "FRACTION", "fraction of each label's mass to spread over all classes."),
]
MaxGradientNorm = Annotated[
    float | None, _option("max_gradient_norm", "NORM", "clip gradients to this norm.")
]
Balanced = Annotated[bool, _switch("balanced", "weight classes inversely to their frequency.")]
EarlyStopping = Annotated[
    bool, _switch("early-stopping", "stop when the validation loss stops improving, and keep the best epoch.")
]
ValidationFraction = Annotated[
    float | None,
    _option(
        "validation_fraction",
        "FRACTION",
        "fraction of the training rows to set aside for validation. [default: 0.1 with --early-stopping]",
    ),
]
Patience = Annotated[
    int | None,
    _option("patience", "N", "epochs without improvement before stopping early. [default: 5]", min=1),
]
CheckpointFile = Annotated[
    Path | None,
    _option(
        "checkpoint", "FILE", "save a checkpoint here after each epoch, and resume from it if it exists."
    ),
]


def model_options(model: Model, given: Mapping[str, Any]) -> LinearOptions | NetworkOptions:
    """Make a model's options of those that were given.

    Parameters
    ----------
    model : Model
    given : mapping
        Options by name; None or False where one was not given.

    Returns
    -------
    LinearOptions or NetworkOptions

    Raises
    ------
    InputError
        An option was given that belongs to the other kind of model, or is out of its range.

    Examples
    --------
    >>> model_options(Model.LINEAR, {"C": 0.5, "epochs": None})
    LinearOptions(C=0.5, tol=0.0001, max_iter=1000)
    """
    chosen = {name: value for name, value in given.items() if value is not None and value is not False}
    known = _LINEAR if model is Model.LINEAR else _NETWORK
    foreign = next((name for name in chosen if name not in known), None)
    if foreign is not None:
        needed = "linear" if foreign in _LINEAR else "network or cnn"
        raise InputError(
            f"{foreign.replace('_', '-')}: only valid with --model {needed}, got --model {model}"
        )
    if model is Model.LINEAR:
        return LinearOptions(**chosen)
    if "hidden" in chosen:
        chosen["hidden"] = tuple(parse_integers(chosen["hidden"], "hidden"))
    return NetworkOptions(convolutions=model is Model.CNN, **chosen)
