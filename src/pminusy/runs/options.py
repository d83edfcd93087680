"""What can be asked of a fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pminusy.errors import InputError

DEFAULT_TEST_SIZE = 0.2


@dataclass(frozen=True)
class LinearOptions:
    """How to train a softmax regression.

    Parameters
    ----------
    C : float > 0
        Inverse strength of the L2 penalty.
    tol : float ≥ 0
        The gradient norm at which the solver stops.
    max_iter : int ≥ 1
        The most iterations of the solver.

    Raises
    ------
    InputError
        `C` or `tol` is out of its range.

    Examples
    --------
    >>> LinearOptions(C=0)
    Traceback (most recent call last):
    pminusy.errors.InputError: C: expected a number > 0, got 0
    """

    C: float = 1.0
    tol: float = 1e-4
    max_iter: int = 1000

    def __post_init__(self) -> None:
        if not self.C > 0:
            raise InputError(f"C: expected a number > 0, got {self.C:g}")
        if not self.tol >= 0:
            raise InputError(f"tol: expected a number ≥ 0, got {self.tol:g}")


@dataclass(frozen=True)
class NetworkOptions:
    """How to train a neural network; `pminusy.SoftmaxNetwork` says what most of these mean.

    Parameters
    ----------
    convolutions : bool
        Whether to begin with two convolutions, which needs images.
    hidden : tuple of int, optional
        Units of the hidden dense layers; 256, or 128 after convolutions, if None.
    activation, dropout, batch_norm, optimizer, learning_rate, schedule, weight_decay, batch_size, label_smoothing
        As there.
    epochs : int ≥ 1
        Passes over the training rows at most.
    max_gradient_norm : float > 0, optional
        Larger gradients are scaled down to it.
    balanced : bool
        Whether all classes count the same, however many rows they have.
    early_stopping : bool
        Whether to stop when the validation loss has not fallen for `patience` epochs.
    validation_fraction : float in (0, 1), optional
        The share of the training rows that is left out to measure the loss on after each epoch; a tenth with
        early stopping, else none, if None.
    patience : int ≥ 1, optional
        Epochs; with early stopping only, and 5 if None.
    checkpoint : Path, optional
        A file to write after each epoch, and to go on from where it is there already.

    Raises
    ------
    InputError
        `patience` came without `early_stopping`. The other options are checked when a recipe is made of them.

    Examples
    --------
    >>> NetworkOptions(hidden=(64,), epochs=5).learning_rate
    0.001
    """

    convolutions: bool = False
    hidden: tuple[int, ...] | None = None
    activation: str = "relu"
    dropout: float = 0.0
    batch_norm: bool = False
    optimizer: str = "adam"
    learning_rate: float = 1e-3
    schedule: str = "constant"
    weight_decay: float = 0.0
    batch_size: int = 128
    epochs: int = 20
    label_smoothing: float = 0.0
    max_gradient_norm: float | None = None
    balanced: bool = False
    early_stopping: bool = False
    validation_fraction: float | None = None
    patience: int | None = None
    checkpoint: Path | None = None

    def __post_init__(self) -> None:
        if self.patience is not None and not self.early_stopping:
            raise InputError(f"patience: only valid with early stopping, got {self.patience} without it")


@dataclass(frozen=True)
class FitOptions:
    """How to read the data, which rows to hold out, and how to train.

    Parameters
    ----------
    target : str, optional
        The table's column to predict; inferred from the usual names if None.
    drop : tuple of str
        Columns of a table not to use.
    roles : mapping of str to str
        Columns of a table and how to use them: numeric, category or text; the others are inferred.
    test : str, optional
        A file of held-out rows.
    test_size : float in [0, 1), optional
        The share of the rows to hold out; 0 holds none out. If both this and `test` are None, the data's own
        test part is used where there is one, else a fifth of the rows.
    seed : int ≥ 0
        Decides which rows are held out, and whatever else is random.
    threads : int ≥ 1, optional
        How many threads to use; all processors if None.
    model : LinearOptions or NetworkOptions
        What to train.

    Raises
    ------
    InputError
        `test_size` is out of its range, or came together with `test`.

    Examples
    --------
    >>> FitOptions(test_size=1.5)
    Traceback (most recent call last):
    pminusy.errors.InputError: test size: expected a fraction in [0, 1), got 1.5
    """

    target: str | None = None
    drop: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    test: str | None = None
    test_size: float | None = None
    seed: int = 0
    threads: int | None = None
    model: LinearOptions | NetworkOptions = field(default_factory=LinearOptions)

    def __post_init__(self) -> None:
        if self.test_size is None:
            return
        if not 0 <= self.test_size < 1:
            raise InputError(f"test size: expected a fraction in [0, 1), got {self.test_size:g}")
        if self.test is not None:
            raise InputError("test size: expected either a test file or a fraction to hold out, got both")
