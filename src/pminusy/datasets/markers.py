"""Cells among numbers or dates that stand for a missing value."""

from collections.abc import Sequence

import polars as pl

from pminusy.datasets.names import quoted

_USUAL = (
    r"^(?i:[^\p{L}\p{N}+]+|#[a-z]+(/[0a])?[!?]?|<?n[./]?a\.?>?|nan|nat|none|null|nil|\(null\)|\\n"
    r"|missing|unknown|undefined|not (available|applicable|known|measured))$"
)
_MAX_UNUSUAL = 3
_MAX_UNUSUAL_SHARE = 0.2
_MIN_DIFFERENT = 10
_SHOWN = 3


def are_usual(strings: pl.Series) -> pl.Series:
    """Which strings usually stand for a missing value among numbers: none, n.a., -, #DIV/0! and the like.

    Examples
    --------
    >>> are_usual(pl.Series(["-", "#REF!", "None", "<5", "few"])).to_list()
    [True, True, True, False, False]
    """
    return strings.str.contains(_USUAL)


def markers_among(counts: pl.DataFrame, is_value: pl.Series) -> tuple[str, ...] | None:
    """The strings that stand for a missing value in a column of values; None where the others do not.

    Usual markers do where there are more different values than markers. Others do if they are few: up to three
    without a digit, in at most a fifth of the cells, next to ten different values or more.

    Parameters
    ----------
    counts : polars.DataFrame
        The different strings of a column, ``value``, and how many cells hold each, ``count``.
    is_value : polars.Series of Boolean
        Which of them are numbers, or dates.
    """
    rest = counts.filter(~is_value)
    n_different = int(is_value.sum())
    if not len(rest):
        return ()
    if n_different < 2 or n_different < len(rest):
        return None
    unusual = rest.filter(~are_usual(rest["value"]))
    few = (
        len(unusual) <= _MAX_UNUSUAL
        and unusual["count"].sum() <= _MAX_UNUSUAL_SHARE * float(counts["count"].sum())
        and not unusual["value"].str.contains(r"\d").any()
        and n_different >= _MIN_DIFFERENT
    )
    return (
        tuple(rest.sort("count", "value", descending=[True, False])["value"])
        if few or not len(unusual)
        else None
    )


def describe_reading(column: pl.Series, kind: str, missing: Sequence[str]) -> str | None:
    """Say how the strings of a column are read: as what, and which of them as missing; None if nothing is special.

    Examples
    --------
    >>> describe_reading(pl.Series("d", ["1 kg", "-", "-"]), "numbers with the unit 'kg'", ("-",))
    "column 'd': numbers with the unit 'kg'; '-' read as missing in 2 cells"
    """
    said = [kind] if kind else []
    if missing:
        listed = ", ".join(repr(marker) for marker in missing)
        n_cells = int(column.drop_nulls().is_in(missing).sum())
        said.append(f"{listed} read as missing in {n_cells:,} {'cell' if n_cells == 1 else 'cells'}")
    return f"column {column.name!r}: {'; '.join(said)}" if said else None


def some(values: Sequence[str]) -> str:
    """Quote the first few of some strings.

    Examples
    --------
    >>> some(["a", "b"]), some(["a", "b", "c", "d"])
    ("'a', 'b'", "'a', 'b', 'c' and others")
    """
    return ", ".join(map(quoted, values[:_SHOWN])) + (" and others" if len(values) > _SHOWN else "")
