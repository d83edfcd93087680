"""Encoded rows on a Dask cluster."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.dask.cluster import client_in_effect
from pminusy.blocks.outside import OutsideMatrix
from pminusy.errors import InputError
from pminusy.kernels.parallel import available_cpus

LOCAL = "local"
_TIMEOUT = 10  # seconds, for a scheduler to answer
_MOST_BYTES = 1 << 26  # of a partition
_MOST_PARTS, _LEAST_ROWS = 64, 1 << 14


@contextmanager
def cluster_at(address: str, folder: Path) -> Iterator[Any]:
    """The client of a cluster, which is the one in effect within.

    Parameters
    ----------
    address : str
        Of a scheduler, or "local" for a cluster of this machine's processes, one for each processor.
    folder : Path
        Where local workers may put files.

    Raises
    ------
    InputError
        Dask is not installed, no scheduler answers or it is lost within the block, there are no workers, or these have
        another version of this package.

    Examples
    --------
    >>> with cluster_at("tcp://scheduler:8786", Path("scratch")) as client:   # doctest: +SKIP
    ...     X, y = spread(rows, codes, client)
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise InputError("dask: expected Dask to be installed: pip install 'pminusy[dask]'") from None
    if address == LOCAL:
        how: dict[str, Any] = {
            "threads_per_worker": 1,
            "dashboard_address": None,
            "silence_logs": logging.CRITICAL,
        }
        with (
            LocalCluster(n_workers=available_cpus(), local_directory=str(folder), **how) as cluster,
            Client(cluster),
        ):
            yield client_in_effect()
        return
    try:
        client = Client(address, timeout=_TIMEOUT)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(
            "dask: expected the address of a scheduler that answers, such as tcp://host:8786, or local, got "
            f"{address}: {_first_line(error)}"
        ) from error
    try:
        with client:
            yield client_in_effect()
    except ConnectionError as error:
        raise InputError(f"dask: the cluster at {address} was lost: {_first_line(error)}") from error


def spread(rows: OutsideMatrix, codes: NDArray[np.int32], client: Any) -> tuple[Any, Any]:
    """Send rows to the workers, some at a time; partitions depend on the rows' number and size alone.

    Returns
    -------
    X, y : dask.array
    """
    import dask.array as da

    workers = sorted(client.nthreads())
    size, X, y = partition_rows(rows.shape, rows.dtype.itemsize), [], []
    for number, start in enumerate(range(0, len(rows), size)):
        stop = min(start + size, len(rows))
        block = rows.read(start, stop)
        on = [workers[number % len(workers)]]
        sent = client.scatter([block, codes[start:stop]], workers=on, hash=False)
        X.append(da.from_delayed(sent[0], block.shape, block.dtype))
        y.append(da.from_delayed(sent[1], (stop - start,), codes.dtype))
    return da.concatenate(X), da.concatenate(y)


def partition_rows(shape: tuple[int, int], itemsize: int) -> int:
    """How many rows a partition has: a 64th of all, unless that were few rows, or more than 64 MB.

    Examples
    --------
    >>> partition_rows((10_000_000, 10), 8), partition_rows((5_000, 10), 8)
    (156250, 16384)
    """
    n_rows, n_columns = shape
    most = max(1, _MOST_BYTES // max(1, n_columns * itemsize))
    return min(most, max(_LEAST_ROWS, -(-n_rows // _MOST_PARTS)))


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
