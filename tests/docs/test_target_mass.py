"""The table of target_mass.md: each option is a choice of y and s, in formulas/ and in the public loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from pminusy import CrossEntropy
from pminusy.formulas import cross_entropy as formulas
from pminusy.formulas.softmax import log_softmax
from pminusy.formulas.targets import mass_of_labels, mass_of_rows

Array = NDArray[Any]
EXACT = {"rtol": 1e-11, "atol": 1e-11}


@dataclass(frozen=True)
class Case:
    Z: Array
    labels: Array
    Y: Array
    class_weight: Array
    sample_weight: Array
    smoothing: float

    def loss(self, reduction: str) -> CrossEntropy:
        return CrossEntropy(self.class_weight, self.smoothing, reduction=reduction)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    n, k = draw(st.integers(1, 5)), draw(st.integers(1, 7))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return Case(
        Z=rng.normal(0, 3, (n, k)),
        labels=rng.integers(0, k, n),
        Y=rng.integers(0, 4, (n, k)).astype(float),
        class_weight=rng.uniform(0.1, 2, k),
        sample_weight=rng.uniform(0.1, 2, n),
        smoothing=draw(st.sampled_from([0.0, 0.1, 1.0])),
    )


def label_claim(c: int, w: Array, smoothing: float) -> list[float]:
    K = len(w)
    return [(1 - smoothing) * w[c] * (k == c) + smoothing / K * w[k] for k in range(K)]


def rows_claim(Y: Array, w: Array, smoothing: float) -> list[float]:
    K = len(w)
    return [w[k] * ((1 - smoothing) * Y[k] + smoothing / K) for k in range(K)]


@given(cases())
def test_mass_of_labels(x: Case) -> None:
    w, eps = x.class_weight, x.smoothing
    y = np.array([label_claim(c, w, eps) for c in x.labels])
    assert_allclose(mass_of_labels(x.labels, w, eps), y, **EXACT)
    assert_allclose(y.sum(axis=1), (1 - eps) * w[x.labels] + eps / len(w) * w.sum(), **EXACT)
    assert_allclose(mass_of_labels(x.labels, np.ones_like(w), eps).sum(axis=1), 1, **EXACT)
    loss = x.loss("none")
    values, dZ = loss.value_and_gradient(x.Z, x.labels, x.sample_weight)
    a = x.sample_weight[:, None]
    assert_allclose(values, formulas.value(x.Z, a * y), **EXACT)
    assert_allclose(dZ, formulas.gradient(x.Z, a * y), **EXACT)
    assert_allclose(loss.hessian(x.Z, x.labels, x.sample_weight), formulas.hessian(x.Z, a * y), **EXACT)


@given(cases())
def test_mass_of_rows(x: Case) -> None:
    w, eps = x.class_weight, x.smoothing
    y = np.array([rows_claim(row, w, eps) for row in x.Y])
    assert_allclose(mass_of_rows(x.Y, w, eps), y, **EXACT)
    assert_allclose(y.sum(axis=1), (1 - eps) * x.Y @ w + eps / len(w) * w.sum(), **EXACT)
    loss = x.loss("none")
    values, dZ = loss.value_and_gradient(x.Z, x.Y, x.sample_weight)
    a = x.sample_weight[:, None]
    assert_allclose(values, formulas.value(x.Z, a * y), **EXACT)
    assert_allclose(dZ, formulas.gradient(x.Z, a * y), **EXACT)
    assert_allclose(loss.hessian(x.Z, x.Y, x.sample_weight), formulas.hessian(x.Z, a * y), **EXACT)


@given(cases())
def test_smoothing_is_the_mixture_it_was_defined_as(x: Case) -> None:
    w, surprise = x.class_weight, -log_softmax(x.Z)
    own = w[x.labels] * surprise[np.arange(len(x.Z)), x.labels]
    mixture = (1 - x.smoothing) * own + x.smoothing * (w * surprise).mean(axis=1)
    assert_allclose(x.loss("none").value(x.Z, x.labels), mixture, **EXACT)


@given(cases())
def test_counts_are_rows_merged(x: Case) -> None:
    z, counts = x.Z[:1], x.Y[:1].astype(int)
    one_by_one = np.repeat(np.arange(counts.size), counts[0])
    loss = CrossEntropy(reduction="sum")
    value, dZ = loss.value_and_gradient(np.repeat(z, len(one_by_one), axis=0), one_by_one)
    merged_value, merged_dZ = loss.value_and_gradient(z, counts)
    assert_allclose(merged_value, value, **EXACT)
    assert_allclose(merged_dZ[0], dZ.sum(axis=0), **EXACT)


@given(cases())
def test_what_mean_divides_by(x: Case) -> None:
    for targets, M in (
        (x.labels, (x.sample_weight * x.class_weight[x.labels]).sum()),
        (x.Y, x.sample_weight.sum()),
    ):
        total, dZ = x.loss("sum").value_and_gradient(x.Z, targets, x.sample_weight)
        mean, mean_dZ = x.loss("mean").value_and_gradient(x.Z, targets, x.sample_weight)
        assert_allclose(mean, total / M, **EXACT)
        assert_allclose(mean_dZ, dZ / M, **EXACT)


@given(cases(), st.data())
def test_ignored_rows_have_no_mass_and_are_not_looked_at(x: Case, data: st.DataObject) -> None:
    ignored = np.array(data.draw(st.lists(st.booleans(), min_size=len(x.Z), max_size=len(x.Z))))
    Z, labels = x.Z.copy(), np.where(ignored, -100, x.labels)
    Z[ignored, 0] = np.nan
    loss = CrossEntropy(x.class_weight, x.smoothing, ignore_index=-100)
    value, dZ = loss.value_and_gradient(Z, labels)
    kept = ~ignored
    kept_value, kept_dZ = x.loss("mean").value_and_gradient(Z[kept], labels[kept])
    assert_allclose(value, kept_value, **EXACT)
    assert_allclose(dZ[kept], kept_dZ, **EXACT)
    assert (dZ[ignored] == 0).all()
    assert (loss.hessian(Z, labels)[ignored] == 0).all()
    if ignored.all():
        assert value == 0
