"""Options that are numbers, held against the interval they are meant for."""

from __future__ import annotations

from numbers import Real

from pminusy.errors import InputError


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
        if not isinstance(value, Real) or not low <= value <= high or any(is_border):
            raise InputError(f"{name}: expected a number in {interval}, got {value!r}")
