"""Categories that rows to predict have and the training rows had not: the model knows nothing of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from pminusy.datasets.columns import to_categories
from pminusy.datasets.dataset import Dataset, Features, Role
from pminusy.datasets.encoders.arrays import ForNetwork
from pminusy.datasets.encoders.encoder import Encoder
from pminusy.datasets.encoders.one_hot import Categories
from pminusy.datasets.encoders.table import Table
from pminusy.datasets.lookalikes import reading_of, told_apart

_MISSING = "missing"
_SHOWN = 3
_COLUMNS = 10


@dataclass(frozen=True)
class Unseen:
    """What one column holds that is new.

    Attributes
    ----------
    column : str
    n_rows : int
        Rows looked at.
    values : tuple of (str, int)
        The new values, the most frequent ones first, and how many rows have each.
    resembling : tuple of (str, str)
        New values that differ from one of training only in case, spaces or Unicode form, with that one.
    """

    column: str
    n_rows: int
    values: tuple[tuple[str, int], ...]
    resembling: tuple[tuple[str, str], ...]

    @property
    def n_new(self) -> int:
        """How many rows have a new value."""
        return sum(count for _, count in self.values)

    def __str__(self) -> str:
        shown = ", ".join(
            f"{value if value == _MISSING else repr(value)} ({count:,})"
            for value, count in self.values[:_SHOWN]
        )
        more = len(self.values) - _SHOWN
        others = f" and {more:,} other {'value' if more == 1 else 'values'}" if more > 0 else ""
        hints = [
            f"; {new} differs from {known} of the training data only in case, spaces or Unicode form"
            for new, known in map(told_apart, self.resembling[:1])
        ]
        return (
            f"column {self.column!r}: {self.n_new:,} of {self.n_rows:,} rows have a category that does not occur in "
            f"the training data, {shown}{others}{''.join(hints)}"
        )


def describe_unseen(found: Sequence[Unseen]) -> list[str]:
    """A sentence for each column, those with the most such rows first; past ten, the others are counted.

    Examples
    --------
    >>> describe_unseen([Unseen("colour", 9, (("mauve", 2), ("jade", 1)), ())])[0]
    "column 'colour': 3 of 9 rows have a category that does not occur in the training data, 'mauve' (2), 'jade' (1)"
    """
    by_rows = sorted(found, key=lambda unseen: -unseen.n_new)
    more = len(by_rows) - _COLUMNS
    others = (
        [f"{more:,} more {'column has' if more == 1 else 'columns have'} such categories"] if more > 0 else []
    )
    return [*map(str, by_rows[:_COLUMNS]), *others]


def merge_unseen(found: Iterable[Unseen]) -> list[Unseen]:
    """What several parts of the same rows hold that is new, as of all of them, by column.

    Parameters
    ----------
    found : iterable of Unseen
        Of parts that hold something new; `n_rows` counts the rows of these alone.

    Examples
    --------
    >>> parts = [Unseen("colour", 9, (("mauve", 2),), ()), Unseen("colour", 5, (("jade", 3), ("mauve", 1)), ())]
    >>> merge_unseen(parts)[0].values
    (('jade', 3), ('mauve', 3))
    """
    by_column: dict[str, list[Unseen]] = {}
    for each in found:
        by_column.setdefault(each.column, []).append(each)
    return [_merged(column, parts) for column, parts in by_column.items()]


def _merged(column: str, parts: Sequence[Unseen]) -> Unseen:
    counts = Counter[str]()
    for part in parts:
        counts.update(dict(part.values))
    values = sorted(counts.items(), key=lambda pair: pair[0])
    values.sort(key=lambda pair: -pair[1])
    resembling = dict(pair for part in parts for pair in part.resembling)
    in_order = tuple((value, resembling[value]) for value, _ in values if value in resembling)
    return Unseen(column, sum(part.n_rows for part in parts), tuple(values), in_order)


def unseen_by(preprocessor: Encoder, X: Features) -> list[Unseen]:
    """Count the categories that a fitted preprocessor does not know, by column.

    Parameters
    ----------
    preprocessor : Encoder
        As `make_preprocessor` or `make_network_preprocessor` make it, fitted.
    X : polars.DataFrame of N rows, ndarray or CSR matrix
        What it is to transform; arrays have no categories.

    Returns
    -------
    list of Unseen
        One for each column with such a category.

    Examples
    --------
    >>> unseen_by(preprocessor, pl.DataFrame({"colour": ["mauve", "red"]}))[0].values   # doctest: +SKIP
    (('mauve', 1),)
    """
    if not isinstance(X, pl.DataFrame):
        return []
    found = [
        _unseen(strings.alias(column), known)
        for encoder in _category_encoders(preprocessor)
        for column, strings, known in zip(encoder.columns, encoder.strings(X), encoder.known, strict=True)
    ]
    return [unseen for unseen in found if unseen.values]


def unseen_in(X: Features, train: Dataset) -> list[Unseen]:
    """Count the categories of test rows that a data set lacks, by column.

    Examples
    --------
    >>> from pminusy.datasets import load
    >>> iris = load("iris", roles={"petal width (cm)": "category"})
    >>> str(unseen_in(iris.X[:40].with_columns(pl.lit(0.35).alias("petal width (cm)")), iris)[0])
    "column 'petal width (cm)': 40 of 40 rows have a category that does not occur in the training data, '0.35' (40)"
    """
    if not isinstance(X, pl.DataFrame) or not isinstance(train.X, pl.DataFrame):
        return []
    named = [column for column, role in train.roles.items() if role is Role.CATEGORY]
    found = [_unseen(_strings(X[column]), _strings(train.X[column]).unique()) for column in named]
    return [unseen for unseen in found if unseen.values]


def _strings(column: pl.Series) -> pl.Series:
    return to_categories(column).fill_null(_MISSING)


def _category_encoders(preprocessor: Encoder) -> list[Categories]:
    table = preprocessor.encoder if isinstance(preprocessor, ForNetwork) else preprocessor
    encoders = table.encoders if isinstance(table, Table) else ()
    return [encoder for encoder in encoders if isinstance(encoder, Categories)]


def _unseen(strings: pl.Series, known: Iterable[str]) -> Unseen:
    known = list(known)
    new = strings.filter(~strings.is_in(known)).alias("value")
    counts = new.value_counts(name="count").sort("count", "value", descending=[True, False])
    readings = {reading_of(value): value for value in known} if len(counts) else {}
    resembling = [
        (value, readings[reading_of(value)]) for value in counts["value"] if reading_of(value) in readings
    ]
    return Unseen(strings.name, len(strings), tuple(counts.iter_rows()), tuple(resembling))
