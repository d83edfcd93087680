import os
import signal
import threading

import pytest

from pminusy.linear.cross_validation.side_by_side import side_by_side
from pminusy.solvers.progress import listening, tell
from pminusy.solvers.result import Record

RECORD = Record(0, 0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize("n_threads", [1, 3, 20])
def test_results_come_in_the_order_of_the_jobs(n_threads):
    meet = threading.Barrier(n_threads, timeout=60) if n_threads < 5 else None

    def job(number):
        if meet and number < n_threads:
            meet.wait()
        return number

    assert side_by_side([lambda i=i: job(i) for i in range(10)], n_threads) == list(range(10))


def iterate_until_stopped(started, ended):
    """What a solver does that never converges."""
    started.set()
    try:
        while True:
            tell(RECORD)
    finally:
        ended.set()


def test_a_failing_job_stops_the_others_and_keeps_the_rest_from_starting():
    started, ended, begun = threading.Event(), threading.Event(), []

    def fail():
        assert started.wait(60)
        raise ValueError("why it failed")

    def endless():
        iterate_until_stopped(started, ended)

    with pytest.raises(ValueError, match="why it failed"):
        side_by_side([endless, fail], 2)
    assert ended.is_set()

    def fail_at_once():
        raise ValueError("at once")

    with pytest.raises(ValueError, match="at once"):
        side_by_side([fail_at_once, endless, *[lambda: begun.append(1)] * 50], 1)
    assert begun == []


@pytest.fixture
def interruptible():
    """Control-C raises KeyboardInterrupt, which a shell may have turned off for what it runs in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name != "posix", reason="needs a signal to itself")
@pytest.mark.usefixtures("interruptible")
def test_control_c_stops_them_all():
    started, ended = threading.Event(), threading.Event()

    def interrupt():
        assert started.wait(60)
        os.kill(os.getpid(), signal.SIGINT)
        iterate_until_stopped(threading.Event(), threading.Event())

    with pytest.raises(KeyboardInterrupt):
        side_by_side([lambda: iterate_until_stopped(started, ended), interrupt], 2)
    assert ended.is_set()


def test_a_listener_of_the_caller_is_not_called_from_other_threads():
    heard = []
    with listening(heard.append):
        side_by_side([lambda: tell(RECORD), lambda: None], 2)
    assert heard == []
