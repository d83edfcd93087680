from types import SimpleNamespace

import pytest

from pminusy.cli.gauges import EpochGauge, SolverGauge, share_fallen


@pytest.mark.parametrize(
    ("first", "least", "tol", "share"),
    [
        (1.0, 1.0, 1e-4, 0.0),
        (1.0, 1e-2, 1e-4, 0.5),
        (1.0, 1e-4, 1e-4, 1.0),
        (1.0, 0.0, 1e-4, 1.0),
        (1e-5, 1e-5, 1e-4, 1.0),
        (1.0, 0.5, 0.0, 0.0),
        (float("nan"), 1.0, 1e-4, 0.0),
        (float("inf"), 1.0, 1e-4, 0.0),
    ],
)
def test_the_share_counts_orders_of_magnitude(first, least, tol, share):
    assert share_fallen(first, least, tol) == pytest.approx(share)


def test_the_least_norm_counts_when_the_norm_rises_again():
    gauge = SolverGauge()
    for iteration, norm in enumerate((1.0, 1e-2, 1e-1)):
        record = SimpleNamespace(iteration=iteration, objective=1.0, gradient_norm=norm)
        share, state = gauge.read(record, tol=1e-4)
    assert share == pytest.approx(0.5)
    assert "gradient norm 1.0e-01" in state


def at(epoch, step):
    return SimpleNamespace(epoch=epoch, n_epochs=10, step=step, n_steps=4, rows_per_second=1234.5)


def test_the_time_left_is_what_the_share_done_since_the_start_tells():
    now = iter([100.0, 101.0, 104.0])
    gauge = EpochGauge(clock=lambda: next(now))
    # A fit that goes on after five epochs has half of its work before it.
    assert gauge.read(at(6, 0), "rows") == (0.5, "1,234 rows/s")
    assert gauge.read(at(6, 4), "rows") == (0.6, "1,234 rows/s, 4.0 s left")
    gauge.validation_loss = 0.25
    share, told = gauge.read(at(9, 0), "rows")
    assert share == 0.8
    assert told == "validation loss 0.2500, 1,234 rows/s, 2.7 s left"
