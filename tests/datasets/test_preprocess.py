import tracemalloc

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, issparse

from pminusy.datasets import load, make_network_preprocessor, make_preprocessor
from pminusy.datasets.dataset import Role
from pminusy.datasets.matrices import matrix_dataset
from pminusy.datasets.readers.arrays import Arrays
from pminusy.datasets.tables import table_dataset
from pminusy.errors import DataError

WORDS = ["red fox jumps", "blue fox sleeps", "red dog sleeps", "blue dog jumps"]


PACKAGES = [
    f"lib{start}{end}-dev" for start in "abcdefghij" for end in ("", "v", "rr", "zip", "quux", "stuff")
]


def table(columns, **roles):
    n = len(next(iter(columns.values())))
    frame = pl.DataFrame(columns, strict=False).with_columns(target=pl.Series([0, 1] * n)[:n])
    return table_dataset(
        frame,
        name="t",
        source="t.csv",
        target="target",
        drop=(),
        roles={k: Role(v) for k, v in roles.items()},
    )


def matrix(X, **arrays):
    return matrix_dataset(Arrays(X, np.arange(X.shape[0]) % 2, "y", **arrays), name="m", source="m.npz")


def mixed():
    return table(
        {
            "size": [1.0, None, 3.0, 100.0] * 10,
            "count": [1, 2, 3, 4] * 10,
            "colour": ["red", "blue", None, "red"] * 10,
            "what": WORDS * 10,
        },
        what="text",
    )


def test_numbers_are_imputed_and_standardised():
    dataset = table({"a": [1.0, 2.0, None, 30.0], "b": [1, 2, 3, 4]})
    preprocessor = make_preprocessor(dataset)
    filled = np.array([[1, 1, 0], [2, 2, 0], [2, 3, 1], [30, 4, 0]], float)
    expected = (filled - filled.mean(axis=0)) / filled.std(axis=0)
    np.testing.assert_allclose(preprocessor.fit_transform(dataset.X), expected, rtol=1e-12)
    assert preprocessor.get_feature_names_out().tolist() == ["a", "b", "missingindicator_a"]


def test_categories_are_one_hot_and_missing_is_one_of_them():
    dataset = table({"colour": ["red", None, "blue", "red"], "n": [1, 2, 1, 2]}, n="category")
    preprocessor = make_preprocessor(dataset)
    encoded = preprocessor.fit_transform(dataset.X)
    names = ["colour=blue", "colour=missing", "colour=red", "n=1", "n=2"]
    assert preprocessor.get_feature_names_out().tolist() == names
    np.testing.assert_array_equal(
        np.asarray(encoded), [[0, 0, 1, 1, 0], [0, 1, 0, 0, 1], [1, 0, 0, 1, 0], [0, 0, 1, 0, 1]]
    )


def test_a_category_never_seen_is_all_zeros():
    dataset = table({"colour": ["red", "blue"] * 2})
    preprocessor = make_preprocessor(dataset).fit(dataset.X)
    np.testing.assert_array_equal(
        preprocessor.transform(pl.DataFrame({"colour": ["green", None, "red"]})), [[0, 0], [0, 0], [0, 1]]
    )


def test_rare_categories_go_together_where_there_are_very_many():
    common = [f"c{i}" for i in range(80)] * 6
    dataset = table({"city": common + [f"rare{i}" for i in range(40)]})
    preprocessor = make_preprocessor(dataset)
    encoded = preprocessor.fit_transform(dataset.X)
    assert encoded.shape[1] == 81
    rare = preprocessor.transform(pl.DataFrame({"city": ["rare3", "never seen"]}))
    np.testing.assert_array_equal(rare.toarray()[:, :80], 0)
    np.testing.assert_array_equal(rare.toarray()[:, 80], 1)


def test_text_makes_the_result_sparse_and_single():
    dataset = mixed()
    preprocessor = make_preprocessor(dataset)
    features = preprocessor.fit_transform(dataset.X)
    assert issparse(features)
    assert features.dtype == np.float32
    names = preprocessor.get_feature_names_out().tolist()
    assert names[:3] == ["size", "count", "missingindicator_size"]
    assert {"colour=missing", "what: fox", "what: red fox"} <= set(names)
    np.testing.assert_allclose(features[:, :3].toarray().mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(features[:, :3].toarray().std(axis=0), 1, rtol=1e-6)


def test_names_are_read_as_pieces_of_words():
    dataset = table({"package": PACKAGES})
    preprocessor = make_preprocessor(dataset).fit(dataset.X)
    assert "package: lib" in preprocessor.get_feature_names_out()


@pytest.mark.parametrize("values", [["a", "b"] * 2, ["!!", "??"] * 2, [None, "x"] * 2, list("abcd") * 60])
def test_any_column_may_be_text(values):
    dataset = table({"c__d": values}, c__d="text")
    preprocessor = make_preprocessor(dataset)
    assert preprocessor.fit_transform(dataset.X).shape[0] == len(values)
    assert all(name.startswith("c__d: ") for name in preprocessor.get_feature_names_out())


def test_columns_of_awkward_names():
    columns = {
        name: ["a", "b", None] for name in ("remainder", "n_jobs", "a__b", "a_b", "x=y", "", "0 text of z")
    }
    dataset = table(columns, remainder="text", a__b="text", a_b="text")
    preprocessor = make_preprocessor(dataset)
    assert preprocessor.fit_transform(dataset.X).shape[1] == len(preprocessor.get_feature_names_out())


def test_a_column_without_values_does_not_fail():
    dataset = table({"a": [None, None], "b": [1, 2]}, a="numeric")
    np.testing.assert_array_equal(make_preprocessor(dataset).fit_transform(dataset.X)[:, 0], 0)


@settings(deadline=None)
@given(seed=st.integers(0, 2**32 - 1), types=st.sampled_from([pl.String, pl.Float64, pl.Int64]))
def test_the_file_to_predict_may_differ_in_order_and_types(seed, types):
    order = np.random.default_rng(seed).permutation(["size", "level", "colour", "extra"])
    frame = pl.DataFrame({"size": [1, 2, 4, 8], "level": [1, 2, 1, 3], "colour": ["r", None, "g", "r"]})
    dataset = table(frame.to_dict(as_series=False), level="category")
    preprocessor = make_preprocessor(dataset).fit(dataset.X)
    other = frame.with_columns(pl.col("size", "level").cast(types), extra=pl.lit("unused")).select(order)
    np.testing.assert_array_equal(preprocessor.transform(other), preprocessor.transform(dataset.X))


def test_precision_follows_the_numbers():
    for dtype, expected in ((pl.Float64, np.float64), (pl.Float32, np.float32), (pl.Int64, np.float32)):
        dataset = table({"a": pl.Series([1, 2, 3, 4], dtype=dtype), "b": ["u", "v", "u", "u"]})
        assert make_preprocessor(dataset).fit_transform(dataset.X).dtype == expected
    for dtype, expected in ((np.float64, np.float64), (np.float32, np.float32), (np.int16, np.float32)):
        X = np.arange(8).reshape(4, 2).astype(dtype)
        assert make_preprocessor(matrix(X)).fit_transform(X).dtype == expected


def test_standardising_leaves_the_input_alone():
    for dtype in (np.float64, np.float32, np.int64):
        X = np.arange(8).reshape(4, 2).astype(dtype)
        before = X.copy()
        scaled = make_preprocessor(matrix(X)).fit_transform(X)
        np.testing.assert_allclose(scaled.std(axis=0), 1, rtol=1e-6)
        np.testing.assert_array_equal(X, before)


def test_images_are_divided_by_their_peak():
    digits = load("digits")
    preprocessor = make_preprocessor(digits)
    pixels = preprocessor.fit_transform(digits.X)
    assert pixels.dtype == np.float32
    np.testing.assert_array_equal(pixels, digits.X / np.float32(16))
    assert len(preprocessor.get_feature_names_out()) == 64
    black = matrix(np.zeros((2, 4), np.uint8), image_shape=(2, 2))
    np.testing.assert_array_equal(make_preprocessor(black).fit_transform(black.X), 0)


def test_bytes_are_never_widened_to_double():
    X = np.random.default_rng(0).integers(0, 256, (4000, 784), dtype=np.uint8)
    preprocessor = make_preprocessor(matrix(X))
    tracemalloc.start()
    pixels = preprocessor.fit_transform(X)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1.2 * pixels.nbytes


@pytest.mark.parametrize(("largest", "expected"), [(0.5, 0.5), (4.0, 1.0)])
def test_sparse_columns_are_scaled_only_where_they_exceed_one(largest, expected):
    X = csr_matrix([[0.0, largest], [0.25, 0.0], [0.0, -largest]])
    preprocessor = make_preprocessor(matrix(X))
    scaled = preprocessor.fit_transform(X)
    assert issparse(scaled)
    assert scaled.max() == expected
    assert X.max() == largest
    assert len(preprocessor.get_feature_names_out()) == 2


@pytest.mark.parametrize("name", ["digits", "iris", "mixed"])
def test_a_network_gets_the_same_numbers_in_float32(name):
    dataset = mixed() if name == "mixed" else load(name)
    expected = make_preprocessor(dataset).fit_transform(dataset.X)
    found = make_network_preprocessor(dataset).fit_transform(dataset.X)
    assert found.dtype == np.float32
    assert issparse(found) == issparse(expected)
    difference = abs(found - expected).max()
    assert difference <= 1e-6 * abs(expected).max()


def test_sparse_doubles_reach_a_network_as_sparse_singles():
    X = csr_matrix(np.eye(6, 4) * 0.5)
    found = make_network_preprocessor(matrix(X)).fit_transform(X)
    assert issparse(found)
    assert found.dtype == np.float32


def test_images_keep_their_shape_where_asked_for():
    digits = load("digits")
    images = make_network_preprocessor(digits, as_images=True).fit_transform(digits.X)
    assert images.shape == (1797, 8, 8)
    assert np.array_equal(images.reshape(1797, 64) * 16, digits.X)


def test_what_is_no_image_is_refused_where_images_are_asked_for():
    with pytest.raises(DataError, match=r"expected images, as IDX or as arrays .*, got a table"):
        make_network_preprocessor(load("iris"), as_images=True)
