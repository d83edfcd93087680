from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from pminusy.datasets.dataset import Dataset, Role
from pminusy.datasets.encoders.in_pieces import recut
from pminusy.datasets.encoders.kinds import KINDS
from pminusy.datasets.plain import need_double
from pminusy.datasets.preprocess import make_preprocessor, make_preprocessor_in_pieces
from pminusy.errors import DataError
from pminusy.runs.stored_values import encode

_ROLES = {
    "size": Role.NUMERIC,
    "count": Role.NUMERIC,
    "empty": Role.NUMERIC,
    "colour": Role.CATEGORY,
    "shop": Role.CATEGORY,
    "sold": Role.DATE,
}


def _table(n_rows):
    rng = np.random.default_rng(n_rows)
    gaps = rng.random(n_rows) < 0.1
    return pl.DataFrame(
        {
            "size": pl.Series(rng.standard_normal(n_rows)).set(pl.Series(gaps), None),
            "count": rng.integers(0, 10**6, n_rows),
            "empty": pl.Series([None] * n_rows, dtype=pl.Float64),
            "colour": rng.choice(["red", "1", "1.0", None], n_rows).tolist(),
            "shop": [f"s{number**2 // 200}" for number in rng.integers(0, 250, n_rows)],
            "sold": pl.Series(
                [date(2020, 1, 1) + timedelta(days=int(d)) for d in rng.integers(0, 900, n_rows)]
            ).cast(pl.Datetime("us")),
        }
    )


def _dataset(X, roles=_ROLES):
    y = np.arange(X.height) % 2
    return Dataset("t", "t", "table", X, y, "y", tuple(roles), roles, None, None, ())


@pytest.mark.parametrize("size", [1, 17, 3000])
def test_what_is_learned_in_pieces_is_what_is_learned_at_once(size):
    X = _table(70 if size == 1 else 3000)
    dataset = _dataset(X)

    def pieces():
        return (X[start : start + size] for start in range(0, X.height, size))

    whole = make_preprocessor(dataset)
    expected = whole.fit_transform(X)
    numeric = X[:, ["size", "count", "empty"]]
    found = make_preprocessor_in_pieces(
        dataset,
        [X[name].unique() for name in ("colour", "shop")],
        double=True,
        read_double=need_double(numeric),
    )
    found.learn(pieces)
    for one, other in zip(found.encoders, whole.encoders, strict=True):
        arrays, others = {}, {}
        assert encode(one, "e", arrays) == encode(other, "e", others)
        assert arrays.keys() == others.keys()
        for name, array in arrays.items():
            np.testing.assert_array_equal(array, others[name])
    encoded = np.concatenate([found.transform(piece) for piece in pieces()])
    expected = expected if isinstance(expected, np.ndarray) else expected.toarray()
    np.testing.assert_array_equal(encoded, expected)
    assert set(KINDS) >= {type(each).__name__ for each in found.encoders}


def test_text_is_learned_of_all_rows_only():
    X = pl.DataFrame({"words": ["a b c", "d e f"]})
    with pytest.raises(DataError, match="column 'words': expected numbers, categories or dates, got text"):
        make_preprocessor_in_pieces(_dataset(X, {"words": Role.TEXT}), [], double=False, read_double=False)
    with pytest.raises(TypeError, match="learn in pieces, got Text"):
        make_preprocessor(_dataset(X, {"words": Role.TEXT})).learn(lambda: [X])


def test_blocks_have_the_same_borders_whatever_comes():
    X = np.arange(23).reshape(-1, 1)
    for cuts in ([], [1, 2, 3], [0, 10, 10, 22]):
        blocks = list(recut(np.split(X, cuts), 5))
        assert [len(block) for block in blocks] == [5, 5, 5, 5, 3]
        np.testing.assert_array_equal(np.concatenate(blocks), X)
