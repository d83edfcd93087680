"""A linear classifier's passes over X against NumPy in float64, for every shape of loop and every kind of row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pminusy import CrossEntropy
from pminusy.formulas import cross_entropy as formulas
from pminusy.formulas.softmax import softmax
from pminusy.formulas.targets import mass_of_labels, mass_of_rows
from pminusy.kernels import linear, rows, tiles
from pminusy.kernels.run import MAX_TILE_CLASSES
from pminusy.losses.targets import LabelTargets, Targets

Array = NDArray[Any]
SCALE = 0.25  # a power of two, so that it takes part in no rounding


@dataclass(frozen=True)
class Case:
    """Rows X, parameters and a direction, targets in two forms: settled, and as the mass that they mean."""

    X: Array
    W: Array  # (D, F)
    b: Array
    V: Array
    c: Array
    targets: Targets
    Y: Array
    n_classes: int
    sparse: bool

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.X.dtype

    @property
    def short(self) -> bool:
        return self.n_classes <= MAX_TILE_CLASSES

    def rows(self) -> linear.Rows:
        none = np.empty(0, self.dtype), np.empty(0, np.int32), np.empty(0, np.int64)
        if not self.sparse:
            return linear.Rows(self.X, *none)
        X = sp.csr_matrix(self.X)
        return linear.Rows(
            np.empty((0, self.X.shape[1]), self.dtype), X.data, X.indices, X.indptr.astype(np.int64)
        )

    def as_read(self, W: Array) -> Array:
        return np.ascontiguousarray(W if self.sparse else W.T)

    def exact(self) -> tuple[Array, Array]:
        """Logits, and their change along the direction, in float64."""
        X, held = self.X.astype(float), np.zeros((len(self.X), self.n_classes - self.b.size))
        both = X @ self.W.astype(float) + self.b, X @ self.V.astype(float) + self.c
        return tuple(np.concatenate([held, Z], axis=1) for Z in both)  # type: ignore[return-value]

    def rounding(self, sizes: Array) -> Array:
        """What sums over features, classes and rows may lose, generously, of numbers of these sizes."""
        n_terms = 4 * (len(self.X) + self.X.shape[1] + self.n_classes) + 100
        return n_terms * np.finfo(self.dtype).eps * sizes + 1e-30


@dataclass
class Memory:
    """What a pass works in and what it leaves, filled with garbage where it should not read before it writes."""

    case: Case
    keep: bool

    def __post_init__(self) -> None:
        dtype, n_classes = self.case.dtype, self.case.n_classes
        self.scratch = np.full((tiles if self.case.short else rows).scratch_shape(n_classes), np.nan, dtype)
        n_rows = len(self.case.X) if self.keep else linear.BLOCK
        self.Z = np.full((n_rows + linear.SPARE_ROWS, n_classes), np.nan, dtype)
        self.dZ = np.full((linear.BLOCK + linear.SPARE_ROWS, n_classes), np.nan, dtype)
        self.U = self.dZ.copy()
        held = n_classes - self.case.b.size
        self.Z[:, :held] = self.U[:, :held] = 0
        self.losses = np.full(linear.BLOCK, np.nan)
        self.clear()

    def clear(self) -> None:
        self.dW, self.db, self.total = (
            self.case.as_read(0 * self.case.W),
            np.zeros(self.case.b.size),
            np.zeros(1),
        )


def gradient_pass(case: Case, memory: Memory) -> None:
    kernel = linear.label_pass if isinstance(case.targets, LabelTargets) else linear.mass_pass
    kernel(case.dtype)(
        *(case.rows(), case.as_read(case.W), case.b.astype(case.dtype)),
        *case.targets.kernel_arguments(),
        *(SCALE * case.targets.unit, memory.scratch, memory.Z, memory.dZ, memory.losses),
        *(memory.dW, memory.db, memory.total, case.short, memory.keep, len(case.X)),
    )


def curvature_pass(case: Case, memory: Memory, masses: Array) -> None:
    linear.curvature_pass(case.dtype)(
        *(case.rows(), case.as_read(case.W), case.b.astype(case.dtype)),
        *(case.as_read(case.V), case.c.astype(case.dtype), masses, memory.scratch, memory.Z, memory.U),
        *(memory.dZ, memory.dW, memory.db, case.short, memory.keep, len(case.X)),
    )


def _targets(
    rng: Any, n_rows: int, n_classes: int, dtype: Any, options: dict[str, Any]
) -> tuple[Targets, Array]:
    weights = rng.integers(0, 4, n_rows) / 2 if options["weighted"] else None
    class_weight = rng.uniform(0.5, 2, n_classes) if options["weighted"] else np.ones(n_classes)
    loss = CrossEntropy(weight=class_weight, label_smoothing=options["smoothing"], reduction="sum")
    if options["labels"]:
        given_targets = rng.integers(0, n_classes, n_rows)
        Y = mass_of_labels(given_targets, class_weight, options["smoothing"])
    else:
        given_targets = (rng.random((n_rows, n_classes)) * rng.integers(0, 2, (n_rows, n_classes))).astype(
            dtype
        )
        Y = mass_of_rows(given_targets.astype(float), class_weight, options["smoothing"])
    settled = loss.settle(given_targets, (n_rows, n_classes), dtype, weights)
    return settled, Y if weights is None else Y * weights[:, None]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    n_rows = draw(st.one_of(st.integers(1, 6), st.sampled_from([63, 64, 65, 130])))
    n_features = draw(st.one_of(st.integers(1, 20), st.sampled_from([63, 64, 65, 130])))
    n_classes = draw(st.one_of(st.integers(2, 8), st.sampled_from([95, 96, 97, 150])))
    dtype = np.dtype(draw(st.sampled_from([np.float32, np.float64])))
    options = {
        "labels": draw(st.booleans()),
        "weighted": draw(st.booleans()),
        "smoothing": draw(st.sampled_from([0.0, 0.1])),
    }
    sparse = draw(st.booleans())
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    targets, Y = _targets(rng, n_rows, n_classes, dtype, options)
    n_free = 1 if n_classes == 2 else n_classes
    X = rng.standard_normal((n_rows, n_features)) * (
        rng.random((n_rows, n_features)) < (0.3 if sparse else 1)
    )
    W, V = rng.standard_normal((2, n_features, n_free)) * draw(st.sampled_from([0.0, 0.1, 3.0]))
    b, c = rng.standard_normal((2, n_free)).astype(dtype)
    return Case(X.astype(dtype), W.astype(dtype), b, V.astype(dtype), c, targets, Y, n_classes, sparse)


@given(cases(), st.booleans())
def test_value_and_gradient_in_one_pass(case: Case, keep: bool) -> None:
    memory, (Z, _) = Memory(case, keep), case.exact()
    gradient_pass(case, memory)
    s, logits = case.Y.sum(axis=1), 1 + np.abs(Z).max(axis=1)
    value = case.targets.unit * memory.total[0]
    assert abs(value - formulas.value(Z, case.Y).sum()) <= case.rounding((s * logits).sum())
    dZ = SCALE * formulas.gradient(Z, case.Y)[:, Z.shape[1] - case.b.size :]
    sizes = (s * logits)[:, None] * np.ones_like(dZ)
    X = case.X.astype(float)
    assert np.all(np.abs(memory.db - dZ.sum(axis=0)) <= case.rounding(sizes.sum(axis=0)))
    assert np.all(
        np.abs(memory.dW - case.as_read(X.T @ dZ)) <= case.rounding(case.as_read(np.abs(X).T @ sizes))
    )
    if keep:
        assert np.all(np.abs(memory.Z[: len(Z)] - Z) <= case.rounding(logits[:, None]))


@given(cases())
def test_logits_alone(case: Case) -> None:
    n_rows, (expected, _) = len(case.X), case.exact()
    Z = np.full((n_rows + linear.SPARE_ROWS, case.b.size), np.nan, case.dtype)
    linear.logits_pass(case.dtype)(case.rows(), case.as_read(case.W), case.b, Z, n_rows)
    sizes = np.abs(case.X).astype(float) @ np.abs(case.W) + np.abs(case.b)
    expected = expected[:, case.n_classes - case.b.size :]
    assert np.all(np.abs(Z[:n_rows] - expected) <= case.rounding(sizes))


@given(cases(), st.booleans(), st.booleans())
def test_hessian_product_in_one_pass(case: Case, keep: bool, one_mass: bool) -> None:
    memory, (Z, U) = Memory(case, keep), case.exact()
    if keep:
        gradient_pass(case, memory)
        memory.clear()
    masses = np.ones(1) if one_mass else case.Y.sum(axis=1)
    curvature_pass(case, memory, masses)
    P = softmax(Z)
    dU = masses[:, None] * P * (U - (P * U).sum(axis=1, keepdims=True))
    dU = dU[:, U.shape[1] - case.c.size :]
    sizes = masses * (1 + np.abs(Z).max(axis=1)) * (1 + np.abs(U).max(axis=1))
    sizes = sizes[:, None] * np.ones((len(U), case.c.size))
    X = case.X.astype(float)
    assert np.all(np.abs(memory.db - dU.sum(axis=0)) <= case.rounding(sizes.sum(axis=0)))
    assert np.all(
        np.abs(memory.dW - case.as_read(X.T @ dU)) <= case.rounding(case.as_read(np.abs(X).T @ sizes))
    )


@given(cases(), st.sampled_from(["value", "curvature"]))
def test_kept_logits_change_no_bit(case: Case, what: str) -> None:
    found = []
    for keep in (True, False):
        memory = Memory(case, keep)
        if what == "value" or keep:
            gradient_pass(case, memory)
        if what == "curvature":
            memory.clear()
            curvature_pass(case, memory, case.Y.sum(axis=1))
        found.append(memory)
    np.testing.assert_array_equal(found[0].dW, found[1].dW)
    np.testing.assert_array_equal(found[0].db, found[1].db)
    np.testing.assert_array_equal(found[0].total, found[1].total)


def _case(n_rows: int, n_classes: int, dtype: Any, sparse: bool, labels: bool) -> Case:
    rng = np.random.default_rng(n_classes)
    targets, Y = _targets(
        rng, n_rows, n_classes, dtype, {"labels": labels, "weighted": False, "smoothing": 0.0}
    )
    X, (W, V) = rng.standard_normal((n_rows, 5)), rng.standard_normal((2, 5, n_classes))
    b, c = rng.standard_normal((2, n_classes)).astype(dtype)
    return Case(X.astype(dtype), W.astype(dtype), b, V.astype(dtype), c, targets, Y, n_classes, sparse)


@pytest.mark.parametrize("dtype", [np.dtype(np.float32), np.dtype(np.float64)])
@pytest.mark.parametrize("n_classes", [3, 150])
@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize("labels", [True, False])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_row_that_overflows_spoils_no_other(
    dtype: Any, n_classes: int, sparse: bool, labels: bool, bad: float
) -> None:
    """The last block's losses and slopes are still in memory when a pass of one block is done."""
    case = _case(10, n_classes, dtype, sparse, labels)
    clean, spoiled = Memory(case, True), Memory(case, True)
    gradient_pass(case, clean)
    case.X[6, 2] = bad
    gradient_pass(case, spoiled)
    others = np.arange(10) != 6
    for name in ("Z", "dZ", "losses"):
        before, after = (getattr(memory, name)[:10] for memory in (clean, spoiled))
        np.testing.assert_array_equal(after[others], before[others])
    assert np.isnan(spoiled.losses[6])


@pytest.mark.parametrize("dtype", [np.dtype(np.float32), np.dtype(np.float64)])
@pytest.mark.parametrize("n_classes", [3, 150])
def test_a_class_ruled_out_by_its_intercept_has_no_share(dtype: Any, n_classes: int) -> None:
    case = _case(70, n_classes, dtype, sparse=False, labels=True)
    case.b[1] = -np.inf
    case.targets.labels[case.targets.labels == 1] = 0  # type: ignore[union-attr]
    memory = Memory(case, True)
    gradient_pass(case, memory)
    assert np.isfinite(memory.total[0])
    assert not memory.dW[1].any()
    assert memory.db[1] == 0
    curvature_pass(case, memory, np.ones(1))
    assert not memory.dW[1].any()
    assert np.isfinite(memory.dW).all()
