import json
import subprocess
import sys

import numpy as np
import polars as pl
import pytest
from scipy.sparse import csr_matrix
from sklearn.pipeline import Pipeline

from pminusy import Reason, SoftmaxNetwork, SoftmaxRegression
from pminusy.array_file import read_arrays, write_arrays
from pminusy.datasets import load, make_network_preprocessor, make_preprocessor
from pminusy.datasets.matrices import matrix_dataset
from pminusy.datasets.readers.arrays import Arrays
from pminusy.errors import ModelDirectoryError
from pminusy.runs.storage import load_pipeline, load_predictor, save_pipeline


def train(dataset, **parameters) -> Pipeline:
    steps = [
        ("columns", make_preprocessor(dataset)),
        ("classifier", SoftmaxRegression(tol=1e-3, **parameters)),
    ]
    return Pipeline(steps).fit(dataset.X, dataset.y)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "model.safetensors"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """A table with columns of every role, missing values among them."""
    rng, n = np.random.default_rng(2), 260
    path = tmp_path_factory.mktemp("data") / "mixed.csv"
    words = np.array(["red", "fox", "jumps", "over", "blue", "dog", "sleeps", "under", "the", "old", "tree"])
    table = {
        "size": [None if i % 9 == 0 else i / 7 for i in range(n)],
        "price": [f"{i * 13 % 90},5 €" for i in range(n)],
        "colour": [[None, "red", "blue"][i % 3] for i in range(n)],
        "town": [f"t{min(i, 240 - i % 50)}" for i in range(n)],
        "sold": [f"{1 + i % 27:02}.{1 + i % 12:02}.2021" for i in range(n)],
        "note": [" ".join(rng.choice(words, 6)) for _ in range(n)],
        "kind": [["a", "b", "ç"][i % 3] for i in range(n)],
    }
    pl.DataFrame(table, strict=False).write_csv(path)
    return load(str(path), target="kind", roles={"town": "category", "note": "text"})


def matrix(X):
    return matrix_dataset(Arrays(X, np.arange(X.shape[0]) % 2, "y"), name="m", source="m.npz")


DATASETS = {
    "digits": lambda: load("digits"),
    "wine": lambda: load("wine"),
    "integers": lambda: matrix(np.arange(40).reshape(20, 2) % 7),
    "sparse": lambda: matrix(csr_matrix(np.eye(12, 5))),
    "sparse peaks": lambda: matrix(csr_matrix(np.eye(12, 5) * 3)),
}


@pytest.mark.parametrize("name", [*DATASETS, "mixed"])
def test_a_pipeline_read_back_predicts_the_same(name, path, mixed):
    dataset = mixed if name == "mixed" else DATASETS[name]()
    pipeline = train(dataset)
    save_pipeline(pipeline, path)
    again, predictor = load_pipeline(path), load_predictor(path)
    expected = pipeline.predict_proba(dataset.X)
    np.testing.assert_array_equal(again.predict_proba(dataset.X), expected)
    np.testing.assert_array_equal(predictor.predict_proba(predictor.columns.transform(dataset.X)), expected)
    np.testing.assert_array_equal(predictor.classes, pipeline.classes_)
    assert predictor.classes.dtype == pipeline.classes_.dtype
    assert again["classifier"].result_ == pipeline["classifier"].result_
    assert isinstance(again["classifier"].result_.reason, Reason)
    assert again["classifier"].get_params() == pipeline["classifier"].get_params()
    names = [p["columns"].get_feature_names_out(dataset.feature_names).tolist() for p in (pipeline, again)]
    assert names[0] == names[1]


def test_a_network_lies_beside_its_columns(path):
    dataset = load("iris")
    network = SoftmaxNetwork(hidden=(3,), max_epochs=2)
    pipeline = Pipeline([("columns", make_network_preprocessor(dataset)), ("classifier", network)])
    pipeline.fit(dataset.X, dataset.y)
    save_pipeline(pipeline, path)
    predictor = load_predictor(path)
    expected = pipeline.predict_proba(dataset.X)
    np.testing.assert_array_equal(load_pipeline(path).predict_proba(dataset.X), expected)
    np.testing.assert_array_equal(predictor.predict_proba(predictor.columns.transform(dataset.X)), expected)


def test_what_a_model_knows_of_its_errors_is_read_back(path):
    pipeline = train(load("wine"), compute_inference=True)
    save_pipeline(pipeline, path)
    before, after = pipeline["classifier"], load_pipeline(path)["classifier"]
    np.testing.assert_array_equal(after.covariance(), before.covariance())
    assert str(after.coef_table()) == str(before.coef_table())


def test_a_linear_model_predicts_without_scikit_learn(path):
    dataset = load("wine")
    save_pipeline(train(dataset), path)
    code = (
        "import sys; from pathlib import Path; from pminusy.runs.storage import load_predictor;"
        "predictor = load_predictor(Path(sys.argv[1])); print('sklearn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.fixture
def stored(path, mixed):
    save_pipeline(train(mixed), path)
    return read_arrays(path, "model")


def classifier(**changes):
    return lambda arrays, content: content["classifier"].update(changes)


def array(name, change):
    return lambda arrays, content: arrays.update({name: change(arrays[name])})


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (
            lambda arrays, content: content.update(columns={"class": "Popen", "fields": {}}),
            "refers to 'Popen', which no",
        ),
        (lambda arrays, content: content.update(columns=3), "columns: expected an encoder, got 3"),
        (lambda arrays, content: content.pop("classifier"), "classifier"),
        (classifier(verb="x"), "expected the parts of a SoftmaxRegression, got 'verb'"),
        (classifier(__class__="x"), "expected the parts of a SoftmaxRegression, got '__class__'"),
        (classifier(result_=None), "result_: expected the result of a solver, got None"),
        (lambda arrays, content: content["classifier"].pop("coef_"), "expected 'coef_', found"),
        (classifier(coef_=3), "coef_: expected an array, got 3"),
        (array("coef_", lambda coef: coef[:, 1:]), r"coef_: expected shape \(3, \d+\), got \(3, \d+\)"),
        (array("coef_", lambda coef: coef * np.nan), "coef_: expected finite numbers"),
        (array("intercept_", lambda b: b[:2]), "intercept_: expected 3 numbers"),
        (array("columns.encoders.0.mean", lambda mean: mean[1:]), "mean: expected 3 numbers"),
        (array("classes_.lengths", lambda lengths: lengths + 1), "strings: expected 4 bytes, got 7"),
        (lambda arrays, content: arrays.pop("intercept_"), "intercept_"),
    ],
)
@pytest.mark.parametrize("read", [load_pipeline, load_predictor])
def test_a_file_that_was_made_by_other_means_is_refused(path, stored, change, match, read):
    arrays, content = stored
    change(arrays, content)
    write_arrays(path, "model", arrays, content)
    if read is load_predictor and ("parts of" in match or "result_" in match):
        read(path)  # looks at what it needs alone
        return
    with pytest.raises(
        ModelDirectoryError, match=rf"model.safetensors: not readable as a model: [^\n]*{match}"
    ):
        read(path)


@pytest.mark.parametrize("content", [b"", b"no model", b"\x08" + b"\0" * 7 + b'{"a": 1}'])
def test_what_is_no_model_file_is_refused_in_a_line(path, content):
    path.write_bytes(content)
    with pytest.raises(ModelDirectoryError, match=r"model.safetensors: not readable as a saved model[^\n]+$"):
        load_predictor(path)


def test_many_words_take_few_arrays_and_a_small_header(path):
    table = pl.DataFrame({"t": [" ".join(f"word{i}" for i in range(j, j + 300)) for j in range(0, 9000, 30)]})
    encoder = make_preprocessor_of(table)
    write = Pipeline([("columns", encoder), ("classifier", fitted_to(encoder.transform(table)))])
    save_pipeline(write, path)
    arrays, content = read_arrays(path, "model")
    assert len(arrays) < 8
    assert len(json.dumps(content)) < 10_000
    assert len(load_predictor(path).columns.vocabulary) > 9000


def make_preprocessor_of(table):
    from pminusy.datasets.encoders.text import Text

    return Text("t", "words", 1).fit(table)


def fitted_to(X):
    with pytest.warns(match="max_iter"):
        return SoftmaxRegression(max_iter=1).fit(X, np.arange(X.shape[0]) % 2)


@pytest.mark.parametrize("sparsified", [False, True])
@pytest.mark.parametrize("options", [{"l1_ratio": 0.7}, {"l1_ratio": 1.0, "group": True}])
def test_a_sparse_classifier_comes_back(path, options, sparsified):
    dataset = load("wine")
    factors = np.linspace(0.0, 2.0, dataset.X.shape[1])
    pipeline = train(dataset, C=0.05, penalty_factors=factors, **options)
    classifier = pipeline["classifier"]
    coefficients = classifier.coef_
    assert 0 < coefficients.any(axis=0).sum() < dataset.X.shape[1]
    if sparsified:
        classifier.sparsify()
    save_pipeline(pipeline, path)
    loaded = load_pipeline(path)["classifier"]
    assert np.array_equal(loaded.coef_, coefficients)
    assert np.array_equal(loaded.penalty_factors, factors)
    assert (loaded.l1_ratio, loaded.group) == (classifier.l1_ratio, classifier.group)
    assert loaded.result_.gap == classifier.result_.gap
    proba = pipeline.predict_proba(dataset.X)
    predictor = load_predictor(path)
    assert np.array_equal(predictor.predict_proba(predictor.columns.transform(dataset.X)), proba)
