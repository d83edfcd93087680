"""The parts that live on one worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, final

from pminusy.blocks.parts import Branches, Work, fold


@dataclass(frozen=True)
class Failure:
    """What work has raised, as distinct from what happens to the worker."""

    error: Exception


@final
class Site:
    """A Dask actor that keeps some parts.

    Parameters
    ----------
    make : callable
        make(number, rows, n_threads) is a part.
    numbers : list of int
        The parts' numbers.
    *rows
        What each is made of.
    """

    def __init__(self, make: Callable[[int, Any, int], Any], numbers: list[int], *rows: Any) -> None:
        from distributed import get_worker

        n_threads = get_worker().state.nthreads
        self._parts = {
            number: make(number, each, n_threads) for number, each in zip(numbers, rows, strict=True)
        }

    def run(self, work: Work, arguments: tuple[Any, ...], n_parts: int) -> Branches | Failure:
        """What work gives for each part; with `n_parts`, of all there are, put together as far as it goes."""
        branches: Branches = {}
        try:
            for number, part in self._parts.items():
                branches[0, number] = part.do(work, *arguments)
                if n_parts:
                    fold(branches, n_parts)
        except Exception as error:  # whatever it is, the caller shall see it
            return Failure(error)
        return branches
