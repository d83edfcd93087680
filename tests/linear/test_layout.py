from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from tests.linear.test_penalty import drawn, layouts

from pminusy.linear.layout import ParameterLayout, n_free_columns

DOUBLE = np.dtype(np.float64)


@pytest.mark.parametrize(("n_classes", "n_free"), [(2, 1), (3, 3), (10, 10)])
def test_one_of_two_classes_is_held(n_classes: int, n_free: int) -> None:
    layout = ParameterLayout(5, n_classes, True, DOUBLE)
    assert n_free_columns(n_classes) == layout.n_free == n_free
    assert layout.n_held == n_classes - n_free
    assert (layout.n_weights, layout.n_own, layout.n_parameters) == (5 * n_free, 6, 6 * n_free)


@given(layouts())
def test_parts_are_views_and_pack_to_the_whole(layout: ParameterLayout) -> None:
    parameters = drawn(layout)
    W, b = layout.unpack(parameters)
    assert W.shape == layout.weight_shape
    assert np.shares_memory(W, parameters)
    np.testing.assert_array_equal(layout.pack(W, b), parameters)
    if not layout.fit_intercept:
        assert not b.any()


@given(layouts())
def test_by_class_and_back(layout: ParameterLayout) -> None:
    parameters = drawn(layout)
    matrix = layout.by_class(parameters)
    assert matrix.shape == (layout.n_free, layout.n_own)
    np.testing.assert_array_equal(layout.from_classes(matrix), parameters)
    np.testing.assert_array_equal(parameters[layout.places_by_class()], matrix)
    given_memory = np.empty_like(parameters)
    assert layout.from_classes(matrix, given_memory) is given_memory


@given(layouts())
def test_the_users_coefficients_give_the_same_logits_and_come_back(layout: ParameterLayout) -> None:
    parameters = drawn(layout)
    x = np.random.default_rng(2).standard_normal(layout.n_features)
    V, c = layout.unpack(parameters)
    moved: Any = layout.standardisation
    seen = x if moved is None else (x - moved.centre) / moved.scale
    coefficients, intercepts = layout.to_user(parameters)
    np.testing.assert_allclose(
        coefficients @ x + intercepts, layout.oriented(V) @ seen + c, rtol=1e-9, atol=1e-9
    )
    np.testing.assert_allclose(layout.from_user(coefficients, intercepts), parameters, rtol=1e-9, atol=1e-9)


@given(layouts())
def test_the_users_gradient_is_that_of_the_same_function(layout: ParameterLayout) -> None:
    """Of a linear function the slope along any step is the product with the gradient, in whatever coordinates."""
    gradient, step = drawn(layout), np.random.default_rng(3).standard_normal(layout.n_parameters)
    if layout.standardisation is not None and not layout.fit_intercept:
        return  # the centre is 0 then, and is not here
    dW, db = layout.user_gradient(gradient)
    W, b = layout.to_user(step)
    slope = float(np.vdot(dW, W) + (db @ b if layout.fit_intercept else 0))
    assert slope == pytest.approx(float(gradient @ step), rel=1e-9, abs=1e-9)
