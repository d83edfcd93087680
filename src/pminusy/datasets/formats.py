"""Which reader reads what."""

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from pminusy.datasets.readers.arrays import Arrays
from pminusy.datasets.readers.bundled import BUNDLED, read_bundled
from pminusy.datasets.readers.delimited import read_delimited
from pminusy.datasets.readers.idx import read_idx
from pminusy.datasets.readers.npz import read_npz
from pminusy.datasets.readers.parquet import read_parquet
from pminusy.datasets.readers.svmlight import read_svmlight
from pminusy.errors import DataError

_READERS: dict[str, Callable[[Path], pl.DataFrame | Arrays]] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".parquet": read_parquet,
    ".npz": read_npz,
    ".svm": read_svmlight,
    ".svmlight": read_svmlight,
    ".libsvm": read_svmlight,
    "idx3-ubyte": read_idx,
    "idx3-ubyte.gz": read_idx,
}


def read(source: str) -> pl.DataFrame | Arrays:
    """Read a bundled set by its name, or a file by the end of its name.

    Raises
    ------
    DataError
        There is no such file, its format is unknown (lists those known), or its reader refuses it.
    """
    if source in BUNDLED:
        return read_bundled(source)
    path = Path(source)
    if not path.is_file():
        raise DataError(_no_file(source))
    reader = next((reader for end, reader in _READERS.items() if path.name.lower().endswith(end)), None)
    if reader is None:
        raise DataError(f"{source}: unknown format; expected a name that ends in {', '.join(_READERS)}")
    try:
        return reader(path)
    except OSError as error:
        raise DataError(f"{source}: cannot be read: {error.strerror or error}") from error


def _no_file(source: str) -> str:
    if Path(source).is_dir():
        return f"{source}: expected a file, got a directory"
    if Path(source).suffix:
        return f"{source}: no such file"
    near = get_close_matches(source, BUNDLED, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"the bundled sets are {', '.join(BUNDLED)}"
    return f"{source}: no such file or bundled set; {hint}"
