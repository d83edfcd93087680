import multiprocessing
import os
import subprocess
import sys
import threading

import numpy as np
import pytest

import pminusy
from pminusy.kernels.parallel import n_threads, over_ranges, threads


@pytest.mark.parametrize("n", [1, 2, 3, 7])
@pytest.mark.parametrize("n_rows", [0, 1, 2, 5, 1000])
def test_ranges_cover_every_row_once(n, n_rows):
    seen = np.zeros(n_rows, int)

    def run(start, stop):
        seen[start:stop] += 1

    with threads(n):
        over_ranges(run, n_rows, 10**9)
    assert (seen == 1).all()


@pytest.mark.parametrize("shape", [(30_000, 10), (3000, 96), (3000, 97), (64, 5000)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("soft", [False, True])
def test_same_bits_for_1_2_and_7_threads(rng, shape, dtype, soft):
    Z, V = (rng.standard_normal((2, *shape)) * 5).astype(dtype)
    targets = rng.random(shape).astype(dtype) if soft else rng.integers(0, shape[1], shape[0])
    loss = pminusy.CrossEntropy(label_smoothing=0.1, z_loss=1e-3)
    results = []
    for n in (1, 2, 7):
        with threads(n):
            value, gradient = loss.value_and_gradient(Z, targets)
            results.append(
                (value, gradient.tobytes(), loss.hvp(Z, targets, V).tobytes(), pminusy.softmax(Z).tobytes())
            )
    assert results[0] == results[1] == results[2]


def test_limit_holds_inside_the_block_only_and_for_this_thread_only():
    before = n_threads()
    elsewhere = []
    with threads(3):
        assert n_threads() == 3
        with threads(None):
            assert n_threads() == 3
        other = threading.Thread(target=lambda: elsewhere.append(n_threads()))
        other.start()
        other.join()
    assert n_threads() == before
    assert elsewhere == [before]


@pytest.mark.parametrize("n", [0, -3, 2.5, "2"])
def test_a_number_of_threads_that_is_none(n):
    with pytest.raises(pminusy.InputError, match="n: expected an integer ≥ 1 or None"), threads(n):
        pass


def test_no_thread_writes_any_more_when_an_error_comes_back():
    running = []

    def run(start, stop):
        if start == 0:
            raise ValueError("first range")
        running.append(start)
        threading.Event().wait(0.05)
        running.remove(start)

    with threads(3), pytest.raises(ValueError, match="first range"):
        over_ranges(run, 60, 10**9)
    assert running == []


def test_works_while_the_interpreter_shuts_down():
    code = (
        "import atexit, numpy as np, pminusy\n"
        "def late():\n"
        "    with pminusy.threads(2): print(pminusy.softmax(np.zeros((5000, 100))).sum())\n"
        "atexit.register(late)\n"
        "import concurrent.futures.thread\n"
    )
    assert float(subprocess.check_output([sys.executable, "-c", code], text=True)) == pytest.approx(5000)


def test_an_error_in_a_thread_reaches_the_caller():
    def run(start, stop):
        if start > 0:
            raise ValueError("in a thread")

    with threads(2), pytest.raises(ValueError, match="in a thread"):
        over_ranges(run, 10, 10**9)


def test_many_callers_at_once_share_the_pool(rng):
    Z = rng.standard_normal((400, 300))
    expected = pminusy.softmax(Z)
    results = []

    def call():
        with threads(3):
            results.append(np.array_equal(pminusy.softmax(Z), expected))

    callers = [threading.Thread(target=call) for _ in range(8)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert results == [True] * 8


def _softmax_sum(Z):
    with threads(2):
        return float(pminusy.softmax(Z).sum())


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_computes_with_threads_of_its_own(rng):
    Z = rng.standard_normal((1000, 100))
    assert _softmax_sum(Z) == pytest.approx(1000)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(_softmax_sum, (Z,)).get(timeout=60) == pytest.approx(1000)


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="threads can't be placed on this system")
def test_the_caller_may_run_where_it_could_before(rng):
    before = os.sched_getaffinity(0)
    with threads(2):
        pminusy.softmax(rng.standard_normal((2000, 100)))
        with pytest.raises(ZeroDivisionError):
            over_ranges(lambda start, stop: 1 // 0, 10, 10**9)
    assert os.sched_getaffinity(0) == before


def test_a_system_that_forbids_placing_threads(rng, monkeypatch):
    def forbid(thread, processors):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "sched_setaffinity", forbid, raising=False)
    with threads(2):
        assert pminusy.softmax(rng.standard_normal((2000, 100))).sum() == pytest.approx(2000)
