"""How the numbers of a column of strings are written, found by trying each notation."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from pminusy.datasets.markers import describe_reading, markers_among, some
from pminusy.datasets.names import quoted
from pminusy.datasets.notation import (
    NOTATIONS,
    Notation,
    describe_notation,
    looks_numeric,
    parse_numbers,
    units_of,
)
from pminusy.datasets.recognised import Recognised, exact
from pminusy.datasets.temporal import temporal_readings

_MOSTLY = 0.5
_SHOWN = 3


def readings(column: pl.Series, decimal: str | None) -> list[Recognised]:
    """The ways to read strings as numbers, dates or times that leave the fewest of them unread.

    There is none where many are left; or one of strings, whose note says why they are no dates.
    """
    counts = column.drop_nulls().alias("value").value_counts(name="count")
    values = counts["value"]
    temporal = temporal_readings(column, counts)
    if temporal is not None:
        return temporal
    with_digits = values.filter(values.str.contains(r"\d"))
    if 2 * looks_numeric(with_digits).sum() < len(with_digits):
        return []
    return _numbers(column, counts, decimal)


def _numbers(column: pl.Series, counts: pl.DataFrame, decimal: str | None) -> list[Recognised]:
    values = counts["value"]
    prefix, suffix = units_of(values)
    tried = [
        replace(notation, prefix=prefix, suffix=suffix)
        for notation in NOTATIONS
        if decimal in (None, notation.decimal)
    ]
    unread = {notation: parse_numbers(values, notation).is_null() for notation in tried}
    fewest = min(int(missed.sum()) for missed in unread.values())
    ways = []
    for notation, missed in unread.items():
        if missed.sum() > fewest:
            continue
        markers = markers_among(counts, ~missed)
        if markers is not None:
            ways.append(read_as(column, replace(notation, missing=markers)))
        else:
            ways.append(Recognised(column, notation, _nearly(column.name, counts, missed)))
    return ways


def agreed_mark(
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


def is_grouped(column: pl.Series) -> bool:
    """Whether all numbers with a point could be whole, with points between thousands."""
    if column.dtype != pl.String:
        return False
    pointed = column.filter(column.str.contains(".", literal=True))
    return len(pointed) > 0 and bool(pointed.str.contains(r"^-?[1-9]\d{0,2}(\.\d{3})+$").all())


def read_as(column: pl.Series, notation: Notation) -> Recognised:
    """The column as numbers, whole ones where nothing else is written."""
    present = column.set(column.is_in(notation.missing), None)
    numbers = parse_numbers(present, notation)
    if not present.str.contains(rf"[{notation.decimal}eE%]").any():
        numbers = numbers.cast(pl.Int64, strict=False)
    return replace(exact(numbers, present), notation=notation, note=_note(column, notation))


def _note(column: pl.Series, notation: Notation) -> str | None:
    """Say how the numbers of a column are written, where that is not the plain way."""
    shows_comma = notation.decimal == "," and column.drop_nulls().str.contains(r"\d,\d").any()
    words = describe_notation(notation if shows_comma else replace(notation, decimal="."))
    return describe_reading(column, f"numbers{words}" if words else "", notation.missing)


def _nearly(name: str, counts: pl.DataFrame, unread: pl.Series) -> str | None:
    """Say so where most strings look like numbers, and are none for the sake of some."""
    shaped = looks_numeric(counts["value"])
    if counts.filter(shaped)["count"].sum() < _MOSTLY * float(counts["count"].sum()):
        return None
    frequent = counts.with_columns(unread=unread, shaped=shaped).sort(
        "count", "value", descending=[True, False]
    )
    odd = frequent.filter(pl.col("unread"))
    different = odd.filter(pl.col("shaped"))["value"].to_list()
    if different:
        read = frequent.filter(~pl.col("unread"))["value"].to_list()
        shown = ", ".join(map(quoted, [*read[:1], *different][:_SHOWN]))
        return f"column {name!r}: looks like numbers written in different ways ({shown}), so they are used as names"
    names = odd["value"].to_list()
    return (
        f"column {name!r}: most cells look like numbers, but not {some(names)}, so they are used as names; "
        f"--missing {quoted(names[0])} reads such cells as missing"
    )
