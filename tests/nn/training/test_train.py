import copy

import numpy as np
import pytest
from tests.nn.training.problems import FLOAT, built_network, training_set

from pminusy import CrossEntropy, SoftmaxNetwork, nn
from pminusy.network.options import training_options
from pminusy.nn.training.batches import DenseSamples
from pminusy.nn.training.evaluation import evaluate
from pminusy.nn.training.history import Ending
from pminusy.nn.training.train import Trainer, TrainingState, ValidationSet

N_ROWS = 12


class Problem:
    """A network, its data and what it is trained with; drawn anew from the seed, always the same."""

    def __init__(self, schedule=None, optimizer=None, validated=False, **options):
        rng = np.random.default_rng(0)
        self.network = built_network(nn.Dense(5), nn.Tanh(), nn.Dense(3))
        self.data = training_set(rng, N_ROWS)
        self.validation = None
        if validated:
            X, y = rng.standard_normal((6, 4)), rng.integers(0, 3, 6)
            self.validation = ValidationSet(
                DenseSamples(X, FLOAT), CrossEntropy().settle(y, (6, 3), FLOAT), CrossEntropy()
            )
        self.optimizer = optimizer or nn.SGD(learning_rate=0.1, momentum=0.9)
        self.optimizer.build(self.network.parameters)
        self.schedule, self.state = schedule or nn.Constant(), TrainingState()
        asked = {"batch_size": 5, "max_epochs": 4, "average_last": 0, **options}
        self.options = training_options(SoftmaxNetwork(**asked), N_ROWS, seed=3)

    def trainer(self):
        return Trainer(
            *(self.network, self.data, self.validation, self.optimizer, self.schedule),
            *(self.options, self.state),
        )

    def run(self, last_epoch=None, on_batches=lambda progress: None):
        return self.trainer().run(on_batches, lambda record: record.epoch == last_epoch)

    def numbers(self):
        return np.concatenate([parameter.value.ravel() for parameter in self.network.parameters])

    def losses(self):
        return [record.loss for record in self.state.history]


class Overflow(nn.Constant):
    """Steps that no number can follow."""

    def factors(self, first, n_steps, total_steps):
        return np.full(n_steps, np.inf)


def test_training_lowers_the_loss_epoch_by_epoch_and_records_it():
    problem = Problem(max_epochs=30)
    assert problem.run().ending is Ending.MAX_EPOCHS
    assert [record.epoch for record in problem.state.history] == list(range(1, 31))
    assert problem.losses()[-1] < 0.5 * problem.losses()[0]
    assert problem.state.n_updates == 30 * 3


def test_one_full_batch_of_gradient_descent_is_one_step_along_the_gradient():
    problem = Problem(optimizer=nn.SGD(learning_rate=0.1), batch_size=N_ROWS, max_epochs=1)
    before, step = copy.deepcopy(problem.network.parameters), 1e-6
    problem.run()
    moved = problem.network.parameters[-1].value - before[-1].value

    def loss(change):
        other = Problem(optimizer=nn.SGD(learning_rate=1e-30), batch_size=N_ROWS, max_epochs=1)
        other.network.parameters[-1].value[0] += change
        other.run()
        return other.losses()[0]

    slope = (loss(step) - loss(-step)) / (2 * step)
    assert moved[0] == pytest.approx(-0.1 * slope, rel=1e-6)


def test_training_that_was_broken_off_goes_on_to_the_same_bits():
    whole, parts = Problem(nn.Cosine()), Problem(nn.Cosine())
    whole.run()
    assert parts.run(last_epoch=2).ending is Ending.CALLBACK
    assert parts.state.n_epochs == 2
    assert parts.run().ending is Ending.MAX_EPOCHS
    np.testing.assert_array_equal(parts.numbers(), whole.numbers())
    assert parts.losses() == whole.losses()


def test_every_batch_is_told_with_its_place():
    told = []
    Problem(max_epochs=2).run(on_batches=told.append)
    assert {progress.epoch for progress in told} == {1, 2}
    assert told[-1].step == told[-1].n_steps == 3
    assert all(0 <= progress.accuracy <= 1 and progress.rows_per_second > 0 for progress in told)


def test_validation_is_measured_on_the_network_as_each_epoch_leaves_it():
    problem = Problem(validated=True)
    problem.run()
    part, last = problem.validation, problem.state.history[-1]
    Z = evaluate(problem.network, part.samples, FLOAT)
    assert last.validation_loss == pytest.approx(CrossEntropy().value(Z, part.targets.labels), rel=1e-12)
    assert last.validation_accuracy == (Z.argmax(axis=1) == part.targets.labels).mean()


def test_early_stopping_leaves_the_best_epochs_weights():
    problem = Problem(validated=True, early_stopping=True, max_epochs=60)
    result = problem.run()
    losses = [record.validation_loss for record in problem.state.history]
    assert losses[problem.state.best_epoch - 1] == min(losses) == problem.state.best_loss
    again = Problem(validated=True, max_epochs=60)
    again.run(last_epoch=problem.state.best_epoch)
    np.testing.assert_array_equal(problem.numbers(), again.numbers())
    assert result.ending in (Ending.EARLY_STOPPING, Ending.MAX_EPOCHS)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_an_overflow_ends_training_with_the_numbers_of_the_last_good_epoch():
    problem = Problem()
    problem.run(last_epoch=1)
    before, moments = problem.numbers(), copy.deepcopy(problem.optimizer.state)
    problem.schedule = Overflow()
    result = problem.run()
    assert result.ending is Ending.NOT_FINITE
    np.testing.assert_array_equal(problem.numbers(), before)
    for name, moment in moments.items():
        np.testing.assert_array_equal(problem.optimizer.state[name], moment)
    assert problem.state.n_epochs == 1


def test_the_mean_of_the_last_epochs_is_taken_where_it_has_the_lower_loss():
    options = {"optimizer": nn.SGD(learning_rate=3.0), "max_epochs": 10}
    averaged, last = Problem(average_last=0.5, **options), Problem(**copy.deepcopy(options))
    result = averaged.run()
    last.run()
    assert averaged.losses() == last.losses(), "the mean is for the end, and training goes on without it"
    different = (averaged.numbers() != last.numbers()).any()
    assert different == (result.n_averaged > 1) == (averaged.state.last is not None)
