"""A neural network with a softmax output layer, trained by backpropagation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Self

from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from pminusy.classifier.callbacks import CallbackSupportMixin
from pminusy.network.defaults import DEFAULTS
from pminusy.network.fit import begin, go_on, resume
from pminusy.network.learned import LearnedNetwork
from pminusy.network.prediction import NetworkPrediction
from pminusy.network.training_run import train
from pminusy.nn.layer import Layer
from pminusy.nn.training.progress import Callback


class SoftmaxNetwork(NetworkPrediction, LearnedNetwork, CallbackSupportMixin, ClassifierMixin, BaseEstimator):
    r"""Neural network classifier with a softmax output layer.

    Minimises the mean cross-entropy of the network's logits, plus weight decay, by mini-batch gradient descent:

    .. math::
        \frac{1}{\sum_i w_i}\sum_i w_i L(f(x_i), y_i) + \frac{\lambda}{2}\lVert W\rVert^2, \qquad
        L = -\sum_k y_k \log p_k,\quad p = \mathrm{softmax}(f(x))

    with the gradient backpropagated through f from ∂L/∂z = p − y. Each batch's gradient is an unbiased estimate of the
    whole one, whatever the weights and the batch size.

    Parameters
    ----------
    hidden : sequence of int, default (256,)
        Sizes of the hidden dense layers.
    activation : {"relu", "leaky_relu", "gelu", "silu", "tanh", "sigmoid"}, default "relu"
        Activation function after each hidden layer.
    dropout : float in [0, 1), default 0.0
        Dropout rate of each hidden layer during training.
    batch_norm : bool, default False
        Whether to apply batch normalisation to each hidden layer, before the activation.
    layers : sequence of Layer or None, default None
        Custom architecture instead: all layers except the output layer, which is added. The layers are copied. See
        `pminusy.nn`.
    optimizer : {"adam", "adamw", "sgd"} or Optimizer, default "adam"
        "sgd" has momentum 0.9. An optimiser from `pminusy.nn` uses its own options, including its learning rate.
    learning_rate : float > 0, default 3e-3
        Base learning rate.
    schedule : {"constant", "cosine", "one_cycle", "plateau"}, Schedule or None, default None
        Learning rate schedule. None means "cosine" for `fit` and "constant" for `partial_fit`.
    weight_decay : float ≥ 0 or None, default None
        λ, the weight decay of weights, not biases: λ W is added to the gradient, or decoupled from it with "adamw".
        None means (1 + 4 L) / N for N rows, or a total weight of N if that is more, whose mean loss was L in the epoch
        before: the more, the noisier the labels. With "adamw" it means 0.01, and for a model that `partial_fit` begins
        0.
    batch_size : int ≥ 1 or None, default None
        Rows per mini-batch. With fewer rows, all are used, with a warning. None means a tenth of the rows, but at
        least 8 and at most 128, and all of up to 32.
    max_epochs : int ≥ 1 or None, default None
        Maximum number of epochs. None means as many as `max_steps` allows. If that is None too, it means 60; more where
        these are fewer than 500 steps; fewer, but at least 20, where they are more than 8,000.
    max_steps : int ≥ 1 or None, default None
        Maximum number of steps, that is, of mini-batches; the last epoch is completed. None means no limit beside
        `max_epochs`.
    tol : float ≥ 0, default 1e-4
    n_iter_no_change : int ≥ 1, default 10
        Training ends once the training loss, or with `early_stopping` the validation loss, has not been lower than its
        lowest value by more than `tol` for `n_iter_no_change` epochs in a row. A schedule that lowers the learning rate
        is still completed, but only the last `n_iter_no_change` epochs of it.
    label_smoothing : float in [0, 1], default 0.0
        Fraction of each row's target mass that is spread evenly over all classes.
    class_weight : mapping, "balanced" or None, default None
        Weight of each class; classes missing from a mapping have weight 1. "balanced" weights classes inversely to
        their frequency.
    early_stopping : bool, default False
        Stop when the validation loss no longer falls, and keep the best epoch's weights.
    validation_fraction : float in (0, 1), default 0.1
        Fraction of rows held out for early stopping if `fit` gets no validation data.
    warm_start : bool, default False
        Start from the weights of the previous fit if they match the new data.
    n_threads : int ≥ 1 or None, default None
        Maximum number of threads; None for all processors. Results are bit-identical for any number.
    callbacks : sequence of Callback, default ()
        Called after batches and epochs; see `pminusy.nn.Callback`.
    verbose : int, default 0
        Print progress every `verbose` epochs; 0 for none.
    random_state : int, RandomState or None, default None
        Seeds weight initialisation, shuffling, dropout and the validation split. None means a fixed seed.
    image_layout : {"NHWC", "NCHW"}, default "NHWC"
        Order of the axes of a 4-D X: rows (N), height, width and channels. A 3-D X (N, H, W) has one channel.
    max_gradient_norm : float > 0 or None, default None
        Clip the gradient of each step to this norm.
    average_last : float in [0, 1] or None, default None
        Weight averaging: the final weights are the mean of the weights at the end of this last fraction of epochs [2]_,
        or of the epochs without a lower loss that ended training, if that has a lower training loss than the last
        weights; 0 disables averaging. None means 0.3 with a constant learning rate, whose iterates oscillate around the
        mean, and otherwise 0. With `early_stopping`, the best epoch's weights are kept instead.

    Attributes
    ----------
    classes_ : array (K,)
        Class labels, in the order of the columns of `predict_proba`.
    network_ : Chain
        The layers with their parameters; the last one outputs the logits.
    history_ : list of EpochRecord
        Loss, accuracy, gradient norm and learning rate of each epoch, and the validation loss and accuracy.
    result_ : TrainingResult
        How training ended.
    n_iter_ : int
        Number of epochs run.
    chosen_ : dict
        The values used for `schedule`, `weight_decay` (λ where the loss is 0), `batch_size` and `max_epochs` where
        these are None.
    temperature_ : float
        Temperature that the logits are divided by before the softmax; 1 until `calibrate` is called.
    n_features_in_ : int
    feature_names_in_ : array (D,)
        Column names of X; only if they are all strings.

    See Also
    --------
    SoftmaxRegression : a linear model, trained to its optimum.

    Notes
    -----
    float64 input is processed in float64 and everything else in float32, which is faster. A float32, float64 or uint8
    matrix is read in place, whatever its memory layout; other dtypes are converted once. Derivation:
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
    >>> model = SoftmaxNetwork(hidden=(64,)).fit(X / 16, y)
    >>> model.score(X / 16, y) > 0.98
    True
    """

    def __init__(
        self,
        hidden: Sequence[int] = DEFAULTS["hidden"],
        activation: str = DEFAULTS["activation"],
        dropout: float = DEFAULTS["dropout"],
        batch_norm: bool = DEFAULTS["batch_norm"],
        layers: Sequence[Layer] | None = None,
        optimizer: Any = DEFAULTS["optimizer"],
        learning_rate: float = DEFAULTS["learning_rate"],
        schedule: Any = DEFAULTS["schedule"],
        weight_decay: float | None = DEFAULTS["weight_decay"],
        batch_size: int | None = DEFAULTS["batch_size"],
        max_epochs: int | None = DEFAULTS["max_epochs"],
        max_steps: int | None = DEFAULTS["max_steps"],
        tol: float = DEFAULTS["tol"],
        n_iter_no_change: int = DEFAULTS["n_iter_no_change"],
        label_smoothing: float = DEFAULTS["label_smoothing"],
        class_weight: Mapping[Any, float] | Literal["balanced"] | None = DEFAULTS["class_weight"],
        early_stopping: bool = DEFAULTS["early_stopping"],
        validation_fraction: float = DEFAULTS["validation_fraction"],
        warm_start: bool = False,
        n_threads: int | None = None,
        callbacks: Sequence[Callback] = (),
        verbose: int = 0,
        random_state: Any = None,
        image_layout: Literal["NHWC", "NCHW"] = "NHWC",
        max_gradient_norm: float | None = DEFAULTS["max_gradient_norm"],
        average_last: float | None = DEFAULTS["average_last"],
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
        self.max_steps = max_steps
        self.tol = tol
        self.n_iter_no_change = n_iter_no_change
        self.label_smoothing = label_smoothing
        self.class_weight = class_weight
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
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
            Any real dtype and memory layout. Sparse formats other than CSR are converted to CSR, and sparse X requires
            a dense first layer. If the first layer is an Embedding, X holds integers. Or the X of `open_rows`: rows in
            files, which are decoded once and then read a window at a time; see docs/data-beyond-memory.md.
        y : array (N,), or with `classes` also (N, K)
            Labels of any type, or target mass with any row sum.
        sample_weight : array (N,), optional
            Weights ≥ 0 of the rows in the loss. A row of weight 0 is as if it were not there.
        X_val, y_val : like X and y, optional
            Validation data, whose loss and accuracy are measured after every epoch.
        classes : array (K,), optional
            All class labels, in the desired order. Required if y is target mass, optional if y holds labels.

        Returns
        -------
        self

        Raises
        ------
        InputError
            A parameter is out of range, X is not finite, or layers, shapes or labels do not match; files have changed,
            or a batch of their rows does not fit into the memory. On any error or interruption, the model is left
            unchanged.

        Warns
        -----
        ConvergenceWarning
            The epochs or steps ran out while the loss was still falling: by 2 % or more over the last tenth of the
            epochs, with an accuracy below 99 %. Or the loss, a gradient or a weight became non-finite; the message says
            where this was first seen and what to do. The weights are then those of the last finite epoch, or with
            `early_stopping` of the best one.
        UserWarning
            `batch_size` exceeds the number of rows.
        """
        earlier = self._fitted_network()
        begun = begin(self, earlier, X, y, sample_weight, (X_val, y_val), classes)
        train(self, begun, X, y, sample_weight)
        return self

    def partial_fit(
        self,
        X: Any,
        y: ArrayLike,
        classes: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Train for one epoch on these rows, starting from the current weights.

        The first call fixes the classes, from `classes` if given and otherwise from y. A `schedule` that is
        given is spread over `max_epochs` calls.
        """
        gone_on = go_on(self, self._fitted_network(), X, y, sample_weight, classes)
        train(self, gone_on, X, y, sample_weight)
        return self

    def resume(
        self,
        X: Any,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        X_val: Any = None,
        y_val: ArrayLike | None = None,
    ) -> Self:
        """Resume an interrupted fit bit for bit, from a checkpoint read with `load`.

        Parameters
        ----------
        X, y, sample_weight, X_val, y_val
            The same as in the interrupted `fit`.

        Returns
        -------
        self
            A completed fit is left unchanged, unless `max_epochs`, `max_steps` or `n_iter_no_change` was increased.

        Raises
        ------
        InputError
            The data differ from those of the interrupted `fit`, judging by 256 rows of X and all of y and the weights;
            a parameter that affects the result was changed; or `partial_fit` was called in between.
        """
        check_is_fitted(self)
        earlier = self._fitted_network()
        assert earlier is not None
        resumed = resume(self, earlier, X, y, sample_weight, (X_val, y_val))
        train(self, resumed, X, y, sample_weight)
        return self

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags
