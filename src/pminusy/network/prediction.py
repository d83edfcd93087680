"""Predictions of a trained network."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any, Literal, Self

from numpy.typing import ArrayLike, NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.validation import check_is_fitted

from pminusy.classifier.examples import read_examples
from pminusy.classifier.features import read_samples
from pminusy.errors import InputError
from pminusy.kernels.parallel import threads
from pminusy.losses.softmax import log_softmax, softmax
from pminusy.network.temperature import best_temperature
from pminusy.network.training_data import check_shape, make_samples
from pminusy.nn.architecture import first_layer
from pminusy.nn.layer import Shape
from pminusy.nn.layers.chain import Chain
from pminusy.nn.training.evaluation import evaluate
from pminusy.options import is_integer

Array = NDArray[Any]


class NetworkPrediction:
    """Logits, probabilities, labels and layer outputs of a trained network."""

    classes_: Array
    network_: Chain
    temperature_: float
    n_threads: int | None
    image_layout: Literal["NHWC", "NCHW"]
    _sample_shape: Shape

    def decision_function(self, X: Any) -> Array:
        """Logits: (N, K), or with two classes (N,), the second logit minus the first."""
        Z = self._logits(X)
        return Z[:, 1] - Z[:, 0] if len(self.classes_) == 2 else Z

    def predict(self, X: Any) -> Array:
        """The most probable label of each row: (N,)."""
        check_is_fitted(self)
        best = self._evaluate(self.network_, X, lambda Z: self._tempered(Z).argmax(axis=1))
        labels: Array = self.classes_[best]
        return labels

    def predict_proba(self, X: Any) -> Array:
        """Probabilities of the classes, in the order of `classes_`: (N, K)."""
        Z = self._logits(X)
        with threads(self.n_threads):
            return softmax(Z, out=Z)

    def predict_log_proba(self, X: Any) -> Array:
        """Log-probabilities, accurate even if the probability itself underflows: (N, K)."""
        Z = self._logits(X)
        with threads(self.n_threads):
            return log_softmax(Z, out=Z)

    def embed(self, X: Any, layer: int) -> Array:
        """Output of a layer of `network_.layers` for each row: (N, …); a negative index counts from the end."""
        check_is_fitted(self)
        n_layers = len(self.network_.layers)
        if not is_integer(layer) or not -n_layers <= layer < n_layers:
            raise InputError(f"layer: expected an integer in [{-n_layers}, {n_layers}), got {layer!r}")
        return self._evaluate(Chain(self.network_.layers[: layer % n_layers + 1]), X)

    def calibrate(self, X: Any, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        r"""Calibrate the probabilities by temperature scaling.

        Accurate networks are often overconfident. After calibration, `predict_proba` is the softmax of the logits
        divided by `temperature_`, the T > 0 that minimises the mean cross-entropy of these rows

        .. math::
            -\sum_k y_k \log \mathrm{softmax}(z / T)_k

        without class weights and label smoothing, which would bias the targets. Predicted labels do not change. `fit`,
        `partial_fit` and `resume` reset the temperature to 1.

        Parameters
        ----------
        X, y, sample_weight
            Held-out data, as for `fit`; on its training rows a network is right too often.

        Returns
        -------
        self

        Raises
        ------
        NotFittedError, InputError
            The model is not fitted, or the data do not match it; the model is left unchanged.

        Warns
        -----
        ConvergenceWarning
            No optimal temperature exists, because every row is classified correctly or the logits do not predict y;
            `temperature_` is left unchanged.

        Notes
        -----
        With β = 1/T the derivative of a row's loss with respect to β is ⟨s·p − y, z⟩, and the loss is convex in β.
        Derivation: docs/derivations/calibration.md.

        References
        ----------
        C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, ICML 2017, arXiv:1706.04599, section 4.2.

        Examples
        --------
        >>> from sklearn.datasets import load_digits
        >>> from pminusy import SoftmaxNetwork
        >>> X, y = load_digits(return_X_y=True)
        >>> model = SoftmaxNetwork(hidden=(64,), max_epochs=60).fit(X[:1000], y[:1000])
        >>> bool(model.calibrate(X[1000:], y[1000:]).temperature_ > 1)
        True
        """
        check_is_fitted(self)
        data = read_examples(self, X, y, sample_weight, self.classes_, reset=False, allow_nd=True)
        temperature = best_temperature(self._evaluate(self.network_, X), data.targets.encoded, data.weights)
        if 0 < temperature < math.inf:
            self.temperature_ = temperature
            return self
        why = "every row is classified correctly" if temperature == 0 else "the logits do not predict y"
        message = (
            f"SoftmaxNetwork: no optimal temperature exists, because {why}; temperature_ stays {self.temperature_}. "
            "Calibrate on other rows."
        )
        warnings.warn(message, ConvergenceWarning, stacklevel=2)
        return self

    def _logits(self, X: Any) -> Array:
        check_is_fitted(self)
        return self._tempered(self._evaluate(self.network_, X))

    def _tempered(self, Z: Array) -> Array:
        Z /= self.temperature_
        return Z

    def _evaluate(self, network: Chain, X: Any, keep: Callable[[Array], Array] = lambda Z: Z) -> Array:
        X = read_samples(self, X, reset=False, allow_nd=True)
        dtype = self.network_.parameters[0].value.dtype
        samples = make_samples(X, dtype, self.image_layout, first_layer(self.network_.layers))
        check_shape(samples, self._sample_shape)
        with threads(self.n_threads):
            return evaluate(network, samples, dtype, keep)
