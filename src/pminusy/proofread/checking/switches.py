"""Where an integrand is not smooth: the places at which a case, a maximum, a sign or a magnitude in it switches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.dual import Array, plain
from pminusy.proofread.checking.quadrature import Range, Rule

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

MOST_SWITCHES = 4
HALVINGS = 60
COARSE = Rule(1 / 32)
# What is recorded of an integrand evaluated at some places along the newest axis: one truth value after the other.
States = Callable[[Array], list[Array]]


@contextmanager
def recorded(evaluator: Evaluator) -> Iterator[list[Array]]:
    """The truth values that decide between smooth pieces, as they come up."""
    before, evaluator.switches = evaluator.switches, (found := list[Array]())
    try:
        yield found
    finally:
        evaluator.switches = before
        if before is not None:
            before.extend(found)


def pieces(over: Range, states: States, level: int) -> list[Range]:
    """A range cut where the integrand switches; whole where it does not, or in too many or different places."""
    places = plain(COARSE.places(over, level)[0])
    state = _joined(states(places), places)
    if state is None:
        return [over]
    changes = (state[1:] != state[:-1]).any(-1)
    number = changes.sum(0)
    if not number.any() or number.min() != number.max() or number.max() > MOST_SWITCHES:
        return [over]
    places = np.broadcast_to(places, state.shape[:-1]).astype(float)
    order = np.sort(
        np.where(changes, np.arange(len(changes)).reshape((-1,) + (1,) * (changes.ndim - 1)), len(changes)), 0
    )
    below = order[: int(number.max())]
    lows, highs = np.take_along_axis(places, below, 0), np.take_along_axis(places, below + 1, 0)
    cuts = _bisected(lows, highs, states)
    ends = [over.low, *cuts, over.high]
    return [Range(low, high) for low, high in pairwise(ends)]


def _bisected(lows: Array, highs: Array, states: States) -> list[Array]:
    first = _joined(states(lows), lows)
    assert first is not None
    for _ in range(HALVINGS):
        middle = (lows + highs) / 2
        state = _joined(states(middle), middle)
        assert state is not None
        same = (state == first).all(-1)
        lows, highs = np.where(same, middle, lows), np.where(same, highs, middle)
    return list((lows + highs) / 2)


def _joined(states: list[Array], places: Array) -> Array | None:
    """All truth values that vary along the newest axis, along a last axis; None where there are none."""
    own = [state for state in states if state.ndim == places.ndim and len(state) == len(places)]
    if not own:
        return None
    shape = np.broadcast_shapes(places.shape, *(state.shape for state in own))
    return np.stack([np.broadcast_to(state, shape) for state in own], -1)
