import math
import multiprocessing
import operator
from functools import partial

import pytest

from pminusy.proofread import proofread
from pminusy.web.worker import Done, Job, OutOfMemory, Refused, serve

MEMORY = 500_000_000


@pytest.fixture
def worker():
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, MEMORY), daemon=True)
    process.start()
    theirs.close()
    yield ours
    ours.close()
    process.join()
    assert process.exitcode == 0


def _answer(worker, function, *arguments):
    worker.send(Job(function, arguments))
    return worker.recv()


def test_jobs_are_done_one_after_another(worker):
    assert _answer(worker, math.hypot, 3, 4) == Done(5.0)
    assert _answer(worker, operator.add, "a", "b") == Done("ab")


def test_what_is_wrong_with_the_input_is_said(worker):
    answer = _answer(worker, partial(proofread, assume=["what?"]), "$x = 1$")
    assert isinstance(answer, Refused)
    assert "what?" in answer.reason


def test_a_job_that_needs_too_much_memory_fails_and_the_next_is_done(worker):
    assert _answer(worker, bytearray, 2 * MEMORY) == OutOfMemory()
    assert _answer(worker, abs, -1) == Done(1)
