"""What can be asked of a fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pminusy.errors import InputError

DEFAULT_TEST_SIZE = 0.2


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
    C : float > 0
        Inverse strength of the L2 penalty.
    tol : float ≥ 0
        The gradient norm at which the solver stops.
    max_iter : int ≥ 1
        The most iterations of the solver.
    threads : int ≥ 1, optional
        How many threads to use; all processors if None.

    Raises
    ------
    InputError
        `C`, `tol` or `test_size` is out of its range, or `test_size` came together with `test`.

    Examples
    --------
    >>> FitOptions(test_size=1.5)
    Traceback (most recent call last):
    pminusy.errors.InputError: test size: expected a share of at least 0 and less than 1, got 1.5
    """

    target: str | None = None
    drop: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    test: str | None = None
    test_size: float | None = None
    seed: int = 0
    C: float = 1.0
    tol: float = 1e-4
    max_iter: int = 1000
    threads: int | None = None

    def __post_init__(self) -> None:
        if not self.C > 0:
            raise InputError(f"C: expected a number > 0, got {self.C:g}")
        if not self.tol >= 0:
            raise InputError(f"tol: expected a number ≥ 0, got {self.tol:g}")
        if self.test_size is None:
            return
        if not 0 <= self.test_size < 1:
            raise InputError(
                f"test size: expected a share of at least 0 and less than 1, got {self.test_size:g}"
            )
        if self.test is not None:
            raise InputError("test size: expected a file of test rows or a share to hold out, got both")
