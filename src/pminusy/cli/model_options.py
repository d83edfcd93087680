"""The training options of `pminusy fit`: one table, from which the command line, its help and what is built follow."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pminusy.cli.arguments import parse_integers, parse_strength
from pminusy.cli.option_groups import option
from pminusy.errors import InputError
from pminusy.network.defaults import DEFAULTS
from pminusy.nn.names import ACTIVATIONS, OPTIMIZERS, SCHEDULES, listed
from pminusy.runs.options import LinearOptions, NetworkOptions


class Model(StrEnum):
    """What can be trained."""

    LINEAR = "linear"
    NETWORK = "network"
    CNN = "cnn"


@dataclass(frozen=True)
class ModelOption:
    """An option of some models; it has no value where it is not given.

    Attributes
    ----------
    name : str
        As in Python: the flag has dashes.
    kind : type
        bool for a switch.
    metavar, help : str
    models : str
        What it is for: "linear", "network" or both, in that order and with a space between.
    parameter : str
        What it sets in `LinearOptions`, `NetworkOptions` or `SoftmaxNetwork`, if that has another name.
    least : int or None
        The smallest value.
    """

    name: str
    kind: type
    metavar: str
    help: str
    models: str = "network"
    parameter: str = ""
    least: int | None = None

    @property
    def annotation(self) -> Any:
        """Its type for Typer."""
        kind = "" if " " in self.models else f"{self.models}: "
        default = _DEFAULTS.get(self.parameter or self.name)
        untold = default is None or self.kind is bool or "[default" in self.help
        text = f"{kind}{self.help}" + ("" if untold else f" [default: {default}]")
        flag = "--" + self.name.replace("_", "-")
        if self.kind is bool:
            return Annotated[bool, typer.Option(flag, help=text)]
        how = typer.Option(flag, metavar=self.metavar, help=text, show_default=False, min=self.least)
        return Annotated[self.kind | None, how]

    @property
    def default(self) -> bool | None:
        """Its value where it is not given."""
        return False if self.kind is bool else None


_DEFAULTS = {option.name: option.default for option in fields(LinearOptions)} | dict(DEFAULTS)

MODEL_OPTIONS = (
    ModelOption(
        "C",
        str,
        "NUMBER",
        "inverse of the regularisation strength, or auto to choose it by 5-fold cross-validated log loss.",
        "linear",
    ),
    ModelOption(
        "l1_ratio",
        float,
        "SHARE",
        "share of the L1 norm in the penalty, from 0 (L2) to 1 (lasso); above 0, only some features are used.",
        "linear",
    ),
    ModelOption("group", bool, "", "with --l1-ratio: use a feature for all classes or for none.", "linear"),
    ModelOption(
        "one_standard_error",
        bool,
        "",
        "with --C auto: choose the smallest C whose log loss is within one standard error of the lowest.",
        "linear",
    ),
    ModelOption(
        "tol",
        float,
        "NUMBER",
        "linear: stop when the gradient norm, or with --l1-ratio the relative duality gap, is at most this; network: "
        "only a larger decrease of the loss counts.",
        "linear network",
    ),
    ModelOption("max_iter", int, "N", "maximum number of solver iterations.", "linear", least=0),
    ModelOption("hidden", str, "UNITS,…", "sizes of the hidden dense layers. [default: 256, or 128 for cnn]"),
    ModelOption("activation", str, "NAME", f"activation function: {listed(ACTIVATIONS)}."),
    ModelOption("dropout", float, "RATE", "dropout rate of the hidden dense layers."),
    ModelOption("batch_norm", bool, "", "apply batch normalisation to each hidden layer."),
    ModelOption("optimizer", str, "NAME", f"{listed(OPTIMIZERS)} (with momentum 0.9)."),
    ModelOption("learning_rate", float, "RATE", "base learning rate."),
    ModelOption("schedule", str, "NAME", f"learning rate schedule: {listed(SCHEDULES)}. [default: cosine]"),
    ModelOption(
        "weight_decay",
        float,
        "NUMBER",
        "weight decay coefficient. [default: (1 + 4 × training loss) / training rows; 0.01 with adamw]",
    ),
    ModelOption(
        "batch_size",
        int,
        "ROWS",
        "rows per mini-batch. [default: a tenth of the training rows, from 8 to 128]",
        least=1,
    ),
    ModelOption(
        "epochs",
        int,
        "N",
        "maximum number of passes over the training rows. [default: 60; more or fewer, but at least 20, for 500 to "
        "8,000 steps]",
        parameter="max_epochs",
        least=1,
    ),
    ModelOption(
        "max_steps",
        int,
        "N",
        "maximum number of steps (mini-batches); the last pass is completed. [default: no limit]",
        least=1,
    ),
    ModelOption(
        "label_smoothing", float, "FRACTION", "fraction of each label's mass to spread over all classes."
    ),
    ModelOption("max_gradient_norm", float, "NORM", "clip gradients to this norm."),
    ModelOption("balanced", bool, "", "weight classes inversely to their frequency.", "linear network"),
    ModelOption(
        "early_stopping", bool, "", "stop when the validation loss stops improving, and keep the best epoch."
    ),
    ModelOption(
        "validation_fraction",
        float,
        "FRACTION",
        "fraction of the training rows to set aside for validation. "
        f"[default: {DEFAULTS['validation_fraction']} with --early-stopping]",
    ),
    ModelOption(
        "patience",
        int,
        "N",
        "stop after this many epochs in which the loss has not fallen: that of validation with --early-stopping, else "
        "that of training.",
        parameter="n_iter_no_change",
        least=1,
    ),
    ModelOption(
        "checkpoint",
        Path,
        "FILE",
        "save a checkpoint here after each epoch, and resume from it if it exists.",
    ),
)


MODEL_PARAMETERS = tuple(option(each.name, each.annotation, each.default) for each in MODEL_OPTIONS)
"""The same for Typer."""


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
    >>> model_options(Model.LINEAR, {"C": "0.5", "epochs": None})
    LinearOptions(C=0.5, tol=0.0001, max_iter=1000, balanced=False, l1_ratio=0.0, group=False, one_standard_error=False)
    """
    chosen = {name: value for name, value in given.items() if value is not None and value is not False}
    kind = "linear" if model is Model.LINEAR else "network"
    options = {each.name: each for each in MODEL_OPTIONS}
    for name in chosen:
        if kind not in options[name].models.split():
            needed = "linear" if kind == "network" else "network or cnn"
            flag = name.replace("_", "-")
            raise InputError(f"{flag}: only valid with --model {needed}, got --model {model}")
    if model is Model.LINEAR:
        if "C" in chosen:
            chosen["C"] = parse_strength(chosen["C"])
        return LinearOptions(**chosen)
    checkpoint, balanced = chosen.pop("checkpoint", None), chosen.pop("balanced", False)
    if "hidden" in chosen:
        chosen["hidden"] = tuple(parse_integers(chosen["hidden"], "hidden"))
    parameters = {options[name].parameter or name: value for name, value in chosen.items()}
    if balanced:
        parameters["class_weight"] = "balanced"
    return NetworkOptions(parameters, convolutions=model is Model.CNN, checkpoint=checkpoint)
