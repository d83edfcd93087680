"""What a name can be, number, column, row or matrix, and choices of one option for each name by what they cost."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

Choice: TypeAlias = tuple[int, ...]  # for each name, the place in its list of options


@dataclass(frozen=True)
class Option:
    """How many axes a name has, its indices included; `is_row` where its value is a row vector."""

    rank: int
    cost: float
    is_row: bool = False


def ranked(*ranks: int) -> list[Option]:
    """Options that cost as much as their places in a list, the likeliest first."""
    return [Option(rank, cost) for cost, rank in enumerate(ranks)]


def rows_first(options: list[Option]) -> list[Option]:
    """The options with the costs of column and row exchanged, for a page on which vectors are rows."""
    row = next((option for option in options if option.is_row), None)
    if row is None:
        return options
    column = next(option for option in options if option.rank == row.rank)
    costs = {column: row.cost, row: column.cost}
    return [replace(option, cost=costs.get(option, option.cost)) for option in options]


def by_cost(options: list[list[Option]]) -> Iterator[tuple[float, Choice]]:
    """Choices of one option each, by the sum of what they cost."""
    orders = [sorted(range(len(each)), key=[option.cost for option in each].__getitem__) for each in options]
    first = (0,) * len(options)
    heap, seen = [(0.0, first)], {first}
    while heap:
        cost, places = heapq.heappop(heap)
        yield cost, tuple(order[k] for order, k in zip(orders, places, strict=True))
        for n, k in enumerate(places):
            if k + 1 < len(options[n]):
                following = (*places[:n], k + 1, *places[n + 1 :])
                if following not in seen:
                    seen.add(following)
                    own = [options[n][orders[n][k + step]].cost for step in (0, 1)]
                    heapq.heappush(heap, (cost + own[1] - own[0], following))
