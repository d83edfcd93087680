"""A neural network with a softmax classifier on top, trained by back-propagation."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Literal, Self

from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.validation import check_is_fitted

from pminusy.classifier.seen_columns import SeenColumns
from pminusy.errors import ModelFileError
from pminusy.kernels.parallel import threads
from pminusy.network.file import load_network, save_network
from pminusy.network.fit import NetworkFit, begin, go_on, resume
from pminusy.network.fitted import FittedNetwork
from pminusy.network.options import DEFAULT_BATCH_SIZE
from pminusy.network.prediction import NetworkPrediction
from pminusy.network.training import Training
from pminusy.nn.layer import Layer
from pminusy.nn.training.history import Ending, EpochRecord, TrainingResult
from pminusy.nn.training.progress import Callback, Progress


class SoftmaxNetwork(NetworkPrediction, ClassifierMixin, BaseEstimator):
    r"""Neural network that ends in a softmax classifier.

    Minimises the mean cross-entropy of the network's logits by mini-batch gradient descent:

    .. math::
        \frac{1}{\sum_i w_i}\sum_i w_i L(f(x_i), y_i), \qquad L = -\sum_k y_k \log p_k,\quad
        p = \mathrm{softmax}(f(x))

    with the gradient carried back through f from ∂L/∂z = p − y.

    Parameters
    ----------
    hidden : sequence of int, default (256,)
        Units of the hidden dense layers.
    activation : {"relu", "leaky_relu", "gelu", "silu", "tanh", "sigmoid"}, default "relu"
        What follows each of them.
    dropout : float in [0, 1), default 0.0
        The share of each hidden layer's outputs that is dropped in training.
    batch_norm : bool, default False
        Whether to normalise each hidden layer's outputs over the batch, before the activation.
    layers : sequence of Layer or None, default None
        An architecture of one's own instead: all layers before the one that gives the logits, which is added. They are
        copied. See `pminusy.nn`.
    optimizer : {"adam", "adamw", "sgd"} or Optimizer, default "adam"
        "sgd" has momentum 0.9. An object of `pminusy.nn` has its own options, and its learning rate counts.
    learning_rate : float > 0, default 1e-3
        The base learning rate.
    schedule : {"constant", "cosine", "one_cycle", "plateau"} or Schedule, default "constant"
        How the learning rate changes from step to step.
    weight_decay : float ≥ 0, default 0.0
        Pulls weights, not biases, towards 0: as part of the gradient, or with "adamw" beside it.
    batch_size : int ≥ 1, default 128
        Rows of a batch; all rows where there are fewer, with a warning unless it is the default.
    max_epochs : int ≥ 1, default 20
        Passes over the data at most.
    label_smoothing : float in [0, 1], default 0.0
        The share of every row's mass that is spread over all classes.
    class_weight : mapping, "balanced" or None, default None
        A weight for each class, 1 where a mapping leaves one out; "balanced" makes all classes count the same.
    early_stopping : bool, default False
        Stop when the validation loss has not fallen for `patience` epochs, and keep the best epoch's weights.
    validation_fraction : float in (0, 1), default 0.1
        The share of the rows that early stopping holds out where `fit` is given no validation data.
    patience : int ≥ 1, default 5
        Epochs.
    warm_start : bool, default False
        Start from the last fit's weights where they fit the new data.
    n_threads : int ≥ 1 or None, default None
        Threads at most; None for all processors. The result has the same bits either way.
    callbacks : sequence of Callback, default ()
        Told of batches and epochs; see `pminusy.nn.Callback`.
    verbose : int, default 0
        Print a line for every `verbose`-th epoch.
    random_state : int, RandomState or None, default None
        Seeds the weights, the order of the rows, what is dropped, and what is held out. None is the seed 0.
    image_layout : {"NHWC", "NCHW"}, default "NHWC"
        What the axes of an X of four axes are: rows, height, width and channels. (N, H, W) has one channel.
    max_gradient_norm : float > 0 or None, default None
        Scale the gradient of a step down to this norm where it is larger.
    average_last : float in [0, 1] or None, default None
        The share of the epochs, the last ones, over whose ends the final weights are the mean, where that has a lower
        training loss than the last weights; 0 for these. None is 0.3 with a constant learning rate, which keeps
        stepping from side to side of the valley in whose middle the mean lies [2]_, and else 0. With
        `early_stopping` the best epoch's weights are kept instead.

    Attributes
    ----------
    classes_ : array (K,)
        The labels, in the order of the columns of `predict_proba`.
    network_ : Chain
        The layers, with their parameters; the last one gives the logits.
    history_ : list of EpochRecord
        Loss, accuracy, gradient norm and learning rate of each epoch, and the same of the validation data.
    result_ : TrainingResult
        How training ended.
    n_iter_ : int
        Epochs done.
    temperature_ : float
        What logits are divided by before the softmax: 1 until `calibrate` is called.
    n_features_in_ : int
    feature_names_in_ : array (D,)
        Only where X had column names that are strings.

    See Also
    --------
    SoftmaxRegression : without hidden layers, and with its optimum.

    Notes
    -----
    float64 is computed in float64, and everything else in float32, which is faster. A matrix of float32, float64 or
    uint8 is read where it is, whatever its layout; other dtypes are converted once. Derivation:
    docs/two-layer-network.md and, for each layer, docs/derivations.

    References
    ----------
    .. [1] D. E. Rumelhart, G. E. Hinton and R. J. Williams, Nature 323 (1986) 533-536.
    .. [2] P. Izmailov et al., UAI 2018, arXiv:1803.05407.

    Examples
    --------
    >>> from sklearn.datasets import load_digits
    >>> from pminusy import SoftmaxNetwork
    >>> X, y = load_digits(return_X_y=True)
    >>> model = SoftmaxNetwork(hidden=(64,), batch_size=32).fit(X / 16, y)
    >>> model.score(X / 16, y) > 0.98
    True
    """

    _training: Training

    def __init__(
        self,
        hidden: Sequence[int] = (256,),
        activation: str = "relu",
        dropout: float = 0.0,
        batch_norm: bool = False,
        layers: Sequence[Layer] | None = None,
        optimizer: Any = "adam",
        learning_rate: float = 1e-3,
        schedule: Any = "constant",
        weight_decay: float = 0.0,
        batch_size: int = DEFAULT_BATCH_SIZE,
        max_epochs: int = 20,
        label_smoothing: float = 0.0,
        class_weight: Mapping[Any, float] | Literal["balanced"] | None = None,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        patience: int = 5,
        warm_start: bool = False,
        n_threads: int | None = None,
        callbacks: Sequence[Callback] = (),
        verbose: int = 0,
        random_state: Any = None,
        image_layout: Literal["NHWC", "NCHW"] = "NHWC",
        max_gradient_norm: float | None = None,
        average_last: float | None = None,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.dropout = dropout
        self.batch_norm = batch_norm
        self.layers = layers
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.schedule = schedule
        self.weight_decay = weight_decay
        self.batch_size = batch_size
        self.max_epochs = max_epochs
        self.label_smoothing = label_smoothing
        self.class_weight = class_weight
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.patience = patience
        self.warm_start = warm_start
        self.n_threads = n_threads
        self.callbacks = callbacks
        self.verbose = verbose
        self.random_state = random_state
        self.image_layout = image_layout
        self.max_gradient_norm = max_gradient_norm
        self.average_last = average_last

    def fit(
        self,
        X: Any,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        X_val: Any = None,
        y_val: ArrayLike | None = None,
        *,
        classes: ArrayLike | None = None,
    ) -> Self:
        """Fit to samples X and their labels or target mass.

        Parameters
        ----------
        X : array, data frame or sparse matrix (N, D), or array (N, H, W) or of four axes, see `image_layout`
            Any real dtype and layout. Sparse formats other than CSR are converted to it; the first layer is then to be
            a dense one. For an Embedding as the first layer, integers.
        y : array (N,), or with `classes` also (N, K)
            Labels of any kind, or rows of target mass of any sum.
        sample_weight : array (N,), optional
            Weights ≥ 0 of the rows in the loss.
        X_val, y_val : like X and y, optional
            Validation data: their loss and accuracy are measured after every epoch.
        classes : array (K,), optional
            All labels, in the order wanted, where y does not tell: needed for target mass, and allowed for labels.

        Returns
        -------
        self

        Raises
        ------
        InputError
            A parameter outside its range, layers that don't fit, non-finite X, shapes or labels that don't fit. Either
            way, and when it is interrupted, the model stays as it was.

        Warns
        -----
        ConvergenceWarning
            The loss, a gradient or a weight was not finite any more; says where that began and what to try. The weights
            are those of the last epoch that was finite, or of the best one with `early_stopping`.
        UserWarning
            `batch_size` is more than there are rows.
        """
        earlier = self._fitted_network()
        return self._train(begin(self, earlier, X, y, sample_weight, (X_val, y_val), classes))

    def partial_fit(
        self,
        X: Any,
        y: ArrayLike,
        classes: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Train one epoch on these rows, going on from where the model is.

        The first call settles the classes, by `classes` or else from y.
        """
        return self._train(go_on(self, self._fitted_network(), X, y, sample_weight, classes))

    def resume(
        self,
        X: Any,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        X_val: Any = None,
        y_val: ArrayLike | None = None,
    ) -> Self:
        """Go on with a fit that was broken off, from a checkpoint that `load` has read, to the same bits.

        Parameters
        ----------
        X, y, sample_weight, X_val, y_val
            Those of that `fit`.

        Returns
        -------
        self
            A fit that has ended already stays as it is, unless `max_epochs` or `patience` was raised.

        Raises
        ------
        InputError
            The data are others than those of that `fit`, as far as 256 rows of X and all of y and the weights tell; or
            a parameter was changed that the result depends on; or `partial_fit` came in between.
        """
        check_is_fitted(self)
        earlier = self._fitted_network()
        assert earlier is not None
        return self._train(resume(self, earlier, X, y, sample_weight, (X_val, y_val)))

    def _train(self, fit: NetworkFit) -> Self:
        model = copy.copy(self)  # for callbacks to see: this one stays as it is until the fit has ended
        model._become(fit.fitted)

        def on_batches(progress: Progress) -> None:
            for callback in self.callbacks:
                callback.on_batches(progress)

        def on_epoch(record: EpochRecord) -> bool:
            model._become(fit.fitted)
            if self.verbose and record.epoch % self.verbose == 0:
                print(record)
            answers = [callback.on_epoch(model, record) for callback in self.callbacks]
            return any(answers)

        with threads(self.n_threads):
            self._become(fit.run(on_batches, on_epoch))
        if self.result_.ending is Ending.NOT_FINITE:
            message = f"SoftmaxNetwork: {self.result_} Use a smaller learning_rate, set max_gradient_norm, or scale X."
            warnings.warn(message, ConvergenceWarning, stacklevel=3)
        return self

    def save(self, path: str | PathLike[str]) -> None:
        """Write the fitted model to one file, without pickle.

        The file has the parameters, the classes, all numbers of the layers, the optimiser and the schedule, and the
        history: `load` gives a model that predicts the same bits, and goes on training to the same bits. Callbacks
        are left out. A file that is there is replaced in one step, so that it is whole at every moment.

        Parameters
        ----------
        path : path-like
            A safetensors file, with a JSON text in its metadata. Its folder has to exist.

        Raises
        ------
        NotFittedError
            There is nothing to save.
        InputError
            A layer, optimiser or schedule of one's own is not known by `pminusy.nn.register`.
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
        """Read a model that `save` or `pminusy.nn.Checkpoint` has written.

        Raises
        ------
        ModelFileError
            There is no such file, it is something else, truncated, altered, or written by a newer version; or it has a
            layer of one's own that is not registered.

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
        self.history_ = list(fitted.training.state.history)
        self.n_iter_ = len(self.history_)
        if fitted.result is not None:
            self.result_: TrainingResult = fitted.result
        elif hasattr(self, "result_"):
            del self.result_

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags
