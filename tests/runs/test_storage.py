from zipfile import ZipFile

import numpy as np
import pytest
import skops.io
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

from pminusy import Reason, SoftmaxRegression
from pminusy.datasets import load, make_preprocessor
from pminusy.errors import ModelDirectoryError
from pminusy.runs.storage import load_pipeline, save_pipeline


def train(dataset) -> Pipeline:
    return Pipeline(
        [("columns", make_preprocessor(dataset)), ("classifier", SoftmaxRegression(tol=1e-3))]
    ).fit(dataset.X, dataset.y)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "model.skops"


@pytest.fixture
def fruit_data(fruit):
    return load(fruit, target="kind")


@pytest.mark.parametrize("name", ["digits", "wine", "fruit"])
def test_a_pipeline_read_back_predicts_the_same(name, path, fruit_data):
    dataset = fruit_data if name == "fruit" else load(name)
    pipeline = train(dataset)
    save_pipeline(pipeline, path)
    again = load_pipeline(path)
    assert np.array_equal(again.predict_proba(dataset.X), pipeline.predict_proba(dataset.X))
    assert again["classifier"].result_ == pipeline["classifier"].result_
    assert isinstance(again["classifier"].result_.reason, Reason)


def test_what_a_model_knows_of_its_errors_is_read_back(path):
    dataset = load("wine")
    pipeline = Pipeline(
        [
            ("columns", make_preprocessor(dataset)),
            ("classifier", SoftmaxRegression(compute_inference=True)),
        ]
    ).fit(dataset.X, dataset.y)
    save_pipeline(pipeline, path)
    before, after = pipeline["classifier"], load_pipeline(path)["classifier"]
    np.testing.assert_array_equal(after.covariance(), before.covariance())
    np.testing.assert_array_equal(after.standard_errors_, before.standard_errors_)
    assert str(after.coef_table()) == str(before.coef_table())


def test_the_file_is_compressed_and_holds_no_pickle(path):
    save_pipeline(train(load("wine")), path)
    with ZipFile(path) as archive:
        assert all(
            entry.compress_size < entry.file_size for entry in archive.infolist() if entry.file_size > 999
        )
        assert not [name for name in archive.namelist() if "pkl" in name or "pickle" in name]


def test_a_type_that_no_model_has_is_refused_by_name(path):
    skops.io.dump(
        Pipeline([("columns", FunctionTransformer(print)), ("classifier", LogisticRegression())]), path
    )
    with pytest.raises(ModelDirectoryError, match=r"refers to 'builtins.print', which no pminusy model uses"):
        load_pipeline(path)


@pytest.mark.parametrize("stored", [LogisticRegression(), Pipeline([("classifier", LogisticRegression())])])
def test_another_estimator_is_refused(path, stored):
    skops.io.dump(stored, path)
    with pytest.raises(ModelDirectoryError, match="expected a pipeline of columns and classifier"):
        load_pipeline(path)


def test_a_pipeline_with_another_classifier_is_refused(path):
    skops.io.dump(Pipeline([("columns", None), ("classifier", LogisticRegression())]), path)
    with pytest.raises(
        ModelDirectoryError, match="expected a SoftmaxRegression as classifier, got LogisticRegression"
    ):
        load_pipeline(path)


def test_a_classifier_without_a_fit_is_refused(path):
    skops.io.dump(Pipeline([("columns", None), ("classifier", SoftmaxRegression())]), path)
    with pytest.raises(ModelDirectoryError, match="no attribute 'result_'"):
        load_pipeline(path)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_model_file_is_refused_in_a_line(path, content):
    path.write_bytes(content)
    with pytest.raises(ModelDirectoryError, match=r"model.skops: not readable as a model: [^\n]+$"):
        load_pipeline(path)
