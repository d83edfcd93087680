"""What can be asked of a fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pminusy.blocks.files.sizes import read_size
from pminusy.errors import InputError
from pminusy.options import is_number

if TYPE_CHECKING:
    from pminusy.datasets import Reading

DEFAULT_TEST_SIZE = 0.2
STREAM = "--stream"
"""The reason to read in pieces that needs no explanation."""


def _nothing_said() -> "Reading":
    # Here, since the command line needs the options of models before anything that reads data.
    from pminusy.datasets import Reading

    return Reading()


@dataclass(frozen=True)
class LinearOptions:
    """How to train a softmax regression.

    Parameters
    ----------
    C : float > 0 or "auto"
        Inverse strength of the penalty; "auto" chooses it by cross-validated log loss.
    tol : float ≥ 0
        The gradient norm at which the solver stops, or with `l1_ratio` the relative duality gap.
    max_iter : int ≥ 0
        The most iterations of the solver.
    balanced : bool
        Whether to weight classes inversely to their frequency.
    l1_ratio : float in [0, 1]
        The share of the L1 norm in the penalty.
    group : bool
        Whether all coefficients of a feature are 0 or none; needs `l1_ratio` > 0.
    one_standard_error : bool
        Whether to choose, in place of the best C, the smallest whose loss is within a standard error; needs "auto".

    Raises
    ------
    InputError
        An option is out of its range, or does not go with another.

    Examples
    --------
    >>> LinearOptions(C=0)
    Traceback (most recent call last):
    pminusy.errors.InputError: C: expected a number > 0 or auto, got 0
    """

    C: float | Literal["auto"] = 1.0
    tol: float = 1e-4
    max_iter: int = 1000
    balanced: bool = False
    l1_ratio: float = 0.0
    group: bool = False
    one_standard_error: bool = False

    def __post_init__(self) -> None:
        if self.C != "auto" and not (is_number(self.C) and self.C > 0):
            raise InputError(f"C: expected a number > 0 or auto, got {self.C}")
        if not self.tol >= 0:
            raise InputError(f"tol: expected a number ≥ 0, got {self.tol:g}")
        if not 0 <= self.l1_ratio <= 1:
            raise InputError(f"l1-ratio: expected a number in [0, 1], got {self.l1_ratio:g}")
        if self.group and not self.l1_ratio:
            raise InputError("group: expected --l1-ratio > 0 with it, got none")
        if self.one_standard_error and self.C != "auto":
            raise InputError(f"one-standard-error: expected --C auto with it, got {self.C:g}")


@dataclass(frozen=True)
class NetworkOptions:
    """How to train a neural network.

    Parameters
    ----------
    parameters : mapping of str to object
        Parameters of `pminusy.SoftmaxNetwork` by name. `hidden` is (128,) after convolutions where it is not given, and
        validation data are held out only with `early_stopping` or where `validation_fraction` is given.
    convolutions : bool
        Whether to begin with two convolutions, which needs images.
    checkpoint : Path, optional
        A file to write after each epoch, and to resume from where it exists.

    The parameters are checked when a recipe is made of them.

    Examples
    --------
    >>> NetworkOptions({"hidden": (64,), "max_epochs": 5}).convolutions
    False
    """

    parameters: Mapping[str, Any] = field(default_factory=dict)
    convolutions: bool = False
    checkpoint: Path | None = None


@dataclass(frozen=True)
class BeyondMemory:
    """Whether rows are read in pieces, and what becomes of them then.

    Parameters
    ----------
    stream : bool
        Read in pieces whatever the size; where this is False, what would take more memory than `memory` is.
    memory : str or int, optional
        What reading and fitting may take, such as "4 GB"; half of the machine's memory if None.
    cache : Path, optional
        A folder for the encoded rows, from which later fits to the same rows begin.
    dask : str, optional
        The address of a Dask scheduler to fit on, or "local" for worker processes on this machine.

    Raises
    ------
    InputError
        The amount of memory is none.

    Examples
    --------
    >>> BeyondMemory(memory="4 GB").n_bytes
    4000000000
    """

    stream: bool = False
    memory: str | int | None = None
    cache: Path | None = None
    dask: str | None = None

    def __post_init__(self) -> None:
        if self.memory is not None:
            read_size("memory", self.memory)

    @property
    def n_bytes(self) -> int | None:
        """`memory` in bytes; None where it is not given."""
        return None if self.memory is None else read_size("memory", self.memory)


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
        Columns of a table and how to use them: numeric, category, date or text; the others are inferred.
    test : str, optional
        A file of held-out rows, a folder of files, or a pattern.
    test_size : float in [0, 1), optional
        The share of the rows to hold out; 0 holds none out. If both this and `test` are None, the data's own
        test part is used where there is one, else a fifth of the rows.
    seed : int ≥ 0
        Decides which rows are held out, and whatever else is random.
    threads : int ≥ 1, optional
        How many threads to use; all processors if None.
    model : LinearOptions or NetworkOptions
        What to train.
    reading : Reading
        What is known of how the data are written. The model remembers it.
    beyond : BeyondMemory
        Whether rows are read in pieces.

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
    reading: "Reading" = field(default_factory=_nothing_said)
    beyond: BeyondMemory = field(default_factory=BeyondMemory)

    def __post_init__(self) -> None:
        if self.test_size is None:
            return
        if not 0 <= self.test_size < 1:
            raise InputError(f"test size: expected a fraction in [0, 1), got {self.test_size:g}")
        if self.test is not None:
            raise InputError("test size: expected either a test file or a fraction to hold out, got both")
