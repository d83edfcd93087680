"""Numbers as people read them."""

import math

_NO_BREAK = "\N{NO-BREAK SPACE}"


def count(value: int, noun: str = "", plural: str = "") -> str:
    """Return a count with separators, and its noun in the right number.

    Examples
    --------
    >>> count(63666), count(1, "row"), count(2, "class", "classes")
    ('63,666', '1 row', '2 classes')
    """
    if not noun:
        return f"{value:,}"
    return f"{value:,} {noun if value == 1 else plural or noun + 's'}"


def percent(share: float | None) -> str:
    """Return a share in percent, in one piece; only 0 and 1 themselves read as 0 and 100.

    Examples
    --------
    >>> [percent(share).split() for share in (0.9667, 0.99999, 1.0, None)]
    [['96.7', '%'], ['>', '99.9', '%'], ['100', '%'], ['–']]
    """
    if share is None:
        return "–"
    if share in (0, 1):
        text = f"{100 * share:.0f} %"
    elif share < 0.0005:
        text = "< 0.1 %"
    else:
        text = "> 99.9 %" if share >= 0.9995 else f"{100 * share:.1f} %"
    return text.replace(" ", _NO_BREAK)


def number(value: float) -> str:
    """Return a number with four significant digits.

    Examples
    --------
    >>> number(0.113249), number(-2.5e-7), number(123456.7), number(float("inf"))
    ('0.1132', '−2.5e−7', '123,457', '∞')
    """
    if not math.isfinite(value):
        return "∞" if value > 0 else "not a number" if math.isnan(value) else "−∞"
    if abs(value) >= 1e9 or 0 < abs(value) < 1e-3:
        mantissa, exponent = f"{value:.2e}".split("e")
        return f"{float(mantissa):g}e{int(exponent)}".replace("-", "−")
    text = f"{value:,.0f}" if abs(value) >= 1e4 else f"{value:.4g}"
    return text.replace("-", "−")


def decimals(value: float, places: int = 3) -> str:
    """Return a number with a fixed count of decimals, so that a column lines up; tiny ones as `number` does.

    Examples
    --------
    >>> decimals(0.9), decimals(-12.345, places=2), decimals(0.00012)
    ('0.900', '−12.35', '1.2e−4')
    """
    if not math.isfinite(value) or 0 < abs(value) < 10**-places:
        return number(value)
    return f"{value:,.{places}f}".replace("-", "−")


def seconds(value: float) -> str:
    """Return a duration, in one piece.

    Examples
    --------
    >>> [seconds(value).split() for value in (0.0413, 3.21, 125)]
    [['41', 'ms'], ['3.2', 's'], ['2', 'min', '5', 's']]
    """
    if value < 1:
        text = f"{1000 * value:.0f} ms"
    elif value < 100:
        text = f"{value:.1f} s"
    else:
        text = f"{int(value) // 60} min {int(value) % 60} s"
    return text.replace(" ", _NO_BREAK)
