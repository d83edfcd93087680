import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning, NotFittedError

from pminusy import SoftmaxRegression
from pminusy.linear.cross_validation.examples import read_whole
from pminusy.linear.cross_validation.linear_model import fit_to_numbers, parameters_of, with_parameters

X = np.random.default_rng(0).standard_normal((60, 3))
NAMES = np.array(["a", "b", "c"])[np.argmax(X + np.random.default_rng(1).gumbel(size=(60, 3)), axis=1)]


def rows(y):
    return read_whole(SoftmaxRegression(), X, y, None, None)


@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("y", [NAMES, NAMES == "a"], ids=["three classes", "two classes"])
def test_parameters_come_out_and_go_back_in(fit_intercept, y):
    model = SoftmaxRegression(fit_intercept=fit_intercept).fit(X, y)
    parameters = parameters_of(model)
    assert parameters.shape == (len(model.coef_), 3 + fit_intercept)
    copied = with_parameters(model, parameters, model.classes_)
    np.testing.assert_array_equal(copied.predict_proba(X), model.predict_proba(X))
    assert copied.predict(X).tolist() == model.predict(X).tolist()


def test_a_copy_has_its_own_numbers_and_leaves_the_model_alone():
    model = SoftmaxRegression()
    parameters = np.ones((3, 4))
    copied = with_parameters(model, parameters, np.arange(3))
    parameters[...] = 0
    assert (copied.intercept_ == 1).all()
    with pytest.raises(NotFittedError):
        model.predict(X)


def test_classes_are_numbers_whatever_their_labels():
    model = fit_to_numbers(SoftmaxRegression(), rows(NAMES))
    assert model.classes_.tolist() == [0, 1, 2]
    np.testing.assert_array_equal(model.coef_, SoftmaxRegression().fit(X, NAMES).coef_)


def test_what_does_not_converge_is_not_told_here_but_elsewhere_it_is():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = fit_to_numbers(SoftmaxRegression(max_iter=1, tol=0), rows(NAMES))
        assert not model.result_.converged
        with pytest.raises(ConvergenceWarning):
            SoftmaxRegression(max_iter=1, tol=0).fit(X, NAMES)
