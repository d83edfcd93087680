from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp

from pminusy.linear.parts.reading import all_classes, as_targets, check_alike, read_partition, summarise

X, Y = np.arange(6.0).reshape(3, 2), np.array([1, 0, 1])


def summaries(*given: tuple[Any, Any], may_be_mass: bool = False) -> Any:
    return [
        summarise(read_partition(2 * number + 1, *rows, None, may_be_mass=may_be_mass))
        for number, rows in enumerate(given)
    ]


@pytest.mark.parametrize(
    ("rows", "labels", "weights", "message"),
    [
        (
            [[1.0, np.nan]],
            [0],
            None,
            r"X: expected finite numbers, got NaN at row 0, column 1, in partition 5",
        ),
        (X, [1, 0], None, r"y: expected one label for each of 3 rows of X, got 2, in partition 5"),
        (X, [1, None, 0], None, r"got a missing one \(None\) at row 1, in partition 5"),
        (
            X,
            Y,
            [1.0, -1.0, 1.0],
            r"sample_weight: expected finite weights ≥ 0, got -1.0 at row 1, in partition 5",
        ),
        (X, np.eye(3), None, r"to pass target mass, set classes=, in partition 5"),
        (np.array([["a", "b"]]), [0], None, r"in partition 5"),
    ],
)
def test_what_is_wrong_is_named_with_its_partition(
    rows: Any, labels: Any, weights: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        read_partition(5, np.asarray(rows), np.array(labels), weights, may_be_mass=False)


def test_nothing_is_asked_of_a_partition_without_rows() -> None:
    assert read_partition(0, X[:0], Y[:0], None, may_be_mass=False).X.shape == (0, 2)


FRAME = pd.DataFrame(X, columns=["a", "b"])


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ((FRAME.rename(columns={"b": "c"}), Y), r"got 'c' in partition 3, and 'b' in partition 1"),
        ((FRAME[["b", "a"]], Y), r"got 'b', 'a' in partition 3, and 'a', 'b' in partition 1"),
        (
            (FRAME.astype(np.float32), Y),
            r"one dtype .* got float32 in partition 3, and float64 in partition 1",
        ),
        ((FRAME, Y.astype(str)), r"labels of a single type, .* in partition 3, and labels of dtype int64"),
    ],
)
def test_partitions_are_alike(other: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_alike(summaries((FRAME, Y), other))


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (X[:, :1], "as many columns in all partitions, got 1 in partition 3"),
        (sp.csr_matrix(X), "got sparse in part"),
    ],
)
def test_arrays_are_alike(other: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_alike(summaries((X, Y), (other, Y)))


def test_numbers_of_any_kind_are_labels_of_one_type() -> None:
    check_alike(summaries((X, Y), (X, Y > 0), (X, Y.astype(np.int8))))


def test_classes_are_those_of_all_partitions() -> None:
    parts = summaries((X, Y), (X, [7, 1, 7]))
    assert all_classes(parts, None).tolist() == [0, 1, 7]
    assert all_classes(parts, [7, 3, 0, 1]).tolist() == [7, 3, 0, 1]
    with pytest.raises(ValueError, match=r"among \[0, 1\], got 7 in partition 3"):
        all_classes(parts, [0, 1])
    with pytest.raises(ValueError, match="at least 2 classes"):
        all_classes(summaries((X, Y * 0)), None)


def test_mass_has_a_column_for_each_class() -> None:
    parts = summaries((X, np.eye(3)), may_be_mass=True)
    assert all_classes(parts, ["a", "b", "c"]).tolist() == ["a", "b", "c"]
    with pytest.raises(ValueError, match="for each of the 2 classes"):
        all_classes(parts, [0, 1])


def test_each_class_once() -> None:
    assert as_targets(np.array(["x", "y"])).encoded.tolist() == [0, 1]
