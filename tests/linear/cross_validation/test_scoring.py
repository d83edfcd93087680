import numpy as np
import pytest
from sklearn.metrics import accuracy_score, f1_score, fbeta_score, log_loss, make_scorer

import pminusy
from pminusy import SoftmaxRegression
from pminusy.linear.cross_validation.scoring import held_out_score


@pytest.fixture(scope="module")
def problem():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((90, 4))
    y = np.array(["a", "b", "c"])[np.argmax(X[:, :3] + rng.gumbel(size=(90, 3)), axis=1)]
    return SoftmaxRegression().fit(X, y), X, y


def test_none_is_accuracy(problem):
    model, X, y = problem
    weights = np.arange(90.0)
    score = held_out_score(None, model, model.classes_)
    assert score(model, X, y, None) == accuracy_score(y, model.predict(X))
    assert score(model, X, y, weights) == accuracy_score(y, model.predict(X), sample_weight=weights)


def test_rows_that_lack_a_class_can_be_scored(problem):
    model, X, y = problem
    some = y != "b"
    score = held_out_score("neg_log_loss", model, model.classes_)
    expected = -log_loss(y[some], model.predict_proba(X[some]), labels=model.classes_)
    assert score(model, X[some], y[some], None) == expected


def test_what_a_scorer_was_made_with_stands(problem):
    model, X, y = problem
    only_a = make_scorer(f1_score, labels=["a"], average="macro")
    score = held_out_score(only_a, model, model.classes_)
    assert score(model, X, y, None) == f1_score(y, model.predict(X), labels=["a"], average="macro")
    assert only_a._kwargs == {"labels": ["a"], "average": "macro"}


def test_of_two_names_the_second_is_positive(problem):
    _, X, y = problem
    two = np.where(y == "a", "no", "yes")
    model = SoftmaxRegression().fit(X, two)
    score = held_out_score(make_scorer(fbeta_score, beta=2), model, model.classes_)
    assert score(model, X, two, None) == fbeta_score(two, model.predict(X), beta=2, pos_label="yes")
    macro = held_out_score("f1_macro", model, model.classes_)
    assert macro(model, X, two, None) == f1_score(two, model.predict(X), average="macro")


def test_mass_counts_as_rows_of_its_labels(problem):
    model, X, _ = problem
    mass = np.random.default_rng(1).random((90, 3))
    weights = np.arange(90.0)
    loss = pminusy.CrossEntropy(reduction="sum").value(
        model.decision_function(X), mass, sample_weight=weights
    )
    score = held_out_score("neg_log_loss", model, model.classes_)
    assert score(model, X, mass, weights) == pytest.approx(-loss / (weights @ mass.sum(axis=1)))


def test_a_callable_gets_weights_if_it_takes_them(problem):
    model, X, y = problem

    def weighted(estimator, X, y, **options):
        return options["sample_weight"].sum()

    def unweighted(estimator, X, y):
        return 1

    assert held_out_score(weighted, model, model.classes_)(model, X, y, np.ones(90)) == 90
    score = held_out_score(unweighted, model, model.classes_)
    assert score(model, X, y, None) == 1
    with pytest.raises(pminusy.InputError, match="accepts sample_weight"):
        score(model, X, y, np.ones(90))


@pytest.mark.parametrize("scoring", ["best", 3, accuracy_score, {"accuracy"}])
def test_what_is_no_scorer_is_refused(problem, scoring):
    model, _, _ = problem
    with pytest.raises(pminusy.InputError, match="scoring: expected the name of a scikit-learn scorer"):
        held_out_score(scoring, model, model.classes_)
