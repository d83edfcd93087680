"""Columns of any type are encoded to the same numbers from a Parquet and from a CSV file."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from pminusy.datasets import load, make_preprocessor, read_features

N = 40


def whole(rng, limit):
    return rng.integers(-limit, limit, N).tolist()


TYPES = {
    "small": (pl.Int64, lambda rng: whole(rng, 9)),
    "byte": (pl.UInt8, lambda rng: [abs(value) for value in whole(rng, 9)]),
    "wide": (pl.Int64, lambda rng: whole(rng, 2**61)),
    "unsigned": (pl.UInt64, lambda rng: [2**63 + abs(value) for value in whole(rng, 3)]),
    "decimal": (pl.Decimal(20, 2), lambda rng: [Decimal(value) / 100 for value in whole(rng, 9999)]),
    "float": (pl.Float64, lambda rng: (rng.normal(size=N) * 10.0 ** rng.integers(-9, 20)).tolist()),
    "whole float": (pl.Float64, lambda rng: list(map(float, whole(rng, 3)))),
    "flag": (pl.Boolean, lambda rng: (rng.random(N) < 0.5).tolist()),
    "date": (pl.Date, lambda rng: [date(2000, 1, 1) + timedelta(days=value) for value in whole(rng, 9000)]),
    "moment": (
        pl.Datetime("ns"),
        lambda rng: [datetime(2000, 1, 1) + timedelta(microseconds=value) for value in whole(rng, 10**15)],
    ),
    "time": (pl.Time, lambda rng: [time(value % 24, value % 60, value % 59) for value in whole(rng, 9999)]),
    "duration": (pl.Duration("us"), lambda rng: [timedelta(seconds=value) for value in whole(rng, 9999)]),
    "string": (
        pl.String,
        lambda rng: rng.choice(["a", "b ", "1.10", "1.1", "007", "None", "x, y", "NA"], N).tolist(),
    ),
    "categorical": (pl.Categorical, lambda rng: rng.choice(["low", "high", "1.0", "1"], N).tolist()),
}


def encoded(preprocessor, X):
    made = preprocessor.transform(X)
    return made.toarray() if hasattr(made, "toarray") else made


@pytest.mark.parametrize("seed", range(40))
def test_the_encoding_is_the_same(tmp_path, seed):
    rng = np.random.default_rng(seed)
    columns = {}
    for kind in rng.choice(list(TYPES), 3, replace=False):
        dtype, make = TYPES[kind]
        values = [None if rng.random() < 0.1 else value for value in make(rng)]
        columns[kind] = pl.Series(values, dtype=dtype)
    frame = pl.DataFrame(columns | {"y": rng.choice(["A", "B", "C"], N)})
    paths = [str(tmp_path / name) for name in ("t.parquet", "t.csv")]
    frame.write_parquet(paths[0])
    frame.with_columns(pl.col(pl.Duration).dt.to_string("iso")).write_csv(paths[1])
    roles = {name: "category" for name in columns if rng.random() < 0.25}
    typed, text = (load(path, roles=roles) for path in paths)
    assert typed.roles == text.roles
    by_type, by_text = (make_preprocessor(dataset).fit(dataset.X) for dataset in (typed, text))
    expected = encoded(by_type, typed.X)
    np.testing.assert_array_equal(encoded(by_text, text.X), expected, strict=True)
    for path in paths:
        np.testing.assert_array_equal(encoded(by_type, read_features(path)), expected, strict=True)
        np.testing.assert_array_equal(encoded(by_text, read_features(path)), expected, strict=True)
