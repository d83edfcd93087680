import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import skops.io
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, MaxAbsScaler, StandardScaler

from pminusy import SoftmaxRegression
from pminusy.datasets.encoders.arrays import AsTheyAre, ForNetwork, Pixels, SparsePeaks, Standardised
from pminusy.datasets.transforms import scale_pixels, to_float32, to_images, to_singles
from pminusy.errors import ModelDirectoryError
from pminusy.runs import old_storage
from pminusy.runs.old_storage import load_old_pipeline
from pminusy.runs.predict import predict
from pminusy.runs.saved import read_model

OLD = Path(__file__).parent / "format_4"
X = np.arange(12.0).reshape(3, 4)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "model.skops"


@pytest.mark.parametrize("name", ["mixed", "net"])
@pytest.mark.filterwarnings("ignore:column 'town'")
def test_a_directory_of_format_4_predicts_what_it_did(name):
    found = predict(OLD / name, str(OLD / "rows.csv"), proba=True)
    expected = pl.read_csv(OLD / name / "predictions.csv")
    assert found["predicted"].to_list() == expected["predicted"].to_list()
    np.testing.assert_allclose(found[:, 1:].to_numpy(), expected[:, 1:].to_numpy(), rtol=1e-5)


def test_its_classifier_knows_how_it_was_fitted():
    manifest, pipeline = read_model(OLD / "mixed")
    assert manifest.format == 4
    assert pipeline["classifier"].result_.converged


@pytest.mark.parametrize(
    ("transformer", "expected", "rows"),
    [
        (FunctionTransformer(None, accept_sparse=True), AsTheyAre, csr_matrix(X)),
        (MaxAbsScaler(), SparsePeaks, csr_matrix(X)),
        (StandardScaler(), Standardised, X),
        (
            make_pipeline(FunctionTransformer(to_float32), StandardScaler(copy=False)),
            Standardised,
            X.astype(np.uint16),
        ),
        (FunctionTransformer(scale_pixels, kw_args={"peak": 255.0}), Pixels, X.astype(np.uint8)),
        (make_pipeline(StandardScaler(), FunctionTransformer(to_singles)), ForNetwork, X),
        (
            make_pipeline(
                FunctionTransformer(scale_pixels, kw_args={"peak": 11.0}),
                FunctionTransformer(to_singles),
                FunctionTransformer(to_images, kw_args={"shape": (2, 2)}),
            ),
            ForNetwork,
            X.astype(np.uint8),
        ),
    ],
)
def test_transformers_of_arrays_become_encoders(path, transformer, expected, rows):
    encoded = transformer.fit_transform(rows)
    y = np.arange(3)
    model = SoftmaxRegression().fit(encoded.reshape(3, -1), y)
    skops.io.dump(Pipeline([("columns", transformer), ("classifier", model)]), path)
    columns = load_old_pipeline(path)["columns"]
    assert type(columns) is expected
    found = columns.transform(rows)
    assert found.shape == encoded.shape
    np.testing.assert_allclose(abs(found - encoded).max(), 0, atol=1e-6)


def test_without_skops_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(old_storage, "find_spec", lambda name: None)
    with pytest.raises(
        ModelDirectoryError, match=r"model.skops: written by an older version; .* pip install skops"
    ):
        predict(OLD / "mixed", str(OLD / "rows.csv"))


def test_an_altered_file_is_found_out(tmp_path):
    folder = Path(shutil.copytree(OLD / "mixed", tmp_path / "mixed"))
    with (folder / "model.skops").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelDirectoryError, match=r"model.skops: changed since it was written"):
        read_model(folder)


def test_a_type_that_no_model_has_is_refused_by_name(path):
    skops.io.dump(
        Pipeline([("columns", FunctionTransformer(print)), ("classifier", LogisticRegression())]), path
    )
    with pytest.raises(ModelDirectoryError, match=r"refers to 'builtins.print', which no pminusy model uses"):
        load_old_pipeline(path)


@pytest.mark.parametrize(
    ("stored", "match"),
    [
        (LogisticRegression(), "expected a pipeline of columns and classifier"),
        (Pipeline([("classifier", LogisticRegression())]), "expected a pipeline of columns and classifier"),
        (Pipeline([("columns", None), ("classifier", LogisticRegression())]), "expected a SoftmaxRegression"),
        (Pipeline([("columns", None), ("classifier", SoftmaxRegression())]), "no attribute 'result_'"),
    ],
)
def test_another_estimator_is_refused(path, stored, match):
    skops.io.dump(stored, path)
    with pytest.raises(ModelDirectoryError, match=match):
        load_old_pipeline(path)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_model_file_is_refused_in_a_line(path, content):
    path.write_bytes(content)
    with pytest.raises(ModelDirectoryError, match=r"model.skops: not readable as a model: [^\n]+$"):
        load_old_pipeline(path)
