from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp

from pminusy.blocks.memory import in_memory
from pminusy.blocks.partial_sums import Strands
from pminusy.kernels.linear import BLOCK
from pminusy.kernels.parallel import threads

DOUBLE = np.dtype(np.float64)


def visited(X: Any, work: int, n_sums: int = 10) -> list[list[tuple[int, int]]]:
    """Which rows each strand has seen, in its order."""
    strands = Strands(in_memory(X, DOUBLE), work, n_sums)
    seen: list[list[tuple[int, int]]] = [[(-1, -1)] for _ in range(len(strands))]
    strands.visit(
        lambda strand: seen[strand].clear(),
        lambda strand, block, start, stop: seen[strand].append((start, stop)),
    )
    return seen


@pytest.mark.parametrize("n_rows", [1, 64, 1000, 60_001])
@pytest.mark.parametrize("kind", [np.asarray, np.asfortranarray, lambda X: sp.csr_matrix(X.astype(np.int8))])
def test_every_row_is_visited_once_in_order(n_rows: int, kind: Any) -> None:
    seen = [rows for strand in visited(kind(np.ones((n_rows, 3))), 1 << 24) for rows in strand]
    assert [start for start, _ in seen] == [0, *(stop for _, stop in seen[:-1])]
    assert seen[-1][1] == n_rows
    assert all(start % BLOCK == 0 for start, _ in seen)


def test_the_cuts_are_the_same_for_any_number_of_threads() -> None:
    X, found = np.asfortranarray(np.ones((50_000, 3))), []
    for n in (1, 2, 5):
        with threads(n):
            found.append(visited(X, 1 << 24))
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("work", "n_sums", "expected"), [(1 << 17, 10, 1), (1 << 24, 10, 8), (1 << 24, 1 << 24, 2)]
)
def test_as_many_strands_as_work_and_memory_are_worth(work: int, n_sums: int, expected: int) -> None:
    assert len(visited(np.ones((50_000, 3)), work, n_sums)) == expected
