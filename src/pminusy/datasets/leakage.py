"""Features that are the target once more: the answer is not to be learned from a copy of it."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from pminusy.datasets.columns import is_scalar, to_categories
from pminusy.datasets.lookalikes import reading_of
from pminusy.datasets.names import listed
from pminusy.errors import DataError

_FEWEST_ROWS = 20  # a feature of few rows can go with their classes by chance
_LEAST_SHARE = 0.5
_SHOWN_PAIRS = 3


@dataclass(frozen=True)
class TargetCopy:
    """A column whose values stand one to one for those of the target.

    Attributes
    ----------
    column : str
    pairs : tuple of (str, str)
        Each value of the column, and the class that it stands for.
    """

    column: str
    pairs: tuple[tuple[str, str], ...]

    @property
    def verbatim(self) -> bool:
        """Whether the values are the classes themselves, but for case and spaces."""
        return all(reading_of(value) == reading_of(label) for value, label in self.pairs)


def find_copies(features: pl.DataFrame, target: pl.Series) -> list[TargetCopy]:
    """The columns in which each value goes with one class, and each class with one value, in every row.

    Parameters
    ----------
    features : polars.DataFrame
        Columns of which infinite numbers are none.
    target : polars.Series
        Of the same rows. Rows that lack either value do not count; half of the rows, and 20, have to.

    Examples
    --------
    >>> species = pl.Series(["owl", "kiwi", "owl"] * 10)
    >>> find_copies(pl.DataFrame({"code": [1, 0, 1] * 10}), species)
    [TargetCopy(column='code', pairs=(('0', 'kiwi'), ('1', 'owl')))]
    """
    labels = to_categories(target)
    n_classes = labels.drop_nulls().n_unique()
    scalar = features[:, [column.name for column in features if is_scalar(column)]]
    # Counted all at once, most columns are told by how many different values they have.
    counts = scalar.select(pl.all().drop_nulls().n_unique()).rows(named=True)
    alike = [name for row in counts for name, count in row.items() if count == n_classes]
    copies = (_copy_of(scalar[name], labels, n_classes) for name in alike)
    return [copy for copy in copies if copy is not None]


def refuse_copies(copies: list[TargetCopy], target_name: str) -> None:
    """Raise where columns are copies of the target; the message says what to do about it.

    Raises
    ------
    DataError
        There are some; names them, and how their values stand for the classes.
    """
    if not copies:
        return
    if len(copies) == 1:
        what, it = (
            f"column {copies[0].column!r}: a copy of the target {target_name!r}, {_how(copies[0])}",
            "it",
        )
    else:
        each = listed([f"{copy.column!r} ({_pairs(copy)})" for copy in copies])
        what, it = f"columns {each}: copies of the target {target_name!r}", "them"
    names = [_argument(copy.column) for copy in copies]
    roles = " ".join(f"--role {name}=category" for name in names)
    raise DataError(
        f"{what}; leave {it} out with --drop {','.join(names)}, or use {it} all the same with {roles}"
    )


def describe_copies(copies: Iterable[TargetCopy], target_name: str) -> list[str]:
    """A note for each column that is used although it stands one to one for the target."""
    return [
        f"column {copy.column!r} stands one to one for the target {target_name!r} ({_pairs(copy)})"
        for copy in copies
    ]


def _copy_of(column: pl.Series, labels: pl.Series, n_classes: int) -> TargetCopy | None:
    both = pl.DataFrame([to_categories(column).alias("value"), labels.alias("label")]).drop_nulls()
    if len(both) < max(_FEWEST_ROWS, _LEAST_SHARE * len(column)) or len(both) == n_classes:
        return None
    pairs = both.unique().sort("value")
    if not len(pairs) == pairs["value"].n_unique() == pairs["label"].n_unique() == n_classes:
        return None
    return TargetCopy(column.name, tuple(pairs.iter_rows()))


def _how(copy: TargetCopy) -> str:
    return "which it repeats in every row" if copy.verbatim else f"under other names ({_pairs(copy)})"


def _pairs(copy: TargetCopy) -> str:
    shown = ", ".join(f"{value} = {label}" for value, label in copy.pairs[:_SHOWN_PAIRS])
    return f"{shown}, …" if len(copy.pairs) > _SHOWN_PAIRS else shown


def _argument(name: str) -> str:
    return f'"{name}"' if not name.replace("_", "").isalnum() else name
