"""Parts on a Dask cluster: one actor for each worker keeps its partitions and what is left on them.

Work is sent to each worker once, and what comes back are the branches of the sum that it holds. When a worker is lost,
the scheduler computes its partitions again elsewhere; new actors then do once more what had been left on the parts, and
the work that was under way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, final

from pminusy.blocks.dask.cluster import assign
from pminusy.blocks.dask.site import Failure, Site
from pminusy.blocks.parts import Branches, Work, fold, only_branch

_PATIENCE = 1.0  # seconds, until a worker that doesn't answer is asked after
_MOST_LOSSES = 10  # one right after the other
_LOST = (OSError, RuntimeError, ValueError, KeyError)  # as Dask words it on the different ways there


@dataclass
class _Placed:
    """A site, its future, and the worker that it is on."""

    numbers: list[int]
    future: Any
    actor: Any
    address: str


@final
class DaskParts:
    """Parts made of futures on a cluster.

    Parameters
    ----------
    client : distributed.Client
    make : callable
        make(number, rows, n_threads) is a part; it is called on workers.
    rows : sequence of futures
        What each part is made of; they are released by `close`.
    """

    def __init__(self, client: Any, make: Callable[[int, Any, int], Any], rows: Sequence[Any]) -> None:
        self._client, self._make, self._rows = client, make, list(rows)
        self._left: dict[str, tuple[Work, tuple[Any, ...]]] = {}
        self._sites: list[_Placed] = []
        self._sites = self._place(list(range(len(rows))))

    def __len__(self) -> int:
        return len(self._rows)

    def total(self, work: Work, *arguments: Any) -> Any:
        """The sum of work(part, *arguments) over the parts."""
        return only_branch(fold(self._ask(work, arguments, len(self)), len(self)))

    def each(self, work: Work, *arguments: Any) -> list[Any]:
        """work(part, *arguments) of each part, in order."""
        found = self._ask(work, arguments, 0)
        return [found[0, number] for number in range(len(self))]

    def leave(self, name: str, work: Work, *arguments: Any) -> None:
        """Do work on each part that leaves something there."""
        self.each(work, *arguments)
        self._left[name] = work, arguments

    def total_left(self, name: str, work: Work, *arguments: Any) -> Any:
        """`leave` and `total` in one."""
        arguments = tuple(each.copy() if hasattr(each, "copy") else each for each in arguments)
        total = self.total(work, *arguments)
        self._left[name] = work, arguments
        return total

    def forget(self, name: str) -> None:
        """Work of this name need not be done again."""
        self._left.pop(name, None)

    def close(self) -> None:
        """Leave nothing on the workers."""
        self._release(self._sites)
        for future in self._rows:
            future.release()
        self._sites, self._rows, self._left = [], [], {}

    def _release(self, sites: list[_Placed]) -> None:
        """Cancelled, since the traceback of an error, too, may hold on to an actor."""
        if self._client.status == "running":
            self._client.cancel([site.future for site in sites], force=True)

    def _ask(self, work: Work, arguments: tuple[Any, ...], n_parts: int) -> Branches:
        found: Branches = {}
        asked = self._sites
        while asked:
            answers = [(site, _begin(site, work, arguments, n_parts)) for site in asked]
            outcomes = [(site, self._answer(site, begun)) for site, begun in answers]
            failures = [each for _, each in outcomes if isinstance(each, Failure)]
            if failures:
                raise failures[0].error
            for _, branches in outcomes:
                found.update(branches or {})
            asked = self._replace([site for site, branches in outcomes if branches is None])
        return found

    def _answer(self, site: _Placed, begun: Any) -> Any:
        """What a site has answered; None where it is lost."""
        while begun is not None:
            try:
                return begun.result(timeout=_PATIENCE)
            except TimeoutError:
                if self._is_gone(site.address):
                    return None
            except _LOST:
                return None
        return None

    def _is_gone(self, address: str) -> bool:
        try:
            return address not in self._client.nthreads()
        except OSError:  # the scheduler is
            return True

    def _replace(self, lost: list[_Placed]) -> list[_Placed]:
        """New sites for the parts of those that are lost, with all that had been left on them."""
        fresh: list[_Placed] = []
        for _ in range(_MOST_LOSSES):
            if not lost:
                self._sites += fresh
                return fresh
            self._release(lost)
            self._sites = [site for site in self._sites if site not in lost]
            led = [(site, self._lead_through(site)) for site in self._place(_numbers(lost))]
            fresh += [site for site, here in led if here]
            lost = [site for site, here in led if not here]
        self._release([*lost, *fresh])
        raise ConnectionError(f"Dask workers are lost again and again: {self._client}")

    def _lead_through(self, site: _Placed) -> bool:
        """Do once more what had been left; False if this site is lost, too."""
        for work, arguments in list(self._left.values()):
            if self._answer(site, _begin(site, work, arguments, len(self))) is None:
                return False
        return True

    def _place(self, numbers: list[int]) -> list[_Placed]:
        """Sites for these parts, on the workers that have their rows as far as that is fair."""
        from distributed import wait

        if self._client.status != "running":
            raise ConnectionError(f"the Dask scheduler cannot be reached any more: {self._client}")
        wait([self._rows[number] for number in numbers])
        self._client.wait_for_workers(1)
        where = self._client.who_has([self._rows[number] for number in numbers])
        holders = [where.get(self._rows[number].key, ()) for number in numbers]
        by_address: defaultdict[str, list[int]] = defaultdict(list)
        for number, address in zip(numbers, assign(holders, self._client.nthreads()), strict=True):
            by_address[address].append(number)
        futures = [
            self._client.submit(
                *(Site, self._make, own, *(self._rows[number] for number in own)),
                actor=True,
                pure=False,
                workers=[address],
                allow_other_workers=True,
            )
            for address, own in by_address.items()
        ]
        return [self._placed(own, future) for own, future in zip(by_address.values(), futures, strict=True)]

    def _placed(self, numbers: list[int], future: Any) -> _Placed:
        actor = future.result()
        (address,) = self._client.who_has([future])[future.key] or ("",)
        return _Placed(numbers, future, actor, address)


def _numbers(sites: list[_Placed]) -> list[int]:
    return sorted(number for site in sites for number in site.numbers)


def _begin(site: _Placed, work: Work, arguments: tuple[Any, ...], n_parts: int) -> Any:
    """The answer to come; None where Dask knows already that the site is lost."""
    try:
        return site.actor.run(work, arguments, n_parts)
    except RuntimeError:
        return None
