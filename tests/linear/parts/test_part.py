from __future__ import annotations

import numpy as np
import pytest

from pminusy import TargetError
from pminusy.kernels.parallel import n_threads
from pminusy.linear.objective import Place
from pminusy.linear.parts.part import LinearPart, PartRows, TargetOptions, pose, settle

LETTERS = TargetOptions(np.array(["b", "c", "a"]), None, 0.0)


def part(y: object, n_allowed: int | None = None) -> LinearPart:
    rows = PartRows(7, np.ones((len(np.asarray(y)), 2)), np.asarray(y), None)
    return LinearPart(rows, Place(0, 0), n_allowed)


def test_labels_become_numbers_of_classes_in_any_order() -> None:
    assert LETTERS.encode(np.array(["a", "b", "c", "a"])).tolist() == [2, 0, 1, 2]


def test_a_part_is_a_part_of_all_rows() -> None:
    own = part(["a", "b"])
    assert own.do(settle, LETTERS) == (2.0, 1)
    own.do(pose, LETTERS, 8.0, True)
    assert own.problem.settle(np.dtype(np.float64)).total_weight == 8.0
    assert own.problem.fit_intercept


def test_work_has_the_threads_it_may_use() -> None:
    assert part(["a"], 1).do(lambda _: n_threads()) == 1


def test_an_error_names_the_partition() -> None:
    with pytest.raises(TargetError, match=r"at row 1, class 0, in partition 7"):
        part([[0.5, 0.2, 0.3], [-1.0, 1.0, 1.0]]).do(settle, LETTERS)
