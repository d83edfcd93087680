from types import SimpleNamespace

import numpy as np
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.preprocessing import StandardScaler

from pminusy.datasets import load, make_preprocessor
from pminusy.report.naming import MAX_CLASSES
from pminusy.report.weights import feature_names, weights_as_images, weights_by_name


def _classifier(n_classes, n_features, seed=0):
    coef = np.random.default_rng(seed).normal(size=(n_classes, n_features))
    return SimpleNamespace(coef_=coef, intercept_=np.arange(n_classes) / 4)


def test_the_strongest_weights_of_both_signs_are_listed_strongest_first():
    classifier = _classifier(3, 500)
    features = [f"f{i}" for i in range(500)]
    listed = weights_by_name(classifier, ("a", "b", "c"), features, np.array([5, 5, 5]))
    for entry, row in zip(listed, classifier.coef_, strict=True):
        order = np.argsort(row)
        assert [w.feature for w in entry.supporting] == [f"f{i}" for i in order[::-1][:8]]
        assert [w.feature for w in entry.opposing] == [f"f{i}" for i in order[:8]]
        assert [w.weight for w in entry.opposing] == pytest.approx(row[order[:8]])
        assert max(w.relative for w in entry.supporting + entry.opposing) == 1
        assert entry.against is None
    assert [entry.intercept for entry in listed] == [0, 0.25, 0.5]


def test_signs_are_kept_apart_where_there_are_few_features():
    classifier = SimpleNamespace(coef_=np.array([[1.0, 0.0, 2.0]]), intercept_=np.zeros(1))
    (entry,) = weights_by_name(classifier, ("no", "yes"), ["x", "y", "z"], np.array([3, 4]))
    assert (entry.name, entry.against) == ("yes", "no")
    assert [w.feature for w in entry.supporting] == ["z", "x"]
    assert entry.opposing == ()


def test_weights_that_are_all_zero_list_nothing():
    classifier = SimpleNamespace(coef_=np.zeros((3, 2)), intercept_=np.zeros(3))
    listed = weights_by_name(classifier, ("a", "b", "c"), ["x", "y"], np.ones(3))
    assert all(entry.supporting == entry.opposing == () for entry in listed)


def test_past_the_limit_only_the_most_frequent_classes_are_listed():
    K = MAX_CLASSES + 3
    counts = np.arange(K)
    listed = weights_by_name(_classifier(K, 4), tuple(map(str, range(K))), list("wxyz"), counts)
    assert [entry.name for entry in listed] == [str(k) for k in range(3, K)]


def test_images_share_one_peak_and_let_extremes_saturate():
    classifier = _classifier(3, 400)
    classifier.coef_[1, 7] = 100.0
    entries = weights_as_images(classifier, ("a", "b", "c"), (20, 20), np.array([1, 1, 1]))
    assert len({entry.image.peak for entry in entries}) == 1
    assert entries[0].image.peak < 10
    assert entries[1].image.levels[7] == 255
    assert entries[2].image.levels[0] == round(classifier.coef_[2, 0] / entries[2].image.peak * 255)


def test_a_column_transformers_prefix_is_left_out_and_others_are_not():
    X = np.arange(8.0).reshape(4, 2)
    columns = ColumnTransformer([("numeric", StandardScaler(), [0, 1])]).fit(X)
    assert feature_names(columns, ("my__age", "b")) == ["my__age", "b"]
    assert feature_names(StandardScaler().fit(X), ("numeric__a", "b")) == ["numeric__a", "b"]


def test_names_of_a_matrix_are_those_of_its_columns():
    wine = load("wine")
    assert feature_names(make_preprocessor(wine).fit(wine.X), wine.feature_names) == list(wine.feature_names)


def test_the_edges_of_words_and_missing_values_are_spelled_out():
    names = ["package: lib", "package:  lib", "package: dev ", "missingindicator_age", "two words"]
    columns = SimpleNamespace(get_feature_names_out=lambda raw: names)
    expected = ["package: lib", "package: ␣lib", "package: dev␣", "age is missing", "two words"]
    assert feature_names(columns, None) == expected
