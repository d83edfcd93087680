"""Densities of named laws, and the points that stand for them."""

from __future__ import annotations

import numpy as np
import pytest
from tests.proofread.reading import evaluated, read

from pminusy.proofread import proofread
from pminusy.proofread.checking.dual import plain
from pminusy.proofread.checking.evaluate import Evaluator
from pminusy.proofread.checking.laws import density, location, scale, standard_values
from pminusy.proofread.meaning.lines.law import MOMENTS, Law
from pminusy.proofread.syntax.tree import Number, Power

LAWS = [
    ("normal", ("0.3", "2"), 0.3, 2),
    ("exponential", ("2",), 0.5, 0.25),
    ("uniform", ("1", "3"), 2, 1 / 3),
    ("gamma", ("2.5", "2"), 1.25, 0.625),
    ("beta", ("2", "3"), 0.4, 0.04),
    ("poisson", ("1.5",), 1.5, 1.5),
    ("bernoulli", ("0.3",), 0.3, 0.21),
    ("binomial", ("7", "0.3"), 2.1, 1.47),
    ("geometric", ("0.4",), 2.5, 3.75),
]


@pytest.fixture
def env():
    return evaluated("x + 0", read("x + 0 = y"))[1]


@pytest.mark.parametrize(("kind", "parameters", "mean", "variance"), LAWS)
def test_densities_have_the_mean_and_variance_that_they_should(env, kind, parameters, mean, variance):
    law, evaluator = Law(kind, tuple(map(Number, parameters))), Evaluator()
    found = density(law, env, evaluator)
    weights, values = plain(found.weights).ravel(), plain(found.values).ravel()
    weights = np.where(np.isfinite(weights), weights, 0)
    assert np.isclose(weights.sum(), 1)
    assert np.isclose(weights @ values, mean)
    assert np.isclose(weights @ (values - mean) ** 2, variance)
    assert np.isclose(plain(location(law, env, evaluator)).item(), mean)
    assert np.isclose(plain(scale(law, env, evaluator)).item() ** 2, variance)


@pytest.mark.parametrize("kind", ["normal", "uniform", "exponential", "poisson", MOMENTS])
def test_standard_values_have_mean_0_and_variance_1(kind):
    values, weights = standard_values(Law(kind, ()), "X", 5)
    assert np.allclose([weights.sum(), weights @ values, weights @ values**2], [1, 0, 1])


def test_those_of_a_normal_distribution_have_its_fourth_moment():
    values, weights = standard_values(Law("normal", ()), "X", 5)
    assert np.isclose(weights @ values**4, 3)


def test_a_variance_that_is_a_square_needs_no_root(env):
    law = Law(MOMENTS, (Number("0"), Power(Number("3"), Number("2"))))
    assert plain(scale(law, env, Evaluator())).item() == 3
    assert density(law, env, Evaluator()) is None


DENSITIES = [
    (r"\int_{-\infty}^\infty \mathcal{N}(t \mid a, v) dt", "1", "2"),
    (
        r"\log \mathcal{N}(t; a, v)",
        r"-\frac{(t - a)^2}{2 v} - \frac{1}{2} \log(2 \pi v)",
        r"-\frac{(t - a)^2}{v}",
    ),
    (r"\int_0^1 t \, \mathrm{Beta}(t \mid a, c) dt", r"\frac{a}{a + c}", r"\frac{c}{a + c}"),
    (
        r"\log \mathcal{N}(\mathbf{t} \mid \mathbf{a}, S) - \log \mathcal{N}(\mathbf{a} \mid \mathbf{a}, S)",
        r"-\frac{1}{2} (\mathbf{t} - \mathbf{a})^T S^{-1} (\mathbf{t} - \mathbf{a})",
        r"-(\mathbf{t} - \mathbf{a})^T S^{-1} (\mathbf{t} - \mathbf{a})",
    ),
    (
        r"\frac{\partial}{\partial \mathbf{a}} \log \mathcal{N}(\mathbf{t} \mid \mathbf{a}, S)",
        r"S^{-1} (\mathbf{t} - \mathbf{a})",
        r"S^{-1} (\mathbf{a} - \mathbf{t})",
    ),
]


@pytest.mark.parametrize(("left", "right", "wrong"), DENSITIES)
def test_densities_that_calls_name_are_evaluated(left, right, wrong):
    assert proofread(f"$${left} = {right}$$").steps[-1].holds
    assert not proofread(f"$${left} = {wrong}$$").steps[-1].holds


def test_a_formula_for_a_density_is_a_claim():
    right = r"$$\mathcal{N}(t \mid a, v) = \frac{1}{\sqrt{2 \pi v}} \exp\left(-\frac{(t - a)^2}{2 v}\right)$$"
    assert [step.verdict.value for step in proofread(right).steps] == ["holds"]
    assert not any(step.holds for step in proofread(right.replace("{2 v}", "{v}")).steps)
