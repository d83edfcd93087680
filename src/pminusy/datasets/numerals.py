"""How the numbers of a column of strings are written, found by trying each notation."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from pminusy.datasets.dates import parse_dates
from pminusy.datasets.markers import markers_among
from pminusy.datasets.notation import NOTATIONS, Notation, looks_numeric, parse_numbers, units_of
from pminusy.datasets.recognised import Recognised, exact

_MOSTLY = 0.8
_ODD = 3
_MARKS = {" ": "spaces", "'": "apostrophes", ",": "commas", ".": "points"}


def readings(column: pl.Series, decimal: str | None) -> list[Recognised]:
    """The ways to read strings as numbers or dates that leave the fewest of them unread; none where many are left."""
    counts = column.drop_nulls().alias("value").value_counts(name="count")
    values = counts["value"]
    dates = parse_dates(values)
    if dates.null_count() < len(values):
        markers = markers_among(counts, dates.is_not_null())
        return [] if markers is None else [_dated(column, markers)]
    with_digits = values.filter(values.str.contains(r"\d"))
    if 2 * looks_numeric(with_digits).sum() < len(with_digits):
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
            best.append(read_as(column, replace(complete, missing=markers)))
    return best


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
        ways.append(f"{_MARKS[notation.thousands]} between thousands")
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
        f"--missing {odd[0]!r} reads such cells as missing"
    )
