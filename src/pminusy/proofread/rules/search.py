"""The shortest way by rules from one formula to another, sought from both ends."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pminusy.proofread.rules.expansion import expanded
from pminusy.proofread.rules.keys import Keys
from pminusy.proofread.rules.moves import Applied, applications
from pminusy.proofread.rules.rule import Rule
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.tree import Node

MOST_MEETINGS = 7  # ways that are evaluated before the search gives up
MOST_REACHED = 200  # formulas at each end
MOST_MADE = 1000  # formulas that rules lead to, those that are reached again included
LARGEST_IN_ALL = 6000  # parts of all formulas at each end
LARGEST = 300  # nodes of a formula that is looked at


@dataclass(frozen=True)
class State:
    """A formula on the way, and how it was reached; `chained` if what its derivatives come to is reached as well."""

    tree: Node
    parent: State | None = None
    by: Applied | None = None
    depth: int = 0
    chained: bool = False

    def trail(self) -> list[State]:
        """The states from the start to this one."""
        found = [self]
        while found[-1].parent is not None:
            found.append(found[-1].parent)
        return found[::-1]


@dataclass
class Side:
    """What is reached from one end."""

    goal: frozenset[Any]
    reached: dict[Any, State] = field(default_factory=dict)
    widely: dict[Any, State] = field(default_factory=dict)
    size: int = 0
    queue: list[tuple[float, int, State]] = field(default_factory=list)


@dataclass
class Search:
    """The search between two formulas with some rules.

    `key` says which formulas are the same to it; those with the same `wide` key meet as well. `most` bounds the states
    that are expanded at each end, `allowance` what rules may lead to, and `made` counts that.
    """

    keys: Keys
    rules: Sequence[Rule]
    key: Callable[[Node], Any]
    wide: Callable[[Node], Any] | None
    most: int
    tidy: Tidy
    chains: Callable[[Node], list[Applied]] | None = None
    expands: bool = True
    count: Iterator[int] = field(default_factory=itertools.count)
    allowance: int = MOST_MADE
    made: int = 0

    def meetings(self, start: Node, goal: Node) -> Iterator[tuple[State, State]]:
        """Pairs of states that are the same to the search, from both ends, the likely ones first."""
        sides = [Side(self.keys.features(goal)), Side(self.keys.features(start))]
        self._enter(sides[0], sides[1], State(start))
        yield from ((other, new) for new, other in self._enter(sides[1], sides[0], State(goal)))
        for _ in range(self.most):
            for here, there in ((0, 1), (1, 0)):
                if not sides[here].queue or self.made > self.allowance:
                    continue
                _, _, state = heapq.heappop(sides[here].queue)
                found = [
                    pair
                    for new in self._expand(state)
                    for pair in self._enter(sides[here], sides[there], new)
                ]
                found.sort(key=lambda pair: self.key(pair[0].tree) != self.key(pair[1].tree))
                yield from found if here == 0 else ((other, new) for new, other in found)
            if self.made > self.allowance or not (sides[0].queue or sides[1].queue):
                return

    def _enter(self, here: Side, there: Side, state: State) -> list[tuple[State, State]]:
        """Note that a state is reached, if it is new; the states of the other side that it meets."""
        self.made += 1
        if len(here.reached) >= MOST_REACHED or here.size >= LARGEST_IN_ALL:
            return []
        key = self.key(state.tree)
        if key is None or key in here.reached:
            return []
        here.reached[key] = state
        size = self.keys.size(state.tree)
        here.size += size
        if size <= LARGEST:
            far = len(self.keys.features(state.tree) ^ here.goal)
            heapq.heappush(here.queue, (state.depth + 0.5 * far + 0.01 * size, next(self.count), state))
        if key in there.reached:
            return [(state, there.reached[key])]
        wide = self.wide(state.tree) if self.wide is not None else None
        if wide is None or wide in here.widely:
            return []
        here.widely[wide] = state
        return [(state, there.widely[wide])] if wide in there.widely else []

    def _expand(self, state: State) -> Iterator[State]:
        trees = [state.tree]
        if self.expands and (wide := self.tidy(expanded(state.tree))) != state.tree:
            trees.append(wide)
        for tree in trees:
            for applied in applications(tree, self.rules, self.keys.setting, self.tidy):
                yield State(applied.tree, state, applied, state.depth + 1)
            if self.chains is not None and not state.chained:
                last = state
                for applied in self.chains(tree):
                    last = State(applied.tree, last, applied, last.depth + 1, chained=True)
                    yield last
