import pytest

import pminusy
from pminusy.kernels.parallel import n_threads
from pminusy.nn.training import pace
from pminusy.nn.training.pace import Pace


class Machine:
    """Steps that take so many seconds on two threads and on one, by a clock of its own."""

    def __init__(self, monkeypatch, on_two, on_one):
        self.seconds, self.now, self.calls = {2: on_two, 1: on_one}, 0.0, []
        monkeypatch.setattr(pace.time, "perf_counter", lambda: self.now)

    def run(self, first, n_steps):
        self.calls.append((n_threads(), n_steps))
        self.now += n_steps * self.seconds[n_threads()]
        return True


def epoch(paced, machine, n_steps=10_000):
    """The calls of an epoch."""
    machine.calls.clear()
    step = 0
    with pminusy.threads(2):
        while step < n_steps:
            step, going = paced.run(machine.run, step, n_steps)
            assert going
    assert sum(n for _, n in machine.calls) == n_steps
    return list(machine.calls)


def n_steps_on(n, calls):
    return sum(n_steps for threads, n_steps in calls if threads == n)


@pytest.mark.parametrize(("on_two", "on_one"), [(1e-4, 1.2e-4), (1.2e-4, 1e-4), (1e-4, 2e-4), (3e-4, 1e-4)])
def test_most_steps_are_done_on_the_faster(monkeypatch, on_two, on_one):
    machine, paced = Machine(monkeypatch, on_two, on_one), Pace()
    for _ in range(5):
        calls = epoch(paced, machine)
        assert n_steps_on(2 if on_two < on_one else 1, calls) > 9_800
        assert max(n * machine.seconds[threads] for threads, n in calls) <= 0.1001


def test_what_became_faster_is_taken(monkeypatch):
    machine, paced = Machine(monkeypatch, 1e-4, 1.1e-4), Pace()
    epoch(paced, machine)
    machine.seconds[2] = 5e-4
    assert n_steps_on(1, epoch(paced, machine)) > 8_000
    machine.seconds[2] = 6e-5
    machine.now += 2
    assert n_steps_on(2, epoch(paced, machine)) > 9_800


def test_a_moment_of_bad_luck_does_not_last(monkeypatch):
    machine, paced = Machine(monkeypatch, 1e-4, 1.8e-4), Pace()
    epoch(paced, machine)
    machine.seconds[2] = 100e-4
    epoch(paced, machine, 1)
    machine.seconds[2] = 1e-4
    machine.now += 2
    assert n_steps_on(2, epoch(paced, machine)) > 9_800


def test_a_slow_first_call_does_not_count(monkeypatch):
    machine, paced = Machine(monkeypatch, 10e-4, 1.8e-4), Pace()
    epoch(paced, machine, 2)
    machine.seconds[2] = 1e-4
    assert n_steps_on(2, epoch(paced, machine)) > 9_800


def test_one_thread_that_was_far_behind_is_not_tried_again(monkeypatch):
    machine, paced = Machine(monkeypatch, 1e-4, 2e-4), Pace()
    assert n_steps_on(1, epoch(paced, machine)) > 0
    machine.now += 2
    assert n_steps_on(1, epoch(paced, machine)) == 0
    machine.seconds[2] = 3e-4
    assert n_steps_on(1, epoch(paced, machine)) > 8_000
