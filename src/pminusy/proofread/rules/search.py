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
from pminusy.proofread.syntax.tree import Node, walk

MOST_MEETINGS = 6  # ways that are evaluated before the search gives up
LARGEST = 400  # nodes of a formula that is looked at


@dataclass(frozen=True)
class State:
    """A formula on the way, and how it was reached."""

    tree: Node
    parent: State | None = None
    by: Applied | None = None
    depth: int = 0

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
    queue: list[tuple[float, int, State]] = field(default_factory=list)


@dataclass
class Search:
    """The search between two formulas with some rules; `key` says which formulas are the same to it.

    `most` bounds the states that are expanded at each end.
    """

    keys: Keys
    rules: Sequence[Rule]
    key: Callable[[Node], Any]
    most: int
    tidy: Tidy
    chains: Callable[[Node], list[Applied]] | None = None
    expands: bool = True
    count: Iterator[int] = field(default_factory=itertools.count)

    def meetings(self, start: Node, goal: Node) -> Iterator[tuple[State, State]]:
        """Pairs of states that are the same to the search, from both ends, the likely ones first."""
        sides = [self._side(start, goal), self._side(goal, start)]
        if self.key(start) == self.key(goal):
            yield State(start), State(goal)
        for _ in range(self.most):
            if not sides[0].queue and not sides[1].queue:
                return
            for here, there in ((0, 1), (1, 0)):
                if not sides[here].queue:
                    continue
                _, _, state = heapq.heappop(sides[here].queue)
                for new in self._expand(state):
                    key = self._enter(sides[here], new)
                    if key is not None and key in sides[there].reached:
                        other = sides[there].reached[key]
                        yield (new, other) if here == 0 else (other, new)

    def _side(self, start: Node, goal: Node) -> Side:
        side = Side(self.keys.features(goal))
        self._enter(side, State(start))
        return side

    def _enter(self, side: Side, state: State) -> Any:
        key = self.key(state.tree)
        if key is None or key in side.reached:
            return None
        side.reached[key] = state
        features = self.keys.features(state.tree)
        size = sum(1 for _ in walk(state.tree))
        if size > LARGEST:
            return key
        far = len(features ^ side.goal)
        heapq.heappush(side.queue, (state.depth + 0.5 * far + 0.01 * size, next(self.count), state))
        return key

    def _expand(self, state: State) -> Iterator[State]:
        trees = [state.tree]
        if self.expands and (wide := self.tidy(expanded(state.tree))) != state.tree:
            trees.append(wide)
        for tree in trees:
            for applied in applications(tree, self.rules, self.keys.setting, self.tidy):
                yield State(applied.tree, state, applied, state.depth + 1)
            if self.chains is not None:
                last = state
                for applied in self.chains(tree):
                    last = State(applied.tree, last, applied, last.depth + 1)
                    yield last
