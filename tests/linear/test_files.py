"""Fits to rows in files against fits to the same rows in memory: the same bits."""

from itertools import pairwise

import numpy as np
import pytest

from pminusy import InputError, SoftmaxRegression, open_rows

pa = pytest.importorskip("pyarrow")
from pyarrow import parquet  # noqa: E402


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    rng = np.random.default_rng(1)
    X = rng.standard_normal((9001, 6)).astype(np.float32) * [1, 1, 5, 1, 1, 1] + np.float32(2)
    X = X.astype(np.float32)
    y = np.array(["a", "b", "c"])[(X[:, :3] - 2 + 2 * rng.gumbel(size=(9001, 3))).argmax(axis=1)]
    folder = tmp_path_factory.mktemp("tables")
    cuts = [0, 1, 4000, 4001, 9001]
    for i, (start, stop) in enumerate(pairwise(cuts)):
        columns = {f"x{j}": X[start:stop, j] for j in range(6)} | {"y": y[start:stop]}
        parquet.write_table(pa.table(columns), folder / f"{i}.parquet", row_group_size=777)
    return X, y, folder


@pytest.fixture(params=["row groups", "cache"])
def rows(request, data, tmp_path):
    folder = data[2]
    return open_rows(folder, target="y", memory="2 MB", cache=tmp_path if request.param == "cache" else None)


@pytest.mark.parametrize("n_threads", [1, 2])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"solver": "newton"},
        {"solver": "newton-cg"},
        {"solver": "lbfgs"},
        {"C": np.inf, "compute_inference": True},
        {"fit_intercept": False, "class_weight": "balanced", "label_smoothing": 0.1},
    ],
)
def test_the_same_bits(data, rows, options, n_threads):
    X, y, _ = data
    options = {"random_state": 0, **options}
    ours = SoftmaxRegression(**options, n_threads=n_threads).fit(rows.X, rows.y)
    expected = SoftmaxRegression(**options).fit(X, y)
    np.testing.assert_array_equal(ours.coef_, expected.coef_)
    np.testing.assert_array_equal(ours.intercept_, expected.intercept_)
    assert ours.result_.objective == expected.result_.objective
    assert ours.result_.gap == expected.result_.gap
    np.testing.assert_array_equal(ours.predict_proba(rows.X), expected.predict_proba(X))
    assert ours.score(rows.X, rows.y) == expected.score(X, y)
    if "compute_inference" in options:
        assert ours.coef_table().to_dict() == expected.coef_table().to_dict()


def test_weights_and_target_mass(data, rows):
    X, y, _ = data
    rng = np.random.default_rng(2)
    weights = rng.integers(0, 3, len(y)).astype(float)
    mass = rng.random((len(y), 3))
    ours = SoftmaxRegression().fit(rows.X, mass, weights, classes=["a", "b", "c"])
    expected = SoftmaxRegression().fit(X, mass, weights, classes=["a", "b", "c"])
    np.testing.assert_array_equal(ours.coef_, expected.coef_)


def test_separable_rows_are_recognised(data, rows):
    X, _, _ = data
    y = np.where(X[:, 0] > 2, "b", "a")
    with pytest.warns(match="decreases along some direction"):
        model = SoftmaxRegression(C=np.inf).fit(rows.X, y)
    assert model.result_.separable


def test_what_cannot_be_done_with_them_is_refused(data, rows):
    _, y, _ = data
    with pytest.raises(InputError, match="got rows in files; their working sets"):
        SoftmaxRegression(l1_ratio=0.5).fit(rows.X, y)
    model = SoftmaxRegression().fit(rows.X, y)
    with pytest.raises(InputError, match="expected 6 features, got 2"):
        model.predict(open_rows(data[2], columns=["x0", "x1"]).X)


def test_a_number_that_is_not_finite_is_found(tmp_path):
    columns = {"x0": np.array([1.0, np.inf, 2.0]), "y": [0, 1, 0]}
    parquet.write_table(pa.table(columns), tmp_path / "a.parquet")
    rows = open_rows(tmp_path / "a.parquet", target="y")
    with pytest.raises(InputError, match="got inf at row 1, column 0"):
        SoftmaxRegression().fit(rows.X, rows.y)
