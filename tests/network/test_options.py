import warnings

import numpy as np
import pytest
from tests.network.networks import small

from pminusy import InputError, nn
from pminusy.network.options import (
    check_parameters,
    hidden_layers,
    make_optimizer,
    make_schedule,
    training_options,
    warn_of_batch_size,
)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"hidden": (), "dropout": 0.5, "batch_norm": True, "average_last": 1, "max_gradient_norm": 3},
        {"hidden": np.array([3, 4]), "batch_size": np.int64(3), "image_layout": "NCHW", "n_threads": 2},
        {"layers": [nn.Dense(3)], "optimizer": nn.Adam(), "schedule": nn.Cosine()},
    ],
)
def test_parameters_within_their_ranges_pass(options):
    check_parameters(small(**options))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("batch_size", 0),
        ("max_epochs", 1.5),
        ("verbose", -1),
        ("n_threads", 0),
        ("batch_norm", 1),
        ("early_stopping", "yes"),
        ("warm_start", 0),
        ("dropout", 1),
        ("dropout", -0.1),
        ("validation_fraction", 0),
        ("weight_decay", -1),
        ("learning_rate", 0),
        ("learning_rate", np.inf),
        ("average_last", 1.1),
        ("max_gradient_norm", 0),
        ("image_layout", "HWCN"),
        ("hidden", "12"),
        ("hidden", 12),
        ("layers", nn.Dense(3)),
        ("layers", "dense"),
        ("layers", [nn.Dense]),
        ("optimizer", nn.Adam),
        ("optimizer", 3),
        ("schedule", nn.Dense(3)),
        ("callbacks", [print]),
        ("callbacks", "print"),
    ],
)
def test_a_parameter_outside_its_range_is_named(name, value):
    with pytest.raises(InputError, match=f"^{name}: expected"):
        check_parameters(small(**{name: value}))


def test_a_size_of_no_units_is_refused():
    with pytest.raises(InputError, match="hidden: expected an integer ≥ 1, got 0"):
        check_parameters(small(hidden=(3, 0)))


def test_hidden_layers_are_those_given_or_dense_ones():
    given = [nn.Dense(3), nn.Tanh()]
    assert hidden_layers(small(layers=given)) == given
    kinds = [type(layer) for layer in hidden_layers(small(hidden=(5,), activation="gelu", dropout=0.1))]
    assert kinds == [nn.Dense, nn.GELU, nn.Dropout]


def test_an_optimizer_by_name_has_the_models_options():
    made = make_optimizer(small(optimizer="adamw", learning_rate=0.5, weight_decay=0.25))
    assert isinstance(made, nn.AdamW)
    assert (made.learning_rate, made.weight_decay) == (0.5, 0.25)
    assert make_optimizer(small(optimizer="sgd")).momentum == 0.9, "as the documentation says"


def test_an_optimizer_or_schedule_that_is_given_is_copied():
    optimizer, schedule = nn.SGD(learning_rate=0.3), nn.ReduceOnPlateau()
    model = small(optimizer=optimizer, schedule=schedule, learning_rate=0.5)
    assert make_optimizer(model) is not optimizer
    assert make_optimizer(model).learning_rate == 0.3
    assert make_schedule(model) is not schedule
    assert isinstance(make_schedule(model), nn.ReduceOnPlateau)
    assert isinstance(make_schedule(small(schedule="cosine")), nn.Cosine)


def test_how_long_to_train_and_on_what():
    options = training_options(small(max_epochs=10, batch_size=32), n_rows=100, seed=7)
    assert (options.batch_size, options.max_epochs, options.planned_epochs, options.seed) == (32, 10, 10, 7)
    assert options.max_gradient_norm == np.inf
    assert training_options(small(max_gradient_norm=2), 100, 0).max_gradient_norm == 2
    assert training_options(small(batch_size=500), n_rows=100, seed=0).batch_size == 100


def test_the_mean_is_over_the_share_of_epochs_that_is_asked_for():
    def averaged(**options):
        return training_options(small(max_epochs=10, **options), 100, 0).n_averaged

    assert averaged(average_last=0.5) == 5
    assert averaged(schedule="constant") == averaged(schedule=nn.Constant()) == 3
    assert averaged(schedule="cosine") == 0


def test_a_batch_of_more_than_all_rows_is_told():
    with pytest.warns(UserWarning, match="batch_size: expected at most the number of rows, 20, got 32"):
        warn_of_batch_size(small(batch_size=32), 20)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of_batch_size(small(batch_size=20), 20)
