import numpy as np

from pminusy.datasets import load


def test_rows_are_taken_by_index_and_by_mask():
    for name in ("iris", "digits"):
        dataset = load(name)
        rows = np.array([140, 3, 3])
        by_index = dataset.take(rows)
        assert by_index.n_rows == 3
        np.testing.assert_array_equal(by_index.y, dataset.y[rows])
        np.testing.assert_array_equal(np.asarray(by_index.X), np.asarray(dataset.X)[rows])
        mask = np.zeros(dataset.n_rows, bool)
        mask[[3, 140]] = True
        np.testing.assert_array_equal(np.asarray(dataset.take(mask).X), np.asarray(dataset.X)[[3, 140]])


def test_everything_else_stays():
    dataset = load("wine")
    part = dataset.take(np.arange(5))
    assert (part.name, part.roles, part.feature_names) == (dataset.name, dataset.roles, dataset.feature_names)
