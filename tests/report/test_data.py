from dataclasses import replace
from types import SimpleNamespace

import numpy as np
from scipy.sparse import csr_matrix

from pminusy.report.data import summarise_data


def _part(X, labels):
    return SimpleNamespace(
        metrics=SimpleNamespace(n=len(labels)), class_counts=np.bincount(labels, minlength=2), head=X
    )


def test_classes_are_counted_in_both_parts(table):
    train, test = _part(table.X, [0] * 30 + [1] * 10), _part(table.X[:4], [1, 1, 1, 1])
    summary = summarise_data(table, ("no", "yes"), 9, train, test)
    assert [(c.name, c.train, c.test) for c in summary.classes] == [("no", 30, 0), ("yes", 10, 4)]
    assert [(c.train_share, c.test_share) for c in summary.classes] == [(0.75, 0.0), (0.25, 1.0)]
    assert (summary.n_train, summary.n_test, summary.n_features, summary.n_inputs) == (40, 4, 3, 9)


def test_without_a_test_part_its_counts_are_zero(table):
    summary = summarise_data(table, ("no", "yes"), 9, _part(table.X, [0, 1] * 20), None)
    assert summary.n_test == 0
    assert {(c.test, c.test_share) for c in summary.classes} == {(0, 0.0)}


def test_columns_tell_their_role_and_a_few_values_that_differ(table):
    summary = summarise_data(table, ("no", "yes"), 9, _part(table.X, [0, 1] * 20), None)
    assert [c.role for c in summary.columns] == ["numeric", "category", "text"]
    assert [type(c.role) for c in summary.columns] == [str] * 3
    assert summary.columns[0].examples == ("0", "1", "2")
    assert summary.columns[1].examples == ("$blue$", "red")


def test_wide_sparse_data_show_their_first_columns(many_classes):
    X = csr_matrix(np.eye(100))
    dataset = replace(many_classes, X=X, feature_names=tuple(f"w{i}" for i in range(100)))
    summary = summarise_data(dataset, ("a", "b"), 100, _part(X, [0, 1] * 50), None)
    assert len(summary.columns) == 60
    assert summary.columns[2].examples == ("0", "1")
    assert summary.n_features == 100


def test_images_have_no_columns_to_list(digits):
    summary = summarise_data(digits, ("a", "b"), 64, _part(digits.X[:2], [0, 1]), None)
    assert summary.columns == ()
    assert summary.image_shape == (8, 8)
