"""The calendar in ONNX: year, month and weekday of a number of days since 1970, which is how dates go in.

Days are counted from 1 March of the year 0, so that the leap day is the last of its year, in eras of 400 years, which
have 146,097 days each. Of a date that is missing, NaN, everything is NaN.

Source: H. Hinnant, chrono-Compatible Low-Level Date Algorithms, 2013 (`civil_from_days`).
"""

from __future__ import annotations

from pminusy.onnx.graph import Graph

_ERA, _CENTURY, _FOUR_YEARS, _YEAR = 146_097, 36_524, 1_460, 365
_EPOCH = 719_468  # days from 1 March 0 to 1 January 1970
_THURSDAY = 3  # 1 January 1970, of weekdays from 0


def year_and_month(graph: Graph, days: str) -> tuple[str, str]:
    """The year, and the month from 1."""
    calendar = _Calendar(graph)
    day = calendar.plus(graph.add("Floor", days), _EPOCH)
    era = calendar.whole(day, _ERA)
    in_era = calendar.minus(day, era, _ERA)
    leap_days = [calendar.whole(in_era, n) for n in (_FOUR_YEARS, _CENTURY, _ERA - 1)]
    common = calendar.minus(calendar.plus(calendar.minus(in_era, leap_days[0]), leap_days[1]), leap_days[2])
    year = calendar.whole(common, _YEAR)  # of the era
    in_year = calendar.minus(calendar.minus(in_era, year, _YEAR), calendar.whole(year, 4))
    in_year = calendar.plus(in_year, calendar.whole(year, 100))
    month = calendar.whole(calendar.plus(calendar.times(in_year, 5), 2), 153)  # from 0, March
    before_january = graph.add("Less", month, graph.constant(9.5))
    month = graph.add("Where", before_january, calendar.plus(month, 3), calendar.plus(month, -9))
    year = calendar.plus(year, calendar.times(era, 400))
    next_one = graph.add("Less", month, graph.constant(2.5))
    return graph.add("Where", next_one, calendar.plus(year, 1), year), month


def weekday(graph: Graph, days: str) -> str:
    """The weekday from 1, Monday."""
    calendar = _Calendar(graph)
    day = calendar.plus(graph.add("Floor", days), _THURSDAY)
    return calendar.plus(calendar.minus(day, calendar.whole(day, 7), 7), 1)


class _Calendar:
    """Arithmetic with whole numbers."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def plus(self, a: str, b: str | int) -> str:
        """The sum."""
        return self._graph.add("Add", a, self._value(b))

    def times(self, a: str, n: int) -> str:
        """The product."""
        return self._graph.add("Mul", a, self._value(n))

    def minus(self, a: str, b: str, times: int = 1) -> str:
        """a − times·b."""
        return self._graph.add("Sub", a, b if times == 1 else self.times(b, times))

    def whole(self, a: str, n: int) -> str:
        """⌊a/n⌋."""
        return self._graph.add("Floor", self._graph.add("Div", a, self._value(n)))

    def _value(self, number: str | int) -> str:
        return number if isinstance(number, str) else self._graph.constant(float(number))
