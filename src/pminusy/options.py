"""Validation of options that are numbers, flags or counts: one rule for all of them.

NumPy numbers are accepted; True and False are neither integers nor numbers.
"""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any, TypeGuard

from pminusy.errors import InputError


def is_integer(value: Any) -> TypeGuard[int]:
    """Whether it is a whole number of Python's or NumPy's."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def is_number(value: Any) -> TypeGuard[float]:
    """Whether it is a real number of Python's or NumPy's."""
    return isinstance(value, Real) and not isinstance(value, bool)


def check_integer(least: int, **values: Any) -> None:
    """Refuse a value that is no integer of at least so much.

    Raises
    ------
    InputError
        Names the first such value.

    Examples
    --------
    >>> check_integer(1, every=True)
    Traceback (most recent call last):
    ...
    pminusy.errors.InputError: every: expected an integer ≥ 1, got True
    """
    for name, value in values.items():
        if not is_integer(value) or value < least:
            raise InputError(f"{name}: expected an integer ≥ {least}, got {value!r}")


def check_flags(**values: Any) -> None:
    """Refuse a value that is neither True nor False, of Python's or NumPy's; an InputError names it."""
    import numpy as np  # the command line checks numbers before it loads NumPy

    for name, value in values.items():
        if not isinstance(value, bool | np.bool_):
            raise InputError(f"{name}: expected True or False, got {value!r}")


def check_numbers(interval: str, **values: float) -> None:
    """Refuse a value that is no number in an interval such as "[0, 1)" or "(0, inf)".

    Raises
    ------
    InputError
        Names the first value outside.

    Examples
    --------
    >>> check_numbers("[0, 1)", beta1=0.9, beta2=1.0)
    Traceback (most recent call last):
    ...
    pminusy.errors.InputError: beta2: expected a number in [0, 1), got 1.0
    """
    low, high = map(float, interval[1:-1].split(","))
    for name, value in values.items():
        is_border = value == low and interval[0] == "(", value == high and interval[-1] == ")"
        if not is_number(value) or not low <= value <= high or any(is_border):
            raise InputError(f"{name}: expected a number in {interval}, got {value!r}")
