import numpy as np
import pytest
from tests.nn.training.problems import label_targets, mass_targets, shuffled

from pminusy import CrossEntropy
from pminusy.nn import recording
from pminusy.nn.training.loss import batch_scales, loss_gradient, right_classes, row_weights

N, SIZE = 9, 4  # two whole batches and one of a row


def each_step(targets, epoch, all_Z):
    """dZ of each step's batch, whose logits are those of its rows."""
    for step in range(epoch.n_steps):
        rows = epoch.order[epoch.starts[step] :][:SIZE]
        Z = all_Z[rows]
        with recording() as program:
            dZ = loss_gradient(targets, epoch, Z, program.stop)
            program.side_by_side()
        going = program.run(step, 1)
        yield step, rows, dZ, going


@pytest.mark.parametrize("n_classes", [3, 100])  # tiles and rows
@pytest.mark.parametrize("kind", ["labels", "smoothed labels", "mass"])
@pytest.mark.parametrize("weighted", [False, True])
def test_a_steps_gradient_loss_and_hits_are_those_of_its_rows(rng, n_classes, kind, weighted):
    Z, labels = rng.standard_normal((N, n_classes)), rng.integers(0, n_classes, N)
    weights = rng.random(N) + 0.5 if weighted else None
    smoothing = 0.1 if kind == "smoothed labels" else 0.0
    truth = rng.random((N, n_classes)) if kind == "mass" else labels
    targets = (
        mass_targets(truth, weights)
        if kind == "mass"
        else label_targets(labels, n_classes, weights, smoothing)
    )
    loss = CrossEntropy(label_smoothing=smoothing, reduction="sum")
    epoch = shuffled(N, SIZE)
    epoch.scales[...] = [0.5, 1.0, 2.0]
    for step, rows, dZ, going in each_step(targets, epoch, Z):
        weight = None if weights is None else weights[rows]
        value, gradient = loss.value_and_gradient(Z[rows], truth[rows], weight)
        assert going
        np.testing.assert_allclose(dZ, epoch.scales[step] * gradient, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(epoch.losses[step], value, rtol=1e-12)
        assert epoch.hits[step] == (Z[rows].argmax(axis=1) == right_classes(targets)[rows]).sum()


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_loss_that_is_not_finite_stops_the_program_at_its_step(rng, bad):
    Z, epoch = rng.standard_normal((N, 3)), shuffled(N, SIZE)
    Z[epoch.order[SIZE]] = bad
    steps = each_step(label_targets(np.zeros(N), 3), epoch, Z)
    assert [going for *_, going in steps] == [True, False, True]


def test_the_right_class_of_a_row_of_mass_is_where_most_of_it_is():
    targets = mass_targets(np.array([[0.2, 0.5, 0.3], [2.0, 0.0, 1.0]]))
    assert right_classes(targets).tolist() == [1, 0]


def test_row_weights_add_up_to_what_mean_divides_by(rng):
    weights = rng.random(N)
    for targets in (label_targets(np.zeros(N), 3, weights), mass_targets(rng.random((N, 3)), weights)):
        np.testing.assert_allclose(row_weights(targets), weights)
        assert row_weights(targets).sum() == pytest.approx(targets.total_weight)


def test_rows_that_all_weigh_nothing_have_weights_of_0():
    assert row_weights(label_targets(np.zeros(N), 3, np.zeros(N))).tolist() == [0] * N


@pytest.mark.parametrize("size", [1, 2, 4, N, 2 * N])
def test_each_row_of_a_batch_counts_by_its_weight_over_the_mean_weight_of_all(rng, size):
    weights = rng.exponential(size=N)
    targets, epoch = label_targets(np.zeros(N), 3, weights), shuffled(N, size)
    scales = batch_scales(targets, row_weights(targets), epoch.starts)
    for scale, rows in zip(scales, np.split(epoch.order, epoch.starts[1:]), strict=True):
        np.testing.assert_allclose(scale * weights[rows] * len(rows), weights[rows] / weights.mean())


def test_without_weights_a_batch_is_divided_by_its_rows():
    targets, epoch = mass_targets(np.ones((N, 3))), shuffled(N, SIZE)
    assert batch_scales(targets, row_weights(targets), epoch.starts).tolist() == [1 / 4, 1 / 4, 1]
