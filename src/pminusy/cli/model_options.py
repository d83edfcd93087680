"""The options of `pminusy fit` that say how to train; each belongs to linear models or to networks alone."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pminusy.cli.arguments import parse_integers
from pminusy.errors import InputError
from pminusy.nn.names import ACTIVATIONS, OPTIMIZERS, SCHEDULES, listed
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
        help="What to train: a softmax regression, a neural network, or one that begins with convolutions, which "
        "takes images."
    ),
]
C = Annotated[float | None, _option("C", "NUMBER", "inverse strength of the L2 penalty.", "--C")]
Tol = Annotated[float | None, _option("tol", "NORM", "stop at this gradient norm.")]
MaxIter = Annotated[int | None, _option("max_iter", "N", "most iterations of the solver.", min=1)]
Hidden = Annotated[
    str | None,
    _option("hidden", "UNITS,…", "units of the hidden dense layers. [default: 256, or 128 of a cnn]"),
]
Activation = Annotated[
    str | None,
    _option("activation", "NAME", f"{listed(ACTIVATIONS)}."),
]
Dropout = Annotated[float | None, _option("dropout", "SHARE", "drop this share of each hidden dense layer.")]
BatchNorm = Annotated[bool, _switch("batch-norm", "normalise each hidden layer over the batch.")]
Optimizer = Annotated[
    str | None, _option("optimizer", "NAME", f"{listed(OPTIMIZERS)}, the last with momentum 0.9.")
]
LearningRate = Annotated[float | None, _option("learning_rate", "RATE", "the base learning rate.")]
Schedule = Annotated[
    str | None,
    _option("schedule", "NAME", f"how it changes: {listed(SCHEDULES)}."),
]
WeightDecay = Annotated[float | None, _option("weight_decay", "NUMBER", "pull weights towards 0.")]
BatchSize = Annotated[int | None, _option("batch_size", "ROWS", "rows of a step.", min=1)]
Epochs = Annotated[int | None, _option("epochs", "N", "passes over the training rows.", min=1)]
LabelSmoothing = Annotated[
    float | None, _option("label_smoothing", "SHARE", "spread this share of each label over all classes.")
]
MaxGradientNorm = Annotated[
    float | None, _option("max_gradient_norm", "NORM", "scale larger gradients down to this norm.")
]
Balanced = Annotated[bool, _switch("balanced", "let all classes count the same, rare ones too.")]
EarlyStopping = Annotated[
    bool, _switch("early-stopping", "stop when the validation loss does not fall, and keep the best epoch.")
]
ValidationFraction = Annotated[
    float | None,
    _option(
        "validation_fraction",
        "SHARE",
        "leave out this share of the training rows, to measure the loss on. [default: 0.1 with --early-stopping]",
    ),
]
Patience = Annotated[
    int | None,
    _option("patience", "N", "epochs without a lower loss until an early stop. [default: 5]", min=1),
]
CheckpointFile = Annotated[
    Path | None,
    _option("checkpoint", "FILE", "write this after each epoch, and go on from it where it is there."),
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
            f"{foreign.replace('_', '-')}: an option of --model {needed}, got it with --model {model}"
        )
    if model is Model.LINEAR:
        return LinearOptions(**chosen)
    if "hidden" in chosen:
        chosen["hidden"] = tuple(parse_integers(chosen["hidden"], "hidden"))
    return NetworkOptions(convolutions=model is Model.CNN, **chosen)
