"""What the strings of a table are: numbers in some notation, dates, times of day, booleans, or names.

What is recognised depends on the values alone, never on the type that a file happens to give a column, so the same
rows are the same table as CSV, as Parquet or as anything else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from pminusy.datasets.columns import within
from pminusy.datasets.dates import parse_dates, parse_times
from pminusy.datasets.markers import markers_among
from pminusy.datasets.notation import NOTATIONS, PLAIN, Notation, looks_numeric, parse_numbers, units_of
from pminusy.datasets.spelling import as_written, by_value

_EXACT_DIGITS = 15
_KEPT_SHARE = 0.9
_MOSTLY = 0.8
_ODD = 3


@dataclass(frozen=True, eq=False)
class Recognised:
    """A column with its type found.

    Attributes
    ----------
    values : polars.Series
        Of a numeric or temporal type, Boolean, or as it was.
    notation : Notation
        How its numbers or dates are written.
    note : str or None
        What a person should know of it.
    """

    values: pl.Series
    notation: Notation = PLAIN
    note: str | None = None


def recognise(frame: pl.DataFrame, decimal: str | None, likely: str | None = None) -> dict[str, Recognised]:
    """Find the type of each column.

    Where numerals can be read in two ways, as 1,234 can, the decimal mark of the table's other columns decides.

    Parameters
    ----------
    frame : polars.DataFrame
        Strings are stripped, and null where they are missing in any kind of column.
    decimal : {".", ","} or None
        The decimal mark, if it is known.
    likely : {".", ","} or None
        The decimal mark to take where nothing else tells.

    Examples
    --------
    >>> found = recognise(pl.DataFrame({"price": ["$5", "n/a", "$7.5"], "sold": ["2020-01", "2020-02", None]}), None)
    >>> found["price"].values.to_list(), found["price"].notation.missing
    ([5.0, None, 7.5], ('n/a',))
    >>> found["sold"].values.dtype
    Datetime(time_unit='us', time_zone=None)
    """
    simple = {column.name: _simple(column, decimal) for column in frame}
    open_columns = [column for column in frame if simple[column.name] is None]
    readings = {column.name: _readings(column, decimal) for column in open_columns}
    mark = decimal or _agreed_mark(readings, simple, frame)
    found = {}
    for column in frame:
        known = simple[column.name]
        if known is None:
            known = _settled(column, readings[column.name], mark or likely)
        elif mark == "," and _is_grouped(column):
            known = _read(column, Notation(",", "."))
        found[column.name] = known
    return found


def _simple(column: pl.Series, decimal: str | None) -> Recognised | None:
    """The type of a column that needs no second look; None for strings that do."""
    if column.dtype != pl.String:
        return _typed(column)
    if column.null_count() == len(column) or _has_padded(column):
        return Recognised(column)
    if column.str.to_lowercase().drop_nulls().is_in(["true", "false"]).all():
        return Recognised(column.str.to_lowercase() == "true")
    compact = _compact_dates(column)
    if compact is not None:
        return Recognised(compact)
    for dtype in (pl.Int64, pl.Float64):
        numbers = column.cast(dtype, strict=False)
        if numbers.null_count() == column.null_count() and (dtype == pl.Int64 or decimal != ","):
            return _exact(numbers, column)
    times = parse_times(column)
    return Recognised(times) if times.null_count() == column.null_count() else None


def _typed(column: pl.Series) -> Recognised:
    if column.dtype.is_integer():
        compact = _compact_dates(column)
        return _exact(column, column) if compact is None else Recognised(compact)
    return _exact(column, column) if column.dtype.is_decimal() else Recognised(column)


def _exact(numbers: pl.Series, column: pl.Series) -> Recognised:
    """The numbers, or the column as written where floats would make many of them one."""
    if numbers.dtype.is_integer() and within(numbers, 2**53):
        return Recognised(numbers)
    written = as_written(column)
    long = written.filter(written.str.len_bytes() > _EXACT_DIGITS)
    if len(long) and long.cast(pl.Float64).n_unique() < _KEPT_SHARE * by_value(long).n_unique():
        return Recognised(
            written,
            note=f"column {column.name!r} holds numbers of more digits than can be computed with, "
            "so they are used as names",
        )
    return Recognised(numbers)


def _has_padded(column: pl.Series) -> bool:
    """Whether there are postcodes and the like: as numbers, 02134 would be 2134."""
    return bool(column.str.contains(r"^0\d+$").any())


def _compact_dates(column: pl.Series) -> pl.Series | None:
    """Dates written as eight digits: each of them is one between 1900 and 2100."""
    present = column.drop_nulls()
    # The first value alone spares most columns the look at all of them.
    if not _are_eight_digits(present.head(1)) or present.n_unique() < 2 or not _are_eight_digits(present):
        return None
    digits = as_written(column)
    dates = parse_dates(digits, compact=True)
    return dates if dates.null_count() == column.null_count() else None


def _are_eight_digits(column: pl.Series) -> bool:
    return len(column) > 0 and bool(as_written(column).str.contains(r"^(19|20)\d{6}$").all())


def _readings(column: pl.Series, decimal: str | None) -> list[Recognised]:
    """The ways to read strings as numbers or dates that leave the fewest of them unread; none where many are left."""
    counts = column.drop_nulls().alias("value").value_counts(name="count")
    values = counts["value"]
    dates = parse_dates(values)
    if dates.null_count() < len(values):
        markers = markers_among(counts, dates.is_not_null())
        return [] if markers is None else [_dated(column, markers)]
    shaped = looks_numeric(values)
    if 2 * shaped.sum() < len(values) - len(values.filter(~shaped & ~values.str.contains(r"\d"))):
        return []
    prefix, suffix = units_of(values)
    best: list[Recognised] = []
    fewest = len(values)
    for notation in NOTATIONS:
        if decimal not in (None, notation.decimal):
            continue
        complete = replace(notation, prefix=prefix, suffix=suffix)
        unread = parse_numbers(values, complete).is_null()
        if unread.sum() > fewest or unread.all():
            continue
        best = best if unread.sum() == fewest else []
        fewest = int(unread.sum())
        markers = markers_among(counts, ~unread)
        if markers is None:
            best.append(Recognised(column, complete, _nearly(column.name, counts, unread)))
        else:
            best.append(_read(column, replace(complete, missing=markers)))
    return best


def _agreed_mark(
    readings: Mapping[str, list[Recognised]], simple: Mapping[str, Recognised | None], frame: pl.DataFrame
) -> str | None:
    """The decimal mark of the columns that allow of one only, if they agree."""
    marks = set()
    for name, ways in readings.items():
        decimals = {way.notation.decimal for way in ways if way.values.dtype.is_numeric()}
        if len(decimals) == 1 and frame[name].str.contains(r"\d[.,]\d").any():
            marks |= decimals
    if "," in marks and any(_is_pointed(frame[name]) for name, known in simple.items() if known):
        return None
    return marks.pop() if len(marks) == 1 else None


def _is_pointed(column: pl.Series) -> bool:
    """Whether there are decimals with a point, as opposed to thousands."""
    if column.dtype != pl.String:
        return False
    return bool(
        (column.str.contains(r"^-?\d*\.\d") & ~column.str.contains(r"^-?[1-9]\d{0,2}(\.\d{3})+$")).any()
    )


def _is_grouped(column: pl.Series) -> bool:
    """Whether all numbers with a point could be whole, with points between thousands."""
    if column.dtype != pl.String:
        return False
    pointed = column.filter(column.str.contains(".", literal=True))
    return len(pointed) > 0 and bool(pointed.str.contains(r"^-?[1-9]\d{0,2}(\.\d{3})+$").all())


def _settled(column: pl.Series, ways: list[Recognised], mark: str | None) -> Recognised:
    if not ways:
        return Recognised(column)
    return next((way for way in ways if way.notation.decimal == mark), ways[0])


def _read(column: pl.Series, notation: Notation) -> Recognised:
    """The column as numbers, whole ones where nothing else is written."""
    present = column.set(column.is_in(notation.missing), None)
    numbers = parse_numbers(present, notation)
    if not present.str.contains(rf"[{notation.decimal}eE%]").any():
        numbers = numbers.cast(pl.Int64, strict=False)
    return replace(_exact(numbers, present), notation=notation, note=_note(column, notation))


def _dated(column: pl.Series, markers: tuple[str, ...]) -> Recognised:
    notation = Notation(missing=markers)
    return Recognised(parse_dates(column), notation, _note(column, notation))


def _note(column: pl.Series, notation: Notation) -> str | None:
    """Say how the numbers of a column are written, where that is not the plain way."""
    ways = []
    text = column.drop_nulls()
    if notation.decimal == "," and text.str.contains(r"\d,\d").any():
        ways.append("a decimal comma")
    if notation.thousands:
        names = {" ": "spaces", "'": "apostrophes", ",": "commas", ".": "points"}
        ways.append(f"{names[notation.thousands]} between thousands")
    ways.extend(f"the unit {unit!r}" for unit in (notation.prefix, notation.suffix) if unit not in ("", "%"))
    if notation.suffix == "%":
        ways.append("a percent sign")
    kind = f"numbers with {' and '.join(ways)}" if ways else ""
    missing = ""
    if notation.missing:
        listed = ", ".join(repr(marker) for marker in notation.missing)
        n_cells = int(text.is_in(notation.missing).sum())
        missing = f"{listed} read as missing in {n_cells:,} {'cell' if n_cells == 1 else 'cells'}"
    said = "; ".join(part for part in (kind, missing) if part)
    return f"column {column.name!r}: {said}" if said else None


def _nearly(name: str, counts: pl.DataFrame, unread: pl.Series) -> str | None:
    """Say so where most strings look like numbers, and are none for the sake of a few."""
    cells = counts["count"]
    if cells.filter(~unread).sum() < _MOSTLY * float(cells.sum()):
        return None
    odd = counts.filter(unread).sort("count", "value", descending=[True, False])["value"].to_list()
    listed = ", ".join(repr(value) for value in odd[:_ODD]) + (" and others" if len(odd) > _ODD else "")
    return (
        f"column {name!r}: most cells look like numbers, but not {listed}, so they are used as names; "
        "--missing MARKER,… declares cells that stand for a missing value"
    )
