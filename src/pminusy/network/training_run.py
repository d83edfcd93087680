"""A fit as the estimator runs it: callbacks, what is printed, and what the user is warned of."""

from __future__ import annotations

import copy
import warnings
from typing import Any

from sklearn.exceptions import ConvergenceWarning

from pminusy.classifier.callbacks import FitTasks
from pminusy.kernels.parallel import threads
from pminusy.network.fit import NetworkFit
from pminusy.nn.training.history import Ending, EpochRecord
from pminusy.nn.training.progress import Progress


def train(estimator: Any, fit: NetworkFit, X: Any, y: Any, sample_weight: Any) -> None:
    """Run a fit to its end, and have the estimator learn what it found; until then the estimator stays as it is."""
    model = copy.copy(estimator)  # for callbacks to see
    model._become(fit.fitted)
    tasks = FitTasks(estimator, "epoch", fit.n_epochs, X, y, sample_weight)

    def on_batches(progress: Progress) -> None:
        for callback in estimator.callbacks:
            callback.on_batches(progress)

    def on_epoch(record: EpochRecord) -> bool:
        model._become(fit.fitted)
        if estimator.verbose and record.epoch % estimator.verbose == 0:
            print(record)
        answers = [callback.on_epoch(model, record) for callback in estimator.callbacks]
        return any([*answers, tasks.step(lambda: _learned(model))])

    with tasks, threads(estimator.n_threads):
        estimator._become(fit.run(on_batches, on_epoch))
    _warn(estimator)


def _warn(model: Any) -> None:
    remedy = ""
    if model.result_.ending is Ending.NOT_FINITE:
        remedy = "Use a smaller learning_rate, set max_gradient_norm, or scale X."
    elif model.result_.still_falling:
        remedy = "Increase max_epochs or max_steps."
    if remedy:
        warnings.warn(f"SoftmaxNetwork: {model.result_} {remedy}", ConvergenceWarning, stacklevel=4)


def _learned(model: Any) -> dict[str, Any]:
    """The attributes that fitting has given it."""
    return {name: value for name, value in vars(model).items() if name not in model.get_params(deep=False)}
