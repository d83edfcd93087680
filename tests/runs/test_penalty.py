import numpy as np
import pytest
from sklearn.datasets import load_wine
from sklearn.preprocessing import scale

from pminusy import SoftmaxRegression
from pminusy.runs.penalty import choose_C, describe_path

X, Y = load_wine(return_X_y=True)
X = scale(X)
NAMES, FEATURES = ("a", "b", "c"), [f"x{i}" for i in range(X.shape[1])]


@pytest.mark.parametrize("l1_ratio", [0.0, 0.5])
def test_the_seed_decides_the_folds_and_the_rule_the_C(l1_ratio):
    model = SoftmaxRegression(l1_ratio=l1_ratio, max_iter=1000)
    best, chosen = choose_C(model, X, Y, 0, one_standard_error=False)
    again, sparser = choose_C(model, X, Y, 0, one_standard_error=True)
    assert np.array_equal(best.losses, again.losses)
    assert chosen == best.best
    assert sparser == best.within_one_standard_error < chosen
    other, _ = choose_C(model, X, Y, 1, one_standard_error=False)
    assert not np.array_equal(best.losses[:, :5], other.losses[:, :5])


@pytest.mark.parametrize("l1_ratio", [0.0, 0.5])
def test_the_path_goes_through_the_model(l1_ratio):
    model = SoftmaxRegression(l1_ratio=l1_ratio, max_iter=1000, tol=1e-6)
    selection, chosen = choose_C(model, X, Y, 0, one_standard_error=True)
    model.set_params(C=float(selection.Cs[chosen])).fit(X, Y)
    path = describe_path(model, selection, X, Y, NAMES, FEATURES, one_standard_error=True)
    assert path.chosen == chosen
    for row, panel in enumerate(path.panels):
        for trace in panel.traces:
            assert trace.weights[chosen] == pytest.approx(
                model.coef_[row, FEATURES.index(trace.feature)], abs=1e-3
            )
    assert len(path.n_features) == (len(path.Cs) if l1_ratio else 0)


def test_coefficients_without_names_are_not_kept():
    model = SoftmaxRegression(l1_ratio=1.0)
    selection, chosen = choose_C(model, X, Y, 0, one_standard_error=True)
    model.set_params(C=float(selection.Cs[chosen])).fit(X, Y)
    path = describe_path(model, selection, X, Y, NAMES, None, one_standard_error=True)
    assert path.panels == ()
    assert path.n_features[0] == 0
