"""Rows cut into parts, and sums over all parts that have the same bits wherever each part is.

A sum is formed along a tree over the parts' numbers: the sums of parts 2i and 2i + 1 are added, then those of pairs,
and so on. Whoever holds all parts of a branch can add them up; the order of additions is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, final

Branches = dict[tuple[int, int], Any]  # (level, number) → sum
Work = Callable[..., Any]  # of a part and further arguments


class Parts(Protocol):
    """Parts that keep what work leaves on them."""

    def __len__(self) -> int:
        """How many there are."""

    def total(self, work: Work, *arguments: Any) -> Any:
        """The sum of work(part, *arguments) over the parts; tuples are added entry by entry."""

    def each(self, work: Work, *arguments: Any) -> list[Any]:
        """work(part, *arguments) of each part, in order."""

    def leave(self, name: str, work: Work, *arguments: Any) -> None:
        """Do work on each part that leaves something there.

        A part that is lost and made again is led through such work once more, in the order of the names' first use;
        what bears the same name takes the earlier work's place.
        """

    def total_left(self, name: str, work: Work, *arguments: Any) -> Any:
        """`leave` and `total` in one."""

    def forget(self, name: str) -> None:
        """Work of this name need not be done again."""


def add(a: Any, b: Any) -> Any:
    """a + b; entry by entry for tuples."""
    return tuple(add(x, y) for x, y in zip(a, b, strict=True)) if isinstance(a, tuple) else a + b


def fold(branches: Branches, n_parts: int) -> Branches:
    """Put branches together wherever both halves are here, in place; all of them end as one."""
    level, size = 0, n_parts
    while size > 1:
        for number in sorted(number for at, number in branches if at == level and number % 2 == 0):
            alone, right = number + 1 == size, (level, number + 1)
            if alone or right in branches:
                left = branches.pop((level, number))
                branches[level + 1, number // 2] = left if alone else add(left, branches.pop(right))
        level, size = level + 1, -(-size // 2)
    return branches


def only_branch(branches: Branches) -> Any:
    """The sum of all parts."""
    (total,) = branches.values()
    return total


@final
class LocalParts:
    """Parts in this process."""

    def __init__(self, parts: Sequence[Any]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return len(self._parts)

    def total(self, work: Work, *arguments: Any) -> Any:
        """The sum of work(part, *arguments) over the parts."""
        branches: Branches = {}
        for number, part in enumerate(self._parts):
            branches[0, number] = part.do(work, *arguments)
            fold(branches, len(self))
        return only_branch(branches)

    def each(self, work: Work, *arguments: Any) -> list[Any]:
        """work(part, *arguments) of each part, in order."""
        return [part.do(work, *arguments) for part in self._parts]

    def leave(self, name: str, work: Work, *arguments: Any) -> None:  # noqa: ARG002 - no part is lost
        """Do the work."""
        self.each(work, *arguments)

    def total_left(self, name: str, work: Work, *arguments: Any) -> Any:  # noqa: ARG002
        """The same as `total`."""
        return self.total(work, *arguments)

    def forget(self, name: str) -> None:
        """Nothing: no part is lost."""
