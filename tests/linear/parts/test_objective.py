import numpy as np
import pytest
import scipy.sparse as sp
from tests.linear.parts.local import clouds, in_parts, whole

from pminusy import SoftmaxRegression
from pminusy.linear.fit import make_objective
from pminusy.linear.hessian import hessian
from pminusy.linear.preconditioners import class_factors, diagonal, shared_basis

X, Y = clouds(200, 6, 3)
BORDERS = [0, 70, 71, 200]


@pytest.mark.parametrize("method", ["newton", "lbfgs"])
@pytest.mark.parametrize("sparse", [False, True])
def test_it_is_the_objective_of_the_whole(method, sparse):
    rows, model = sp.csr_matrix(X) if sparse else X, SoftmaxRegression(C=0.7)
    problems = in_parts(model, rows, Y, BORDERS), whole(model, rows, Y)
    parted, one = (make_objective(problem, method) for problem in problems)
    at, direction = np.random.default_rng(0).standard_normal((2, one.layout.n_parameters))
    gradients, products = np.empty((2, len(at))), np.empty((2, len(at)))
    values = [each.value_and_gradient(at, g) for each, g in zip((parted, one), gradients, strict=True)]
    assert values[0] == pytest.approx(values[1], rel=1e-13)
    np.testing.assert_allclose(*gradients, atol=1e-13)
    assert parted.gradient_norm(gradients[0]) == pytest.approx(one.gradient_norm(gradients[1]), rel=1e-10)
    for each, product in zip((parted, one), products, strict=True):
        each.hessian_product(direction, product)
    np.testing.assert_allclose(*products, atol=1e-13)
    np.testing.assert_allclose(hessian(parted), hessian(one), atol=1e-13)
    for make in (class_factors, shared_basis) if not sparse else (class_factors,):
        found = [make(each, np.random.default_rng(0))(direction) for each in (parted, one)]
        np.testing.assert_allclose(*found, rtol=1e-6)
    np.testing.assert_allclose(diagonal(parted)(direction), diagonal(one)(direction), rtol=1e-10)
    assert (parted.passes, parted.at_zero) == (2, False)
