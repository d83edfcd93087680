import numpy as np
import pytest
from tests.network.networks import X, Y, small, weights_of

from pminusy import InputError
from pminusy.network.fit import begin, go_on, resume

NONE = (None, None)


def run(fit, last_epoch=None):
    """Train to the end, or until this epoch is done; the records, and what the fit leaves."""
    records = []

    def on_epoch(record):
        records.append(record)
        return record.epoch == last_epoch

    return records, fit.run(lambda progress: None, on_epoch)


def started(model, X=X, y=Y, weights=None, validation=NONE, classes=None, earlier=None):
    return begin(model, earlier, X, y, weights, validation, classes)


def numbers(fitted):
    return np.concatenate([parameter.value.ravel() for parameter in fitted.network.parameters])


def test_a_fit_trains_what_the_estimator_would_and_leaves_the_estimator_alone():
    model = small()
    before = dict(vars(model))
    records, fitted = run(started(model))
    assert vars(model) == before
    assert [record.epoch for record in records] == [1, 2, 3]
    np.testing.assert_array_equal(numbers(fitted), weights_of(small().fit(X, Y)))
    assert fitted.classes.tolist() == list(range(10))
    assert fitted.columns.count == 64


def test_parameters_and_data_are_checked_before_anything_is_trained():
    with pytest.raises(InputError, match=r"^dropout"):
        started(small(dropout=2))
    with pytest.raises(InputError, match=r"^X_val, y_val"):
        started(small(), validation=(X, None))


def test_validation_rows_are_measured_after_every_epoch():
    records, _ = run(started(small(), validation=(X[:50], Y[:50])))
    assert all(record.validation_loss > 0 for record in records)
    held_out, _ = run(started(small(early_stopping=True)))
    assert all(record.validation_loss > 0 for record in held_out)
    alone, _ = run(started(small()))
    assert all(record.validation_loss is None for record in alone)


def test_a_warm_start_goes_on_from_weights_that_match():
    _, first = run(started(small()))
    model = small(warm_start=True)
    np.testing.assert_array_equal(numbers(started(model, earlier=first).fitted), numbers(first))
    for other in (small(warm_start=True, hidden=(13,)), small()):
        fresh = numbers(started(other).fitted)
        np.testing.assert_array_equal(numbers(started(other, earlier=first).fitted), fresh)


def test_a_fit_that_was_broken_off_ends_as_if_it_had_not_been():
    _, whole = run(started(small()))
    _, part = run(started(small()), last_epoch=1)
    _, ended = run(resume(small(), part, X, Y, None, NONE))
    np.testing.assert_array_equal(numbers(ended), numbers(whole))


def test_what_is_resumed_is_the_same_fit():
    _, part = run(started(small()), last_epoch=1)
    with pytest.raises(InputError, match=r"^X: expected .* as in the interrupted fit"):
        resume(small(), part, X + 1, Y, None, NONE)
    _, one_more = run(go_on(small(), part, X, Y, None, None))
    with pytest.raises(InputError, match="resume: expected a model trained with fit only"):
        resume(small(), one_more, X, Y, None, NONE)


def test_one_epoch_more_at_a_time_leaves_the_earlier_network_alone():
    records, first = run(go_on(small(), None, X, Y, None, None))
    before = numbers(first)
    more, second = run(go_on(small(), first, X[:100], Y[:100], None, None))
    assert [record.epoch for record in records + more] == [1, 2]
    np.testing.assert_array_equal(numbers(first), before)
    assert (numbers(second) != before).any()


def test_the_first_call_fixes_the_classes():
    _, first = run(go_on(small(), None, X, Y, None, np.arange(12)))
    assert first.classes.tolist() == list(range(12))
    go_on(small(), first, X, Y, None, np.arange(12))
    with pytest.raises(InputError, match="classes: expected those of the first call"):
        go_on(small(), first, X, Y, None, np.arange(10))
