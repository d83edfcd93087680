"""What a network's estimator has learned: as its attributes, and in files."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any, Self

from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from pminusy.classifier.seen_columns import SeenColumns
from pminusy.errors import ModelFileError
from pminusy.network.file import load_network, save_network
from pminusy.network.fitted import FittedNetwork
from pminusy.network.training import Training
from pminusy.nn.layer import Shape
from pminusy.nn.layers.chain import Chain
from pminusy.nn.training.history import TrainingResult

Array = NDArray[Any]


class LearnedNetwork(BaseEstimator):
    """The attributes that end in an underscore, given by a fit or a file, and written to one."""

    network_: Chain
    classes_: Array
    temperature_: float
    _sample_shape: Shape
    _training: Training

    def save(self, path: str | PathLike[str]) -> None:
        """Write the fitted model to one file, without pickle.

        The file holds the parameters, the classes, the state of layers, optimiser and schedule, and the history: a
        model read with `load` gives bit-identical predictions and resumes training bit for bit. Callbacks are not
        saved. An existing file is replaced atomically.

        Parameters
        ----------
        path : path-like
            A safetensors file, with JSON in its metadata. Its directory must exist.

        Raises
        ------
        NotFittedError
            The model is not fitted.
        InputError
            A custom layer, optimiser or schedule is not registered with `pminusy.nn.register`.
        ModelFileError
            The file cannot be written.

        Examples
        --------
        >>> model.save("digits.safetensors")   # doctest: +SKIP
        """
        check_is_fitted(self)
        fitted = self._fitted_network()
        assert fitted is not None
        save_network(self.get_params(deep=False), fitted, Path(path))

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Read a model written by `save` or `pminusy.nn.Checkpoint`.

        Raises
        ------
        ModelFileError
            The file is missing, not a saved model, truncated, altered or written by a newer version, or it contains a
            custom layer that is not registered.

        Examples
        --------
        >>> model = SoftmaxNetwork.load("digits.safetensors")   # doctest: +SKIP
        """
        parameters, fitted = load_network(Path(path))
        try:
            model = cls(**parameters)
        except TypeError as error:
            raise ModelFileError(f"{path}: not readable as a network: {error}") from error
        model._become(fitted)
        return model

    def _fitted_network(self) -> FittedNetwork | None:
        """What this model has learned; None before the first fit."""
        if not hasattr(self, "network_"):
            return None
        return FittedNetwork(
            *(self.network_, self.classes_, self._sample_shape, SeenColumns.of(self), self._training),
            temperature=self.temperature_,
            result=getattr(self, "result_", None),
        )

    def _become(self, fitted: FittedNetwork) -> None:
        """Have learned this."""
        fitted.columns.give_to(self)
        self.network_, self.classes_, self._sample_shape = fitted.network, fitted.classes, fitted.sample_shape
        self.temperature_, self._training = fitted.temperature, fitted.training
        self.chosen_ = dict(fitted.training.chosen)
        self.history_ = list(fitted.training.state.history)
        self.n_iter_ = len(self.history_)
        if fitted.result is not None:
            self.result_: TrainingResult = fitted.result
        elif hasattr(self, "result_"):
            del self.result_
