"""What each column of a table is good for, inferred from its values.

- Numbers are numeric, and so are times of day and durations; dates are dates; booleans are categories.
- Strings are text when at least half of those present differ and they are either sentences (three words or
  more on average) or too many to be categories (fifty or more). Otherwise they are categories.
- A column named like an identifier whose values all differ, a column of missing values only, and lists,
  structs and bytes are left out.
"""

import re

import polars as pl

from pminusy.datasets.columns import is_scalar
from pminusy.datasets.dataset import Role

_DISTINCT_SHARE = 0.5
_SENTENCE_WORDS = 3.0
_MANY_VALUES = 50
_IDENTIFIER = re.compile(r"|(?i:id|index|row|row[ _]?number|unnamed: 0|.*[ _.-]id)|.*[a-z]I[Dd]")


def infer_role(column: pl.Series) -> Role | None:
    """Return the role that a column's values suggest, or None for one to leave out."""
    if left_out_because(column):
        return None
    dtype = column.dtype
    if dtype in (pl.Date, pl.Datetime):
        return Role.DATE
    if dtype.is_numeric() or dtype.is_temporal():
        return Role.NUMERIC
    return Role.TEXT if dtype == pl.String and _is_text(column) else Role.CATEGORY


def left_out_because(column: pl.Series) -> str | None:
    """Say why a column is of no use as a feature; None when it is of use."""
    dtype = column.dtype
    if column.null_count() == len(column):
        return "every value is missing"
    if not is_scalar(column):
        return f"values of type {dtype} cannot be used as features"
    if _IDENTIFIER.fullmatch(column.name) and column.n_unique() == len(column):
        return "it looks like an identifier (its name, and a different value in every row)"
    return None


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
