import numpy as np
import pytest

from pminusy.errors import InputError
from pminusy.report.predictions import predict
from pminusy.report.scored import score


@pytest.fixture(scope="module")
def pipeline(table, train):
    return train(table, table.X, table.y)


def _blocks(pipeline, dataset, size):
    for start in range(0, dataset.n_rows, size):
        rows = slice(start, start + size)
        yield predict(pipeline, dataset.X[rows], dataset.y[rows], part="train")


@pytest.mark.parametrize("size", [1, 7, 39])
def test_blocks_are_scored_as_all_rows_at_once(table, pipeline, size):
    rng = np.random.default_rng(0)
    shuffled = table.take(rng.permutation(table.n_rows))
    wrong = np.roll(shuffled.y, 1)  # so that there are mistakes, more than are shown
    data = type(shuffled)(**{**vars(shuffled), "y": wrong})
    names = tuple(map(str, pipeline.classes_))
    whole = score(data, _blocks(pipeline, data, data.n_rows), names)
    parts = score(data, _blocks(pipeline, data, size), names)
    assert parts.metrics.n == whole.metrics.n == table.n_rows
    for name in ("accuracy", "log_loss", "brier", "ece"):
        assert getattr(parts.metrics, name) == pytest.approx(getattr(whole.metrics, name), rel=1e-12)
    assert (parts.counts != whole.counts).nnz == 0
    assert [(each.row, each.true, each.values) for each in parts.mistakes] == [
        (each.row, each.true, each.values) for each in whole.mistakes
    ]
    assert len(parts.mistakes) > 5
    for one, other in zip(parts.reliability, whole.reliability, strict=True):
        assert (one.lower, one.upper, one.count) == (other.lower, other.upper, other.count)
        assert (one.confidence, one.accuracy) == pytest.approx((other.confidence, other.accuracy))


def test_without_rows_there_is_nothing_to_score(table):
    with pytest.raises(InputError, match="blocks: expected at least one block of rows, got none"):
        score(table, [], ("a", "b"))
