"""The way in: a name or a path to a data set."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from pminusy.datasets.cells import all_cells, batches
from pminusy.datasets.columns import mark_missing
from pminusy.datasets.dataset import Dataset, Features, Labels, Role
from pminusy.datasets.markers import are_usual
from pminusy.datasets.matrices import labelled_matrix, matrix_dataset
from pminusy.datasets.notation import Notation, parse_numbers
from pminusy.datasets.pieces.at_once import read_at_once
from pminusy.datasets.pieces.found import Sources, find_sources
from pminusy.datasets.places import RowError, row_number
from pminusy.datasets.readers.table import Table
from pminusy.datasets.reading import Reading
from pminusy.datasets.recognition import recognise
from pminusy.datasets.tables import labelled_rows, table_dataset
from pminusy.errors import DataError


def load(
    source: str | Sequence[str],
    *,
    target: str | None = None,
    drop: Sequence[str] = (),
    roles: Mapping[str, Role] | Mapping[str, str] | None = None,
    reading: Reading = Reading(),  # noqa: B008
) -> Dataset:
    """Read labelled rows and infer how each column is used.

    Parameters
    ----------
    source : str, or a sequence of str
        A set that scikit-learn carries: ``digits``, ``iris``, ``wine`` or ``breast-cancer``. Or the path of

        - a table: text with separators, JSON or JSON lines, an Excel workbook, Parquet, Arrow or Feather;
        - an ``.npz`` archive of ``X`` and ``y``, or ``X_train``, ``y_train``, ``X_test`` and ``y_test``;
        - a sparse file of svmlight or libsvm;
        - IDX images (``…idx3-ubyte``, with its labels beside).

        What it is shows in its content, not in its name. It may be packed by gzip, bzip2, xz, zstd or zip.

        Several tables of the same columns, a folder of them, or a pattern such as ``2024-*.csv`` are read as one; what
        the names of folders tell, such as ``year=2024``, is a column.
    target : str, optional
        The table's column to predict; by default the one named target, label, class or y, in any case.
    drop : sequence of str
        Columns of a table not to use.
    roles : mapping of str to {"numeric", "category", "date", "text"}, optional
        How to use columns of a table, in place of what is inferred; a column named here is never left out.
    reading : Reading
        What is known of how a table is written; the rest is found out.

    Returns
    -------
    Dataset
        A table's rows whose target is missing are left out. So are its columns that are all missing, that are
        saved indexes, row numbers or identifiers, or that hold lists, structs or bytes; ``notes`` says so, and
        names classes that differ only in case, spaces or Unicode form.

    Raises
    ------
    DataError
        The source cannot be read; a column does not exist (names the nearest); a value is infinite or, in an
        array, NaN (names the row and column); a column has values that its role does not allow, or is a copy of
        the target; or the target has one class, or looks like measurements. Rows are named by the line of the file,
        or counted from 1.
    ShapeError
        Features and labels, or the training and the test part, do not fit together.

    Examples
    --------
    >>> wine = load("wine", drop=["hue"])
    >>> wine.n_rows, len(wine.feature_names), wine.target_name
    (178, 12, 'class')
    """
    settled = settled_roles(roles)
    sources = _sources(source)
    content, name, source = read_at_once(sources, reading, reading), sources.name, sources.shown
    if isinstance(content, Table):
        try:
            dataset = table_dataset(
                mark_missing(content.frame, reading.markers),
                name=name,
                source=source,
                target=target,
                drop=drop,
                roles=settled,
                decimal=reading.decimal,
                likely_decimal=content.decimal,
            )
        except DataError as error:
            notes = f" ({'; '.join(content.notes)})" if content.notes else ""
            raise DataError(f"{_located(error, content)}{notes}") from error
        return replace(
            dataset,
            notes=(*content.notes, *describe_markers(count_markers(content.frame, reading)), *dataset.notes),
        )
    for argument, value in (("target", target), ("drop", drop), ("roles", roles)):
        if value:
            raise DataError(f"{argument}: {source} has no named columns, got {value!r}")
    return matrix_dataset(content, name=name, source=source)


def read_labelled(source: str, like: Dataset, reading: Reading = Reading()) -> tuple[Features, Labels]:  # noqa: B008
    """Read labelled rows to test on, as the rows of a data set were read; one class is enough.

    Parameters
    ----------
    source : str
        As for `load`. Of an archive, ``X_train`` and ``y_train`` where it has no ``X`` and ``y``.
    like : Dataset
        Whose columns, roles and target to use.
    reading : Reading
        How the rows of `like` were read.

    Returns
    -------
    features : polars.DataFrame, ndarray (N, D) or CSR matrix (N, D)
        The columns of `like`, in their order.
    labels : ndarray (N,)
        Rows of a table whose target is missing are left out.

    Raises
    ------
    DataError, ShapeError
        The source cannot be read, is an array where `like` is a table or the other way round, lacks a column or
        labels, or has a value that its column's role does not allow.

    Examples
    --------
    >>> X, y = read_labelled("iris", load("iris", drop=["petal width (cm)"]))
    >>> X.shape, len(y)
    ((150, 3), 150)
    """
    content = read_at_once(_sources(source), reading, needed=(*like.feature_names, like.target_name))
    if isinstance(content, Table):
        if like.kind != "table":
            raise DataError(f"expected an array with {like.X.shape[1]} columns, got a table")
        try:
            return labelled_rows(mark_missing(content.frame, reading.markers), like)
        except DataError as error:
            raise DataError(_located(error, content)) from error
    if like.kind == "table":
        raise DataError(f"expected a table with column {like.target_name!r}, got an array")
    return labelled_matrix(content, like, source=source)


def read_features(
    source: str | Sequence[str],
    reading: Reading = Reading(),  # noqa: B008
    given: Reading = Reading(),  # noqa: B008
    needed: Sequence[str] | None = None,
) -> Features:
    """Read rows to predict; nothing is inferred and no target is needed.

    Parameters
    ----------
    source : str
        As for `load`.
    reading : Reading
        How the rows that a model was trained on were read.
    given : Reading
        What is known to be different of these rows.
    needed : sequence of str, optional
        The columns that each of several files must have; all of the first one's by default.

    Returns
    -------
    polars.DataFrame, ndarray (N, D) or CSR matrix (N, D)
        All columns of a table, a target among them where it has one; strings are not parsed. `check_columns`
        says whether those that a model needs are there. Of an archive, ``X``, or else ``X_train``, or else
        ``X_test``. A sparse file may come out narrower or wider than the one trained on; `match_width` evens
        that out.

    Raises
    ------
    DataError
        The source cannot be read, or an array holds NaN or infinity.

    Examples
    --------
    >>> read_features("iris").shape
    (150, 5)
    """
    content = read_at_once(_sources(source), reading.updated(given), given, needed)
    if not isinstance(content, Table):
        return content.X
    return as_features(content.frame, reading, given)


def as_features(
    frame: pl.DataFrame,
    reading: Reading = Reading(),  # noqa: B008
    given: Reading = Reading(),  # noqa: B008
) -> pl.DataFrame:
    """A table's rows to predict as `read_features` gives them.

    Parameters
    ----------
    frame : polars.DataFrame
        As it is read.
    reading, given : Reading
        As for `read_features`.

    Examples
    --------
    >>> as_features(pl.DataFrame({"a": [" x", "n/a"]}))["a"].to_list()
    ['x', None]
    """
    frame = mark_missing(frame, reading.updated(given).markers)
    if given.decimal is None:
        return frame
    found = recognise(frame, given.decimal)
    return pl.DataFrame({name: _with_mark(column.values, given.decimal) for name, column in found.items()})


def locate(
    source: str | Sequence[str],
    row: int,
    reading: Reading = Reading(),  # noqa: B008
    needed: Sequence[str] | None = None,
) -> str:
    """Say where a row of a file is, by its line where it has lines; the file is read again for it.

    Parameters
    ----------
    source : str
        As for `load`.
    row : int
        Counted from 0.
    reading : Reading
        As the file was read before.
    needed : sequence of str, optional
        As for `read_features`.

    Examples
    --------
    >>> locate("iris", 3)
    'in row 4 (counted from 1)'
    """
    content = read_at_once(_sources(source), reading, needed=needed)
    return content.place(row) if isinstance(content, Table) else row_number(row)


def header_hint(
    source: str | Sequence[str],
    reading: Reading = Reading(),  # noqa: B008
    needed: Sequence[str] | None = None,
) -> str:
    """What to do where the header of a file is further down, to be put behind a message; empty where it is not.

    Parameters
    ----------
    source : str
        As for `load`.
    reading : Reading
        As the file was read before.
    needed : sequence of str, optional
        As for `read_features`.

    Examples
    --------
    >>> header_hint("iris")
    ''
    """
    content = read_at_once(_sources(source), reading, needed=needed)
    return content.header_hint if isinstance(content, Table) else ""


def _sources(source: str | Sequence[str]) -> Sources:
    return find_sources([source] if isinstance(source, str) else source)


def _located(error: DataError, table: Table) -> str:
    """A message with the place of its row, and what to do where the header is further down."""
    message = error.told(table.place(error.row)) if isinstance(error, RowError) else str(error)
    return message + table.header_hint


def _with_mark(column: pl.Series, decimal: str) -> pl.Series:
    """Strings as numbers with this decimal mark, where all but the usual markers are: rows to predict may be few."""
    if column.dtype != pl.String:
        return column
    present = column.set(are_usual(column), None)
    numbers = parse_numbers(present, Notation(decimal))
    return numbers if numbers.null_count() == present.null_count() < len(column) else column


def count_markers(frame: pl.DataFrame, reading: Reading) -> Counter[str]:
    """How many cells among the strings of a table hold each marker of a missing value."""
    cells: Counter[str] = Counter()
    markers = [marker for marker in reading.markers if marker]
    for batch in batches(frame.select(pl.col(pl.String))):
        strings = all_cells(batch).str.strip_chars()
        cells.update(strings.filter(strings.is_in(markers)).to_list())
    return cells


def describe_markers(cells: Counter[str]) -> list[str]:
    """A note on the markers that were found, if any were."""
    listed = [f"{marker!r} ({n:,} {'cell' if n == 1 else 'cells'})" for marker, n in cells.most_common()]
    return [f"read as missing: {', '.join(listed)}"] if listed else []


def settled_roles(roles: Mapping[str, Role] | Mapping[str, str] | None) -> dict[str, Role]:
    """Roles by column, from their names; a DataError for one that there is not."""
    return {column: _role(column, role) for column, role in (roles or {}).items()}


def _role(column: str, role: str) -> Role:
    try:
        return Role(role)
    except ValueError as error:
        raise DataError(f"roles: expected one of {', '.join(Role)} for {column!r}, got {role!r}") from error
