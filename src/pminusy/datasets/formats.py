"""Which reader reads what: by a file's content, whatever its name."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

import polars as pl

from pminusy.datasets.readers.arrays import Arrays
from pminusy.datasets.readers.bundled import BUNDLED, read_bundled
from pminusy.datasets.readers.columnar import read_arrow, read_arrow_stream, read_parquet
from pminusy.datasets.readers.content import Content, open_content
from pminusy.datasets.readers.delimited import read_delimited
from pminusy.datasets.readers.excel import read_excel
from pminusy.datasets.readers.idx import read_idx
from pminusy.datasets.readers.json_table import read_json
from pminusy.datasets.readers.npz import read_npz
from pminusy.datasets.readers.svmlight import read_svmlight
from pminusy.datasets.readers.table import Table
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError

_READERS: Mapping[str, Callable[[Content, Reading], Table | Arrays]] = MappingProxyType(
    {
        "delimited": read_delimited,
        "json": read_json,
        "excel": read_excel,
        "parquet": read_parquet,
        "arrow": read_arrow,
        "arrow stream": read_arrow_stream,
        "npz": read_npz,
        "npy": read_npz,
        "svmlight": read_svmlight,
        "idx": read_idx,
    }
)
_USED_BY = {
    "separator": ("delimited",),
    "sheet": ("excel",),
    "header": ("delimited", "excel"),
    "skip_rows": ("delimited", "excel"),
    "encoding": ("delimited", "json"),
}
_TABLES = ("delimited", "json", "excel", "parquet", "arrow", "arrow stream")


def read(source: str, reading: Reading = Reading(), asked: Reading = Reading()) -> Table | Arrays:  # noqa: B008
    """Read a bundled set by its name, or a file by what is in it.

    Parameters
    ----------
    source : str
    reading : Reading
        What holds of the file, where it applies.
    asked : Reading
        What was said of this very file: it is refused if it doesn't apply, as the separator of a Parquet file.

    Raises
    ------
    DataError
        There is no such file, its format is unknown (lists those known), or its reader refuses it.
    """
    if source in BUNDLED:
        bundled = read_bundled(source)
        return Table(bundled) if isinstance(bundled, pl.DataFrame) else bundled
    path = Path(source)
    if not path.is_file():
        raise DataError(_no_file(source))
    try:
        content = open_content(path)
        _check_applies(content, asked)
        table = _READERS[content.kind](content, reading)
        return replace(table, notes=(*_surprises(content), *table.notes))
    except OSError as error:
        raise DataError(f"{source}: cannot be read: {error.strerror or error}") from error


def _check_applies(content: Content, reading: Reading) -> None:
    for name in reading.given:
        kinds = _USED_BY.get(name, _TABLES)
        if content.kind not in kinds:
            flag = "no-header" if name == "header" else name.replace("_", "-")
            raise DataError(f"{flag}: does not apply to {content.path}, which is {_NAMES[content.kind]}")


def _surprises(content: Content) -> tuple[str, ...]:
    """Say what a file is where its name says something else."""
    name = content.path.name.lower()
    suffixes = [suffix for suffix in content.path.suffixes if suffix.lower() in _KINDS]
    surprises = [f"packed by {each}" for each in content.packing if _PACKED[each] not in name]
    if suffixes and content.kind not in _KINDS[suffixes[-1].lower()]:
        surprises.append(_NAMES[content.kind])
    return (f"the file is {' and '.join(surprises)}, in spite of its name",) if surprises else ()


_PACKED = {"gzip": ".gz", "bzip2": ".bz", "xz": ".xz", "zstd": ".zst", "zip": ".zip"}
_KINDS = {
    ".csv": ("delimited",),
    ".tsv": ("delimited",),
    ".json": ("json",),
    ".jsonl": ("json",),
    ".ndjson": ("json",),
    ".xlsx": ("excel",),
    ".parquet": ("parquet",),
    ".arrow": ("arrow", "arrow stream"),
    ".feather": ("arrow",),
    ".npz": ("npz",),
    ".npy": ("npy",),
}
_NAMES = {
    "delimited": "text with separators",
    "json": "JSON",
    "excel": "an Excel workbook",
    "parquet": "Parquet",
    "arrow": "Arrow",
    "arrow stream": "an Arrow stream",
    "npz": "a NumPy archive",
    "npy": "a NumPy array",
    "svmlight": "svmlight text",
    "idx": "IDX",
}


def describe_kind(kind: str) -> str:
    """A kind of file in words.

    Examples
    --------
    >>> describe_kind("excel")
    'an Excel workbook'
    """
    return _NAMES[kind]


def _no_file(source: str) -> str:
    if Path(source).is_dir():
        return f"{source}: expected a file, got a directory"
    if Path(source).suffix:
        return f"{source}: no such file"
    near = get_close_matches(source, BUNDLED, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"the bundled sets are {', '.join(BUNDLED)}"
    return f"{source}: no such file or bundled set; {hint}"
