from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.blocks.standardisation import Standardisation
from pminusy.linear.layout import ParameterLayout
from pminusy.linear.penalty import RidgePenalty

DOUBLE = np.dtype(np.float64)


@st.composite
def layouts(draw: st.DrawFn) -> ParameterLayout:
    n_features, rng = draw(st.integers(1, 6)), np.random.default_rng(draw(st.integers(0, 99)))
    moved = Standardisation(rng.standard_normal(n_features), rng.uniform(0.1, 9, n_features))
    kind = draw(st.sampled_from(["dense", "sparse", "standardised"]))
    return ParameterLayout(
        n_features,
        draw(st.integers(2, 5)),
        draw(st.booleans()),
        DOUBLE,
        features_first=kind == "sparse",
        standardisation=moved if kind == "standardised" else None,
    )


def drawn(layout: ParameterLayout) -> Any:
    return np.random.default_rng(1).standard_normal(layout.n_parameters)


@given(layouts())
def test_its_value_is_that_of_the_users_coefficients(layout: ParameterLayout) -> None:
    parameters = drawn(layout)
    W, _ = layout.to_user(parameters)
    found = RidgePenalty(0.3, layout).value(parameters[: layout.n_weights])
    assert found == pytest.approx(0.15 * float(np.vdot(W, W)), rel=1e-12)


@given(layouts())
def test_its_curvature_is_that_of_its_value(layout: ParameterLayout) -> None:
    """A quadratic's second difference is its curvature, whatever the step."""
    penalty = RidgePenalty(0.3, layout)
    curvature = np.broadcast_to(penalty.curvature, layout.n_weights)
    for number, unit in enumerate(np.eye(layout.n_weights)):
        assert 2 * penalty.value(unit) == pytest.approx(curvature[number], rel=1e-12)
    by_class = layout.by_class(layout.pack(curvature.reshape(layout.weight_shape), np.zeros(layout.n_free)))
    for own in by_class:
        np.testing.assert_allclose(penalty.per_parameter(), own, rtol=1e-12)


@given(layouts())
def test_no_quadratic_falls_further_than_the_bound(layout: ParameterLayout) -> None:
    """The penalty alone is its own extreme case: its minimum is 0, and the bound its value."""
    penalty, parameters = RidgePenalty(0.3, layout), drawn(layout)
    W, _ = layout.to_user(parameters)
    value = penalty.value(parameters[: layout.n_weights])
    assert penalty.gap_bound(0.3 * float(np.linalg.norm(W))) == pytest.approx(value, rel=1e-12)


def test_without_strength_there_is_no_bound() -> None:
    penalty = RidgePenalty(0.0, ParameterLayout(2, 3, True, DOUBLE))
    assert penalty.vanishes
    assert penalty.gap_bound(0.0) == np.inf


def test_none_costs_nothing_however_long_the_coefficients_are() -> None:
    layout = ParameterLayout(2, 3, True, DOUBLE)
    assert RidgePenalty(0.0, layout).value(np.full(layout.n_weights, 1e300)) == 0
