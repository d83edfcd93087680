"""How the numbers of a column are written, and how to read them.

A numeral has a decimal mark, perhaps a mark between thousands, and perhaps a unit: a currency before it, or a unit,
a percent sign or a currency behind it. ``(5)`` is −5, as in accounts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import polars as pl

from pminusy.datasets.written_dates import ORDERS

_BLANK = "[ \u00a0\u2009\u202f]"
_MINUS = "[-\u2212]"
_SIGN = "[-+\u2212]?"
_THOUSANDS = {",": ",", ".": r"\.", " ": _BLANK, "'": "['\u2019]"}
_MARKS = {" ": "spaces", "'": "apostrophes", ",": "commas", ".": "points"}
_SHAPE = (
    rf"^\(?{_SIGN}{_BLANK}?(?<prefix>[A-Z]{{0,3}}\p{{Sc}}|\p{{L}}{{1,4}}\.?{_BLANK})?{_BLANK}?{_SIGN}"
    rf"(?:\d+(?:,\d{{2}})*(?:(?:[.,'\u2019]|{_BLANK})\d{{3}})*(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?"
    rf"{_BLANK}?(?<suffix>[^\d\s.,:/'()+-][^()]{{0,11}})?\)?$"
)


@dataclass(frozen=True)
class Notation:
    """How a column writes its numbers.

    Attributes
    ----------
    decimal : {".", ","}
    thousands : {"", ",", ".", " ", "'"}
        Between groups of three digits; empty where digits are not grouped. A space means any kind of it.
    prefix, suffix : str
        The unit that numbers may have. With the suffix ``%`` each has it, and is a hundredth of what is written.
    missing : tuple of str
        Strings that stand for a missing value in this column.
    date_order : {"", "dmy", "mdy", "ymd"}
        Of day, month and year in dates of three numbers that are not as ISO 8601 writes them.
    """

    decimal: str = "."
    thousands: str = ""
    prefix: str = ""
    suffix: str = ""
    missing: tuple[str, ...] = ()
    date_order: str = ""


Notations: TypeAlias = Mapping[str, Notation]
"""By column, of those that are not written plainly."""

PLAIN = Notation()
NOTATIONS = (
    PLAIN,
    Notation(".", ","),
    Notation(","),
    Notation(",", "."),
    Notation(".", " "),
    Notation(",", " "),
    Notation(".", "'"),
    Notation(",", "'"),
)
"""What is tried, likeliest first, without units and markers."""


def check_notations(notations: Notations) -> None:
    """A ValueError where these are no notations by column, as in a file that was made by other means."""
    for column, notation in notations.items():
        if not isinstance(notation, Notation):
            raise ValueError(f"notations: expected a notation for column {column!r}, got {notation!r:.60}")
        units = (notation.prefix, notation.suffix, *notation.missing)
        if (
            notation.decimal not in (".", ",")
            or notation.thousands not in ("", *_THOUSANDS)
            or notation.date_order not in ("", *ORDERS)
            or not all(type(unit) is str for unit in units)
        ):
            raise ValueError(f"notations: {notation!r:.200} of column {column!r} is none")


def parse_numbers(column: pl.Series, notation: Notation = PLAIN) -> pl.Series:
    """Read strings as Float64, null where one is no number in this notation.

    Parameters
    ----------
    column : polars.Series of String
    notation : Notation

    Examples
    --------
    >>> parse_numbers(pl.Series(["1.234,5 €", "-2", "(3)", "0.5"]), Notation(",", ".", suffix="€")).to_list()
    [1234.5, -2.0, -3.0, None]
    """
    if (notation.decimal, notation.thousands, notation.prefix, notation.suffix) == (".", "", "", ""):
        plain = column.cast(pl.Float64, strict=False)
        if plain.null_count() == column.null_count():
            return plain
    part = pl.first().str.extract_groups(_pattern(notation)).struct.field
    body = part("whole").str.replace_all(_THOUSANDS.get(notation.thousands, "^$"), "")
    fraction = pl.concat_str(pl.lit("."), part("fraction").fill_null(""), pl.lit("0"))
    digits = pl.concat_str(body, fraction, part("exponent").fill_null("")).cast(pl.Float64, strict=False)
    minus = part("open").is_not_null() | part("sign").str.contains(_MINUS)
    complete = (part("open").is_null() == part("close").is_null()) & pl.concat_str(body, fraction).ne(".0")
    value = pl.when(complete).then(pl.when(minus).then(-digits).otherwise(digits))
    scaled = value / 100 if notation.suffix == "%" else value
    return column.to_frame().select(scaled.alias(column.name)).to_series()


def looks_numeric(column: pl.Series) -> pl.Series:
    """Which strings have the shape of a numeral with a unit, in any notation."""
    return column.str.contains(_SHAPE)


def units_of(column: pl.Series) -> tuple[str, str]:
    """The one prefix and the one suffix that the numerals among strings have; empty where there is none, or several.

    Examples
    --------
    >>> units_of(pl.Series(["$5", "-$7", "n/a"])), units_of(pl.Series(["5 kg", "6 g"]))
    (('$', ''), ('', ''))
    """
    parts = column.str.extract_groups(_SHAPE).struct.unnest()
    prefix, suffix = (parts[name].drop_nulls().str.strip_chars().unique() for name in ("prefix", "suffix"))
    return _only(prefix), _only(suffix)


def describe_notation(notation: Notation) -> str:
    """Say how numbers are written, to be put behind the word "numbers"; empty where that is the plain way.

    Examples
    --------
    >>> describe_notation(Notation(",", ".", suffix="€"))
    " with a decimal comma and points between thousands and the unit '€'"
    """
    ways = ["a decimal comma"] if notation.decimal == "," else []
    if notation.thousands:
        ways.append(f"{_MARKS[notation.thousands]} between thousands")
    ways.extend(f"the unit {unit!r}" for unit in (notation.prefix, notation.suffix) if unit not in ("", "%"))
    if notation.suffix == "%":
        ways.append("a percent sign")
    return f" with {' and '.join(ways)}" if ways else ""


def _only(values: pl.Series) -> str:
    return str(values[0]) if len(values) == 1 else ""


def _pattern(notation: Notation) -> str:
    mark = re.escape(notation.decimal)
    whole = r"\d*"
    if notation.thousands:
        group = _THOUSANDS[notation.thousands]
        # Groups of two digits before the last one of three are India's.
        pair = r"\d{2,3}" if notation.thousands == "," else r"\d{3}"
        whole = rf"[1-9]\d{{0,2}}(?:{group}{pair})*{group}\d{{3}}|{whole}"
    prefix = rf"(?:{re.escape(notation.prefix)}{_BLANK}?)?" if notation.prefix else ""
    need = "" if notation.suffix == "%" else "?"
    suffix = rf"(?:{_BLANK}?{re.escape(notation.suffix)}){need}" if notation.suffix else ""
    return (
        rf"^(?<open>\()?(?<sign>{_SIGN}{_BLANK}?{prefix}{_SIGN})"
        rf"(?<whole>{whole})(?:{mark}(?<fraction>\d*))?(?<exponent>[eE][-+]?\d+)?{suffix}(?<close>\))?$"
    )
