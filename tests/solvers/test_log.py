from contextlib import suppress

import pytest
from tests.solvers.problems import quadratic

from pminusy.solvers import log as module
from pminusy.solvers.log import Log
from pminusy.solvers.progress import listening
from pminusy.solvers.result import Reason


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass only when told."""

    class Clock:
        now = 100.0

        def perf_counter(self):
            return self.now

    found = Clock()
    monkeypatch.setattr(module, "time", found)
    return found


def test_records_count_iterations_and_passes_since_the_log_began(clock):
    objective = quadratic(2.0)
    objective.passes = 7
    log = Log(objective, "newton", 1e-3)
    log.record(3.0, 0.5)
    objective.passes, clock.now = 9, 101.5
    log.record(2.0, 1e-4)
    result = log.result(Reason.GRADIENT_TOLERANCE)
    assert [(r.iteration, r.passes, r.seconds) for r in result.history] == [(0, 0, 0.0), (1, 2, 1.5)]
    assert (log.n_iter, result.n_iter, result.passes) == (1, 1, 2)
    assert (result.method, result.tolerance, result.reason) == ("newton", 1e-3, Reason.GRADIENT_TOLERANCE)


def test_objectives_are_told_in_the_units_of_the_total(clock):
    objective = quadratic(2.0)  # its total is ten times its mean
    log = Log(objective, "newton", 1e-3)
    log.record(0.25, 4.0)
    result = log.result(Reason.MAX_ITERATIONS)
    assert (result.objective, result.gradient_norm) == (2.5, 4.0)


def test_phases_add_up_to_the_whole(clock):
    log = Log(quadratic(2.0), "lbfgs", 0.1)
    for seconds in (1.0, 2.0):
        with log.phase("gradients"):
            clock.now += seconds
    with suppress(KeyError), log.phase("products"):
        clock.now += 0.5
        raise KeyError
    clock.now += 4.0
    log.record(1.0, 1.0)
    result = log.result(Reason.LINE_SEARCH)
    assert result.phases == {"gradients": 3.0, "products": 0.5, "other": 4.0}
    assert result.seconds == 7.5


def test_every_record_is_told_to_listeners():
    heard = []
    log = Log(quadratic(2.0), "lbfgs", 0.1)
    with listening(heard.append):
        log.record(1.0, 2.0)
    log.record(0.5, 1.0)
    assert [record.iteration for record in heard] == [0]
