import numpy as np
import pytest

from pminusy.errors import TargetError
from pminusy.report import predictions
from pminusy.report.predictions import predict


@pytest.mark.parametrize("name", ["table", "many_classes", "digits"])
def test_predicting_in_blocks_changes_nothing(name, request, train, monkeypatch):
    dataset = request.getfixturevalue(name)
    pipeline = train(dataset, dataset.X, dataset.y)
    monkeypatch.setattr(predictions, "_BLOCK_ROWS", 7)
    part = predict(pipeline, dataset.X, dataset.y, part="train")
    np.testing.assert_allclose(part.probabilities, pipeline.predict_proba(dataset.X), rtol=1e-5, atol=1e-12)
    np.testing.assert_array_equal(pipeline.classes_[part.labels], dataset.y)
    np.testing.assert_array_equal(pipeline.classes_[part.predicted], pipeline.predict(dataset.X))


def test_a_label_that_training_had_not_seen_is_refused(digits, train):
    pipeline = train(digits, digits.X[digits.y < 9], digits.y[digits.y < 9])
    row = int(np.flatnonzero(digits.y == 9)[0])
    with pytest.raises(TargetError, match=f"labels of the test rows: .* got 9 at row {row}"):
        predict(pipeline, digits.X, digits.y, part="test")


@pytest.mark.parametrize("name", ["table", "digits"])
def test_rows_that_are_encoded_already_are_not_encoded_again(name, request, train):
    dataset = request.getfixturevalue(name)
    pipeline = train(dataset, dataset.X, dataset.y)
    expected = predict(pipeline, dataset.X, dataset.y, part="train")
    encoded = pipeline["columns"].transform(dataset.X)
    found = predict(pipeline, None, dataset.y, part="train", encoded=encoded)
    np.testing.assert_array_equal(found.probabilities, expected.probabilities)
    np.testing.assert_array_equal(found.log_true, expected.log_true)
