"""Values of options taken apart."""

import csv
from collections.abc import Iterable
from typing import Literal

from pminusy.errors import InputError


def parse_columns(values: Iterable[str]) -> tuple[str, ...]:
    """Split lists of columns at their commas; a name that holds one is quoted.

    Examples
    --------
    >>> parse_columns(["id,name", '"price, in euros"'])
    ('id', 'name', 'price, in euros')
    """
    return tuple(name for line in csv.reader(values, skipinitialspace=True) for name in line)


def parse_roles(values: Iterable[str]) -> dict[str, str]:
    """Split COLUMN=ROLE at the last equals sign; the roles themselves are checked where they are used.

    Raises
    ------
    InputError
        There is no equals sign.

    Examples
    --------
    >>> parse_roles(["year=category", "a=b=text"])
    {'year': 'category', 'a=b': 'text'}
    """
    roles = {}
    for value in values:
        column, equals, role = value.rpartition("=")
        if not equals:
            raise InputError(f"role: expected COLUMN=numeric, category, date or text, got {value!r}")
        roles[column] = role
    return roles


def parse_strength(value: str) -> float | Literal["auto"]:
    """Read the inverse strength of a penalty, or "auto".

    Raises
    ------
    InputError
        It is neither a number nor "auto".

    Examples
    --------
    >>> parse_strength("0.5"), parse_strength("auto")
    (0.5, 'auto')
    """
    if value.strip().lower() == "auto":
        return "auto"
    try:
        return float(value)
    except ValueError:
        raise InputError(f"C: expected a number > 0 or auto, got {value!r}") from None


def parse_integers(value: str, name: str) -> list[int]:
    """Split a list of integers at its commas or spaces.

    Raises
    ------
    InputError
        One of them is no integer, or there is none.

    Examples
    --------
    >>> parse_integers("256, 128", "hidden")
    [256, 128]
    """
    items = value.replace(",", " ").split()
    try:
        integers = [int(item) for item in items]
    except ValueError:
        integers = []
    if not integers:
        raise InputError(f"{name}: expected integers separated by commas, got {value!r}")
    return integers


def parse_numbers(value: str, name: str) -> list[float]:
    """Split a list of numbers at its commas or spaces.

    Raises
    ------
    InputError
        One of them is no number.

    Examples
    --------
    >>> parse_numbers("2, 1,-inf", "logits")
    [2.0, 1.0, -inf]
    """
    numbers = []
    for place, item in enumerate(value.replace(",", " ").split(), start=1):
        try:
            numbers.append(float(item.replace("−", "-")))
        except ValueError:
            raise InputError(
                f"{name}: expected numbers separated by commas, got {item!r} at position {place}"
            ) from None
    return numbers
