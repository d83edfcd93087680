from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from tests.blocks.dask.cluster import kill, left_behind, local_cluster, wait_for

from pminusy.blocks.dask.parts import DaskParts
from pminusy.blocks.parts import LocalParts
from pminusy.linear.objective import Place
from pminusy.linear.parts.part import LinearPart, PartRows

pytest.importorskip("distributed")

VALUES = np.random.default_rng(0).standard_normal(7) * 10.0 ** np.arange(7)


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with local_cluster(2) as client:
        yield client


def make(number: int, rows: Any, n_threads: int) -> LinearPart:
    return LinearPart(PartRows(number, rows, rows, None), Place(number), n_threads)


@pytest.fixture
def parts(client: Any) -> Iterator[DaskParts]:
    wait_for(client, 2)
    parts = DaskParts(client, _sent(make), [client.submit(np.full, 3, each, pure=False) for each in VALUES])
    yield parts
    parts.close()
    assert left_behind(client) == 0


def _sent(function: Any) -> Any:
    """A function that workers get as it stands, without this module."""
    import sys

    import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[function.__module__])
    return function


def total(part: LinearPart) -> Any:
    return part.rows.y.sum(), part.rows.partition


def test_a_sum_is_the_same_as_here(parts: DaskParts) -> None:
    local = LocalParts([make(number, np.full(3, each), 1) for number, each in enumerate(VALUES)])
    assert parts.total(total) == local.total(total)
    assert parts.each(total) == local.each(total)
    assert len(parts) == 7


def test_an_error_comes_as_it_is(parts: DaskParts) -> None:
    with pytest.raises(AttributeError, match="absent"):
        parts.total(operator.attrgetter("absent"))


def leave(part: LinearPart, name: str, value: Any) -> float:
    setattr(part, name, value)
    return float(value)


def left(part: LinearPart, name: str) -> Any:
    return getattr(part, name) + part.place.number


@pytest.mark.parametrize("dead", [[0], [1], [0, 1]])
def test_what_is_lost_is_made_again_with_what_was_left_on_it(
    client: Any, parts: DaskParts, dead: Any
) -> None:
    parts.leave("first", leave, "one", 10)
    parts.leave("second", leave, "two", 0)
    assert parts.total_left("second", leave, "two", 20) == 140
    parts.leave("third", leave, "three", 30)
    parts.forget("third")
    kill(client, *dead)
    assert parts.each(left, "two") == [20, 21, 22, 23, 24, 25, 26]
    assert parts.total(left, "one") == 91
