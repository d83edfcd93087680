from types import SimpleNamespace

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, log_loss

from pminusy.datasets import load
from pminusy.report.build import build_report


@pytest.fixture(scope="module")
def parts(digits):
    held_out = np.arange(digits.n_rows) % 4 == 0
    return digits.take(~held_out), digits.take(held_out)


@pytest.fixture(scope="module")
def pipeline(digits, parts, train):
    learned, _ = parts
    return train(digits, learned.X, learned.y)


def _build(dataset, pipeline, learned, held_out):
    check = SimpleNamespace(ok=True, slope=3.0, worst_index=1, claimed=1.0, measured=1.0, relative_error=0.0)
    return build_report(
        dataset=dataset,
        pipeline=pipeline,
        train=(learned.X, learned.y),
        test=held_out and (held_out.X, held_out.y),
        gradient_check=check,
        seconds=2,
        settings={"C": 0.5, "class_weight": None},
    )


def test_scores_are_those_of_the_pipeline(digits, parts, pipeline):
    report = _build(digits, pipeline, *parts)
    for scores, part in zip((report.train, report.test), parts, strict=True):
        assert scores.n == part.n_rows
        assert scores.accuracy == accuracy_score(part.y, pipeline.predict(part.X))
        assert scores.log_loss == pytest.approx(log_loss(part.y, pipeline.predict_proba(part.X)), rel=1e-5)


def test_the_parts_of_a_report_agree_with_each_other(digits, parts, pipeline):
    report = _build(digits, pipeline, *parts)
    counts = np.array(report.confusion.counts)
    assert report.scores is report.test
    assert counts.trace() / counts.sum() == report.test.accuracy
    assert (
        sum(c.support for c in report.per_class) == sum(b.count for b in report.reliability) == report.test.n
    )
    assert len(report.mistakes) == min(24, counts.sum() - counts.trace())
    assert sum(c.train for c in report.data.classes) == report.train.n
    assert report.data.n_inputs == len(report.weights[0].image.levels) == 64


def test_the_baseline_answers_with_the_class_shares(digits, parts, pipeline):
    learned, held_out = parts
    report = _build(digits, pipeline, learned, held_out)
    shares = np.bincount(learned.y) / learned.n_rows
    assert report.baseline.accuracy == np.mean(held_out.y == shares.argmax())
    assert report.baseline.log_loss == pytest.approx(-np.log(shares[held_out.y]).mean())


def test_settings_and_versions_are_text(digits, parts, pipeline):
    report = _build(digits, pipeline, *parts)
    assert [(fact.name, fact.value) for fact in report.settings] == [("C", "0.5"), ("class_weight", "none")]
    assert {fact.name: fact.value for fact in report.versions}["numpy"] == np.__version__


def test_a_test_part_may_lack_classes(digits, parts, pipeline):
    learned, held_out = parts
    report = _build(digits, pipeline, learned, held_out.take(held_out.y > 4))
    assert report.test.n == (held_out.y > 4).sum()
    assert {c.name for c in report.per_class if c.recall is None} == set("01234")


def test_without_a_test_part_the_training_rows_are_shown(wine_report):
    assert wine_report.test is None
    assert wine_report.scores is wine_report.train
    assert np.sum(wine_report.confusion.counts) == wine_report.train.n == 178
    assert wine_report.data.n_test == 0


def test_two_classes_have_one_list_of_weights(report_on):
    report = report_on(load("breast-cancer"))
    (weights,) = report.weights
    assert (weights.name, weights.against) == ("malignant", "benign")
    assert len(report.confusion.classes) == 2


def test_many_classes_are_pooled_in_the_confusion_matrix_alone(many_classes_report):
    assert len(many_classes_report.confusion.classes) == 61
    assert len(many_classes_report.per_class) == len(many_classes_report.data.classes) == 70
    assert len(many_classes_report.weights) == 60
