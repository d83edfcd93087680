from dataclasses import replace

import numpy as np
import pytest
from tests.network.networks import X, Y, small

from pminusy.classifier.seen_columns import SeenColumns
from pminusy.network.fitted import FittedNetwork


def of(model):
    """What the estimator would go on from."""
    return FittedNetwork(
        model.network_,
        model.classes_,
        (X.shape[1],),
        SeenColumns.of(model),
        model._training,
        model.temperature_,
        model.result_,
    )


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_computes_in_the_dtype_of_its_weights(dtype):
    assert of(small(max_epochs=1).fit(X.astype(dtype), Y)).dtype == dtype


def test_a_copy_to_train_on_has_numbers_of_its_own():
    fitted = replace(of(small(optimizer="sgd").fit(X, Y)), temperature=2.0)
    copied = fitted.to_train_on()
    for one, other in zip(fitted.network.parameters, copied.network.parameters, strict=True):
        np.testing.assert_array_equal(one.value, other.value)
        assert not np.shares_memory(one.value, other.value)
    moments, others = fitted.training.optimizer.state, copied.training.optimizer.state
    assert moments
    for name, moment in moments.items():
        np.testing.assert_array_equal(moment, others[name])
        assert not np.shares_memory(moment, others[name])
    assert copied.training.state.history == fitted.training.state.history
    assert copied.training.state is not fitted.training.state


def test_a_copy_to_train_on_is_uncalibrated_and_has_no_end():
    fitted = replace(of(small(max_epochs=1).fit(X, Y)), temperature=2.0)
    copied = fitted.to_train_on()
    assert (copied.temperature, copied.result) == (1.0, None)
    assert (copied.classes is fitted.classes, copied.sample_shape) == (True, (64,))
    assert fitted.temperature == 2.0
