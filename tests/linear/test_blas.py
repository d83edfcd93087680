import threading

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from pminusy.kernels.blas import load
from pminusy.linear.blas import single_threaded_blas


def n_threads():
    libraries = [library for library in threadpool_info() if library["user_api"] == "blas"]
    return {library["filepath"]: library["num_threads"] for library in libraries}


@pytest.fixture(autouse=True)
def _two_threads_outside():
    load()  # loaded before what there is outside is looked at
    with threadpool_limits(2, user_api="blas"):
        yield


def test_one_thread_inside_and_those_there_were_after():
    outside = n_threads()
    with single_threaded_blas():
        assert set(n_threads().values()) == {1}
    assert n_threads() == outside


def test_an_error_inside_restores_them_too():
    outside = n_threads()
    with pytest.raises(KeyError), single_threaded_blas():
        raise KeyError
    assert n_threads() == outside


def test_they_come_back_when_the_last_of_overlapping_blocks_ends():
    outside = n_threads()
    entered, leave = threading.Event(), threading.Event()

    def other():
        with single_threaded_blas():
            entered.set()
            leave.wait()

    thread = threading.Thread(target=other)
    with single_threaded_blas():
        thread.start()
        entered.wait()
    assert set(n_threads().values()) == {1}
    leave.set()
    thread.join()
    assert n_threads() == outside
