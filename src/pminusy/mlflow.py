"""Models and the course of their fits in MLflow."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import skops.io
from sklearn.utils.validation import check_is_fitted

from pminusy.nn.training.history import EpochRecord
from pminusy.nn.training.progress import Progress
from pminusy.solvers.result import Record

try:
    import mlflow
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        'pminusy.mlflow needs MLflow: pip install "pminusy[mlflow]"', name="mlflow"
    ) from error

__all__ = ["LogEpochs", "log_history", "trusted_types"]

_NO_METRICS = ("epoch", "iteration", "layer_norms")


def trusted_types(model: Any) -> list[str]:
    """The types of this package that a fitted model consists of, for MLflow's `skops_trusted_types`.

    Types of other packages that skops does not trust are left for you to decide on: saving then names them.

    Parameters
    ----------
    model : estimator
        An estimator of this package, or a pipeline or other meta-estimator with one.

    Returns
    -------
    list of str

    Examples
    --------
    >>> from pminusy import SoftmaxRegression
    >>> from pminusy.mlflow import trusted_types
    >>> trusted_types(SoftmaxRegression())
    ['pminusy.linear.regression.SoftmaxRegression']
    """
    named: list[str] = skops.io.get_untrusted_types(data=skops.io.dumps(model))
    return [name for name in named if name.startswith("pminusy.")]


def log_history(model: Any) -> None:
    """Log a fit's history to the active run: a metric for each number of a record, by iteration or epoch.

    Parameters
    ----------
    model : SoftmaxRegression, SoftmaxRegressionCV or SoftmaxNetwork
        Fitted. Of a cross-validation, the final fit is logged.

    Raises
    ------
    NotFittedError
        The model is not fitted.

    Examples
    --------
    >>> with mlflow.start_run():   # doctest: +SKIP
    ...     log_history(model)
    """
    check_is_fitted(model)
    records = model.history_ if hasattr(model, "history_") else model.result_.history
    for record in records:
        _log(record)


@dataclass(frozen=True)
class LogEpochs:
    """Callback of `SoftmaxNetwork` that logs each epoch to the active run while training goes on.

    Examples
    --------
    >>> from pminusy import SoftmaxNetwork
    >>> from pminusy.mlflow import LogEpochs
    >>> model = SoftmaxNetwork(callbacks=[LogEpochs()])
    """

    def on_batches(self, progress: Progress) -> None:
        """See `pminusy.nn.Callback`; nothing."""

    def on_epoch(self, model: Any, record: EpochRecord) -> None:
        """See `pminusy.nn.Callback`."""
        _log(record)


def _log(record: Record | EpochRecord) -> None:
    numbers = {
        name: float(value)
        for name, value in asdict(record).items()
        if name not in _NO_METRICS and value is not None
    }
    mlflow.log_metrics(numbers, step=record.iteration if isinstance(record, Record) else record.epoch)
