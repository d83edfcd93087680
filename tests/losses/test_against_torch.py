"""The same numbers as PyTorch, value and gradient, option by option."""

import itertools

import numpy as np
import pytest

from pminusy import CrossEntropy

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.torch

SHAPES = [(1, 2), (7, 3), (64, 10), (5, 97), (3, 3000)]
RTOL = {np.float32: 2e-5, np.float64: 1e-11}


def torch_value_and_gradient(Z, targets, **options):
    logits = torch.tensor(Z, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(targets), **options)
    loss.sum().backward()
    return loss.detach().numpy(), logits.grad.numpy()


def assert_same(Z, targets, weight, smoothing, reduction, ignore_index):
    theirs = {} if ignore_index is None else {"ignore_index": ignore_index}
    expected = torch_value_and_gradient(
        Z,
        targets,
        weight=None if weight is None else torch.tensor(weight.astype(Z.dtype)),
        label_smoothing=smoothing,
        reduction=reduction,
        **theirs,
    )
    loss = CrossEntropy(
        weight=weight, label_smoothing=smoothing, reduction=reduction, ignore_index=ignore_index
    )
    value, gradient = loss.value_and_gradient(Z, targets)
    rtol = RTOL[Z.dtype.type]
    np.testing.assert_allclose(value, expected[0], rtol=rtol, atol=rtol)
    np.testing.assert_allclose(gradient, expected[1], rtol=rtol, atol=rtol * np.abs(expected[1]).max())


OPTIONS = list(itertools.product([False, True], [0.0, 0.2], ["mean", "sum", "none"]))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("weighted", "smoothing", "reduction"), OPTIONS)
@pytest.mark.parametrize("shape", SHAPES)
def test_hard_targets(rng, shape, dtype, weighted, smoothing, reduction):
    Z = (5 * rng.standard_normal(shape)).astype(dtype)
    labels = rng.integers(0, shape[1], shape[0])
    weight = rng.random(shape[1]) + 0.1 if weighted else None
    assert_same(Z, labels, weight, smoothing, reduction, None)


@pytest.mark.parametrize(("weighted", "smoothing", "reduction"), OPTIONS)
@pytest.mark.parametrize("ignore_index", [-100, 1])
def test_ignored_rows(rng, weighted, smoothing, reduction, ignore_index):
    Z, labels = rng.standard_normal((30, 4)), rng.integers(0, 4, 30)
    labels[::7] = ignore_index
    weight = rng.random(4) + 0.1 if weighted else None
    assert_same(Z, labels, weight, smoothing, reduction, ignore_index)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("weighted", "smoothing", "reduction"), OPTIONS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("mass", [1.0, 3.0])
def test_soft_targets_of_any_mass(rng, shape, dtype, weighted, smoothing, reduction, mass):
    Z = (5 * rng.standard_normal(shape)).astype(dtype)
    Y = mass * rng.dirichlet(np.ones(shape[1]), shape[0]).astype(dtype)
    weight = rng.random(shape[1]) + 0.1 if weighted else None
    assert_same(Z, Y, weight, smoothing, reduction, None)


def test_infinities(rng):
    Z = rng.standard_normal((6, 5))
    Z[0, 1], Z[1, 2], Z[2] = -np.inf, -np.inf, -np.inf
    labels = np.array([0, 2, 0, 1, 2, 3])
    expected = torch_value_and_gradient(Z, labels, reduction="none")
    value, gradient = CrossEntropy(reduction="none").value_and_gradient(Z, labels)
    np.testing.assert_allclose(value, expected[0])
    np.testing.assert_allclose(gradient, expected[1], atol=1e-15)


def test_hessian_vector_products(rng):
    Z, V, labels = rng.standard_normal((6, 5)), rng.standard_normal((6, 5)), rng.integers(0, 5, 6)
    loss = lambda Z: torch.nn.functional.cross_entropy(Z, torch.tensor(labels), label_smoothing=0.1)  # noqa: E731
    _, expected = torch.autograd.functional.hvp(loss, torch.tensor(Z), torch.tensor(V))
    ours = CrossEntropy(label_smoothing=0.1)
    np.testing.assert_allclose(ours.hvp(Z, labels, V), expected.numpy(), atol=1e-14)
