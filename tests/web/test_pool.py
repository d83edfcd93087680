import asyncio
import os
import signal
import time
from functools import partial

import pytest

from pminusy.proofread import proofread
from pminusy.web.pool import Busy, JobRefused, JobTooLarge, Pool, WorkerDied
from pminusy.web.settings import Settings


def run(check, **limits):
    async def main():
        pool = Pool(Settings(**limits))
        pool.start()
        try:
            return await check(pool)
        finally:
            pool.close()

    return asyncio.run(main())


def test_jobs_run_in_other_processes_as_many_at_once_as_there_are_workers():
    async def check(pool):
        return await asyncio.gather(*(pool.run(os.getpid) for _ in range(8)))

    found = set(run(check, workers=2))
    assert 1 <= len(found) <= 2
    assert os.getpid() not in found


def test_a_job_that_takes_too_long_is_stopped_and_its_process_replaced():
    async def check(pool):
        before = await pool.run(os.getpid)
        with pytest.raises(JobTooLarge, match=r"took more than 0\.2 s"):
            await pool.run(time.sleep, 60)
        return before, await pool.run(os.getpid)

    before, after = run(check, workers=1, seconds=0.2)
    assert before != after
    assert not _is_alive(before)


def test_a_cancelled_job_is_stopped_and_its_process_replaced():
    async def check(pool):
        before = await pool.run(os.getpid)
        job = asyncio.create_task(pool.run(time.sleep, 60))
        await asyncio.sleep(0.05)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        return before, await pool.run(os.getpid)

    before, after = run(check, workers=1)
    assert before != after
    assert not _is_alive(before)


@pytest.mark.parametrize("death", [partial(os._exit, 3), partial(signal.raise_signal, signal.SIGKILL)])
def test_a_process_that_dies_is_replaced(death):
    async def check(pool):
        with pytest.raises(WorkerDied):
            await pool.run(death)
        return await pool.run(abs, -2)

    assert run(check, workers=1) == 2


def test_a_process_that_dies_while_idle_is_replaced_when_it_is_needed():
    async def check(pool):
        pid = await pool.run(os.getpid)
        os.kill(pid, signal.SIGKILL)
        while _is_alive(pid):
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)  # until the parent of the processes has told
        return await pool.run(abs, -2)

    assert run(check, workers=1) == 2


def test_too_much_memory_is_refused_and_the_process_goes_on():
    async def check(pool):
        with pytest.raises(JobTooLarge, match="took more than 300 MB of memory"):
            await pool.run(bytearray, 600_000_000)
        return await pool.run(abs, -2)

    assert run(check, workers=1, memory=300_000_000) == 2


def test_bad_input_is_refused_with_its_reason():
    async def check(pool):
        with pytest.raises(JobRefused, match="assume"):
            await pool.run(partial(proofread, assume=["what?"]), "$x = 1$")

    run(check, workers=1)


def test_more_than_may_wait_are_sent_away():
    async def check(pool):
        jobs = [asyncio.create_task(pool.run(time.sleep, 0.3)) for _ in range(3)]
        await asyncio.sleep(0.05)
        with pytest.raises(Busy):
            await pool.run(abs, -1)
        await asyncio.gather(*jobs)
        return await pool.run(abs, -1)

    assert run(check, workers=1, waiting=2) == 1


def test_one_that_gives_up_waiting_leaves_its_place():
    async def check(pool):
        first, second = (asyncio.create_task(pool.run(time.sleep, 0.2)) for _ in range(2))
        await asyncio.sleep(0.05)
        second.cancel()
        await asyncio.sleep(0)
        third = asyncio.create_task(pool.run(abs, -3))
        await first
        return await third

    assert run(check, workers=1, waiting=1) == 3


def _is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
