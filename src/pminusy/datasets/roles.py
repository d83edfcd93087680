"""What each column of a table is good for, inferred from its values.

- Numbers are numeric, and so are times of day and durations; dates are dates; booleans are categories.
- Strings are text when at least half of those present differ and they are either sentences (three words or
  more on average) or too many to be categories (fifty or more). Otherwise they are categories.
- Left out are identifiers and row numbers (see `identifiers` and `row_numbers`), categories that differ in every
  row, columns of missing values only, and lists, structs and bytes.
"""

from dataclasses import dataclass

import polars as pl

from pminusy.datasets.columns import is_scalar, kind_of
from pminusy.datasets.dataset import Role
from pminusy.datasets.identifiers import identifier_because
from pminusy.datasets.row_numbers import FEWEST_ROWS, row_number_because

_DISTINCT_SHARE = 0.5
_SENTENCE_WORDS = 3.0
_MANY_VALUES = 50


@dataclass(frozen=True)
class LeftOut:
    """Why a column is of no use as a feature (what it does or is), and its role where no other column is left."""

    reason: str
    alone: Role | None = None


def infer_role(column: pl.Series) -> Role | LeftOut:
    """Return the role that a column's values suggest, or why it is one to leave out."""
    if column.null_count() == len(column):
        return LeftOut("has only missing values")
    if not is_scalar(column):
        return LeftOut(f"holds {kind_of(column)}, which cannot be used as features")
    if reason := identifier_because(column):
        return LeftOut(reason)
    if reason := row_number_because(column):
        return LeftOut(reason, alone=Role.NUMERIC)
    dtype = column.dtype
    if dtype in (pl.Date, pl.Datetime):
        return Role.DATE
    if dtype.is_numeric() or dtype.is_temporal():
        return Role.NUMERIC
    if dtype == pl.String and _is_text(column):
        return Role.TEXT
    # A category of one row says nothing of any other row.
    if column.n_unique() == len(column) >= FEWEST_ROWS:
        return LeftOut("has a different value in every row")
    return Role.CATEGORY


def mean_words(column: pl.Series) -> float:
    """Average number of words in the strings present; 0 where there are none."""
    words = column.drop_nulls().str.count_matches(r"\S+").mean()
    return float(words) if isinstance(words, float) else 0.0


def is_sentences(column: pl.Series) -> bool:
    """Whether strings are read best as words in a row, rather than as names made of letters."""
    return mean_words(column) >= _SENTENCE_WORDS


def _is_text(column: pl.Series) -> bool:
    present = column.drop_nulls()
    distinct = present.n_unique()
    return distinct >= _DISTINCT_SHARE * len(present) and (distinct >= _MANY_VALUES or is_sentences(present))
