"""How much memory what a file announces may take."""

import os
from functools import cache
from pathlib import Path

from pminusy.errors import DataError

_CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")
_GIB = 2**30
_LAYER_COPIES = 23  # a layer's weights, their gradient, the step, and ten pairs of differences in L-BFGS


def check_memory(n_bytes: int, what: str) -> None:
    """Refuse what cannot be held in memory, before any of it is allocated.

    Parameters
    ----------
    n_bytes : int
        The memory that it takes.
    what : str
        For the message: the file, and what in it is so large.

    Raises
    ------
    DataError
        It takes more than the machine, or the container, has.

    Examples
    --------
    >>> check_memory(8 * 10**15, "set.npz: array 'X' of shape (1000000000, 1000000)")   # doctest: +SKIP
    Traceback (most recent call last):
    pminusy.errors.DataError: set.npz: array 'X' of shape (1000000000, 1000000) needs 7,450,580.6 GiB of memory, ...
    """
    if n_bytes > machine_memory():
        raise DataError(
            f"{what} needs {n_bytes / _GIB:,.1f} GiB of memory, more than the {machine_memory() / _GIB:,.1f} GiB "
            "of this machine"
        )


def check_layer_memory(n_columns: int, n_outputs: int) -> None:
    """Refuse so many columns that no layer of them can be trained.

    A line of a sparse file suffices to announce two thousand million columns.

    Parameters
    ----------
    n_columns : int
    n_outputs : int
        Classes, or hidden units.

    Raises
    ------
    DataError
        The weights, and what a solver holds beside them, need more than the machine has.

    Examples
    --------
    >>> check_layer_memory(64, 10)
    """
    n_bytes = 8 * n_columns * n_outputs * _LAYER_COPIES
    check_memory(n_bytes, f"X: training on {n_columns:,} columns with {n_outputs:,} outputs")


@cache
def machine_memory() -> int:
    """The bytes of memory of this machine, or of the container that the process is confined to."""
    if not hasattr(os, "sysconf"):
        return 2**63  # Windows has no such call: the allocation itself fails.
    physical = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        return min(physical, int(_CONTAINER_LIMIT.read_text()))
    except (OSError, ValueError):  # no container, or one without a limit
        return physical
