"""A table written to a file, in the format that the file's name asks for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from pminusy.errors import DataError, InputError
from pminusy.files import check_place, replacing

_WRITERS: dict[str, Callable[[pl.DataFrame, Path], None]] = {
    ".csv": pl.DataFrame.write_csv,
    ".tsv": lambda table, path: table.write_csv(path, separator="\t"),
    ".parquet": pl.DataFrame.write_parquet,
    ".jsonl": pl.DataFrame.write_ndjson,
}
_SPREADSHEETS = (".csv", ".tsv")


def check_output(path: Path, sources: Sequence[str]) -> None:
    """Refuse, before any work is done, a file that a table cannot be written to.

    Parameters
    ----------
    path : Path
        The file to write.
    sources : sequence of str
        The files that are read, which are never written over.

    Raises
    ------
    DataError
        The name ends in no known format, or the path is a directory, in none, or that of a source.

    Examples
    --------
    >>> check_output(Path("answers.xlsx"), ["iris"])
    Traceback (most recent call last):
    pminusy.errors.DataError: answers.xlsx: expected a name that ends in .csv, .tsv, .parquet, .jsonl
    """
    if path.suffix.lower() not in _WRITERS:
        raise DataError(f"{path}: expected a name that ends in {', '.join(_WRITERS)}")
    check_place(path)
    if path.exists() and any(Path(source).exists() and path.samefile(source) for source in sources):
        raise DataError(f"{path}: expected an output file other than the input")


def escape_formulas(table: pl.DataFrame) -> pl.DataFrame:
    """Put an apostrophe before strings that a spreadsheet would take for a formula, and run.

    Parameters
    ----------
    table : polars.DataFrame

    Returns
    -------
    polars.DataFrame
        Strings that begin with ``=``, ``+``, ``-``, ``@``, a tab or a line break are changed, nothing else.

    Examples
    --------
    >>> escape_formulas(pl.DataFrame({"predicted": ["=1+1", "yes"]}))["predicted"].to_list()
    ["'=1+1", 'yes']
    """
    formula = pl.col(pl.String).str.contains(r"^[=+\-@\t\r\n]")
    return table.with_columns(
        pl.when(formula).then("'" + pl.col(pl.String)).otherwise(pl.col(pl.String)).name.keep()
    )


def check_escapable(path: Path) -> None:
    """Refuse to escape formulas in a file that has no use for it, since no spreadsheet guesses what its cells are.

    Raises
    ------
    InputError
        The file is neither CSV nor TSV.
    """
    if path.suffix.lower() not in _SPREADSHEETS:
        raise InputError(
            f"escape formulas: expected a name that ends in {', '.join(_SPREADSHEETS)}, got {path}"
        )


def write_table(table: pl.DataFrame, path: Path) -> None:
    """Write a table whole, or leave what is there as it is.

    Parameters
    ----------
    table : polars.DataFrame
    path : Path
        Ends in .csv, .tsv, .parquet or .jsonl (a JSON object a line).

    Raises
    ------
    DataError
        The file cannot be written.

    Examples
    --------
    >>> write_table(pl.DataFrame({"predicted": ["setosa"]}), Path("answers.csv"))   # doctest: +SKIP
    """
    try:
        with replacing(path) as new:
            _WRITERS[path.suffix.lower()](table, new)
    except OSError as error:
        raise DataError(f"{path}: cannot be written: {error.strerror or error}") from error


def write_tables(tables: Iterable[pl.DataFrame], path: Path) -> int:
    """Write tables of the same columns one below the other, all of them or nothing; the number of rows is returned.

    Parameters
    ----------
    tables : iterable of polars.DataFrame
        At least one, which may be without rows; only one is in memory at a time.
    path : Path
        As for `write_table`.

    Raises
    ------
    DataError
        The file cannot be written.

    Examples
    --------
    >>> write_tables(iter([pl.DataFrame({"predicted": ["a"]})]), Path("answers.csv"))   # doctest: +SKIP
    1
    """
    n_rows = 0
    try:
        with replacing(path) as new, _appending(new, path.suffix.lower()) as append:
            for table in tables:
                append(table)
                n_rows += table.height
    except OSError as error:
        raise DataError(f"{path}: cannot be written: {error.strerror or error}") from error
    return n_rows


@contextmanager
def _appending(path: Path, ending: str) -> Iterator[Callable[[pl.DataFrame], None]]:
    if ending == ".parquet":
        with _appending_parquet(path) as append:
            yield append
        return
    with path.open("wb") as file:

        def append(table: pl.DataFrame) -> None:
            if ending == ".jsonl":
                table.write_ndjson(file)
            else:
                header = file.tell() == 0
                table.write_csv(file, separator="\t" if ending == ".tsv" else ",", include_header=header)

        yield append


@contextmanager
def _appending_parquet(path: Path) -> Iterator[Callable[[pl.DataFrame], None]]:
    import pyarrow.parquet as pq

    writer = None

    def append(table: pl.DataFrame) -> None:
        nonlocal writer
        arrow = table.to_arrow(compat_level=pl.CompatLevel.oldest())
        if writer is None:
            writer = pq.ParquetWriter(path, arrow.schema, compression="zstd")
        writer.write_table(arrow)

    try:
        yield append
    finally:
        if writer is not None:
            writer.close()
