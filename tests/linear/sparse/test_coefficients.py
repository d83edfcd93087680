import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.exceptions import NotFittedError

from pminusy import SoftmaxRegression
from pminusy.linear.sparse.coefficients import dense_coefficients


def test_sparse_coefficients_predict_and_warm_start_alike():
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((50, 6)), rng.integers(0, 3, 50)
    model = SoftmaxRegression(C=0.2, l1_ratio=1.0, warm_start=True).fit(X, y)
    dense, proba = model.coef_, model.predict_proba(X)
    model.sparsify()
    assert sp.issparse(model.coef_)
    assert np.array_equal(dense_coefficients(model.coef_), dense)
    assert np.array_equal(model.predict_proba(X), proba)
    assert np.array_equal(model.densify().coef_, dense)
    assert isinstance(model.sparsify().fit(X, y).coef_, np.ndarray)


@pytest.mark.parametrize("name", ["sparsify", "densify"])
def test_an_unfitted_model_has_none(name):
    with pytest.raises(NotFittedError):
        getattr(SoftmaxRegression(), name)()
