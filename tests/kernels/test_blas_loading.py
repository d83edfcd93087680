import os
import subprocess
import sys

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from pminusy.kernels import blas
from pminusy.kernels.machine.levels import levels_here

HAS_AVX512 = "x86-64-v4" in [level.name for level in levels_here()]


def wheel_in_threadpoolctl():
    return [entry for entry in threadpool_info() if "scipy_openblas32" in entry["filepath"]]


def test_a_limit_on_threads_set_by_the_caller_does_not_reach_products():
    blas.gemm_address(np.dtype(np.float32))
    with threadpool_limits(4):
        blas.gemm_address(np.dtype(np.float32))
        assert [entry["num_threads"] for entry in wheel_in_threadpoolctl()] == [1]


def test_the_wheels_kernels_are_those_of_avx512_where_the_processor_has_it():
    if "OPENBLAS_CORETYPE" in os.environ:
        assert blas.core_name()
    elif HAS_AVX512:
        assert blas.core_name() == "SkylakeX"
    else:
        assert blas.core_name() not in ("", "SkylakeX")


def test_a_library_that_does_not_load_leaves_the_environment_as_it_was(monkeypatch):
    during = {}

    def refuse(*arguments):
        during.update(os.environ)
        raise OSError("wrong architecture")

    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    monkeypatch.delenv("OPENBLAS_CORETYPE", raising=False)
    monkeypatch.setattr(blas.ctypes, "CDLL", refuse)
    monkeypatch.setattr(blas.ThreadpoolController, "__init__", lambda self: None)
    monkeypatch.setattr(blas.ThreadpoolController, "lib_controllers", [], raising=False)
    before = dict(os.environ)
    assert blas._load.__wrapped__() == (None, False)
    assert during["OPENBLAS_NUM_THREADS"] == "1"
    assert during.get("OPENBLAS_CORETYPE") == ("SkylakeX" if HAS_AVX512 else None)
    assert dict(os.environ) == before


def test_a_processor_that_cannot_be_identified_gets_openblas_own_choice(monkeypatch):
    monkeypatch.delenv("OPENBLAS_CORETYPE", raising=False)
    monkeypatch.setattr(blas, "levels_here", tuple)
    assert blas._settings() == {"OPENBLAS_NUM_THREADS": "1"}


def test_a_library_of_other_names_falls_back(monkeypatch):
    monkeypatch.setattr(blas.ctypes, "CDLL", lambda path, mode: object())
    assert blas._load.__wrapped__() == (None, False)


# What depends on who loads what first needs a process of its own.

CHECK = """
import ctypes, os
import numpy as np
from pminusy.kernels import blas
from pminusy.kernels.machine.levels import levels_here
from pminusy.kernels.compile import kernel
from pminusy.kernels.kinds import Index, Matrix

@kernel
def multiply(address: Index, A: Matrix, B: Matrix, C: Matrix):
    blas.gemm(address, 1.0, A, False, B, False, 0.0, C)

def products_are_right():
    for dtype in (np.dtype(np.float32), np.dtype(np.float64)):
        A, B = np.arange(12, dtype=dtype).reshape(3, 4), np.arange(20, dtype=dtype).reshape(4, 5)
        C = np.full((3, 5), np.nan, dtype)
        multiply(dtype)(blas.gemm_address(dtype), A, B, C)
        if not np.array_equal(C, A @ B):
            return False
    return True

def own(info):
    return [entry for entry in info if "scipy_openblas32" in entry["filepath"]]

def others(info):
    return [entry for entry in info if "scipy_openblas32" not in entry["filepath"]]
"""


def in_a_new_process(code, **environment):
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_environment_and_the_users_own_blas_stay_as_they_were():
    in_a_new_process(
        CHECK
        + """
import numba, scipy.linalg
from threadpoolctl import threadpool_info
environment, pools = dict(os.environ), threadpool_info()
assert blas.private() and products_are_right()
getenv = ctypes.CDLL(None).getenv
getenv.restype = ctypes.c_char_p
assert dict(os.environ) == environment
assert getenv(b"OPENBLAS_NUM_THREADS") == b"2"
assert getenv(b"OPENBLAS_CORETYPE") == os.environb.get(b"OPENBLAS_CORETYPE")
assert others(threadpool_info()) == pools
assert all(pool["num_threads"] == 2 for pool in pools if pool["internal_api"] == "openblas")
assert [pool["num_threads"] for pool in own(threadpool_info())] == [1]
""",
        OPENBLAS_NUM_THREADS="2",
    )


@pytest.mark.skipif(sys.platform != "linux", reason="asks the dynamic linker of Linux")
def test_a_scipy_loaded_afterwards_finds_no_symbol_of_ours():
    in_a_new_process(
        CHECK
        + """
import sys
assert blas.private() and "scipy.linalg" not in sys.modules
import scipy.linalg
assert not hasattr(ctypes.CDLL(None), "scipy_dgemm_")
"""
    )


def test_a_library_that_somebody_else_loaded_is_used_as_it_is():
    in_a_new_process(
        CHECK
        + """
import scipy_openblas32
from threadpoolctl import threadpool_info
before = own(threadpool_info())
assert not blas.private() and products_are_right() and blas.core_name()
assert own(threadpool_info()) == before and before[0]["num_threads"] == 2
""",
        OPENBLAS_NUM_THREADS="2",
    )


def test_the_users_choice_of_kernels_stands():
    in_a_new_process(CHECK + 'assert blas.core_name() == "Nehalem"', OPENBLAS_CORETYPE="Nehalem")


def test_scipys_blas_serves_where_the_wheel_is_missing():
    in_a_new_process(
        """
import sys
sys.modules["scipy_openblas32"] = None
"""
        + CHECK
        + """
from threadpoolctl import threadpool_info
assert not blas.private() and "scipy.linalg.cython_blas" in sys.modules  # for threadpoolctl to find its library
assert products_are_right() and blas.core_name() == ""
assert not own(threadpool_info())
"""
    )


def test_threads_that_ask_at_once_load_one_library():
    """Each thread that looked for itself would come later than the one before, and find the library loaded."""
    in_a_new_process(
        CHECK
        + """
from concurrent.futures import ThreadPoolExecutor
import itertools, threading
gate, looks, wheel_path = threading.Barrier(4), itertools.count(), blas._wheel_path
loaded = threading.Event()
def wheel_path_later():
    if next(looks) > 0:  # not the first to look
        loaded.wait()
    return wheel_path()
blas._wheel_path = wheel_path_later
def ask(_):
    gate.wait()
    answer = blas.private(), blas.gemm_address(np.dtype(np.float32))
    loaded.set()
    return answer
with ThreadPoolExecutor(4) as pool:
    answers = set(pool.map(ask, range(4)))
assert len(answers) == 1 and answers.pop()[0]
"""
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.parametrize("loaded_before", [True, False])
def test_works_in_a_forked_child(loaded_before):
    in_a_new_process(
        CHECK
        + f"""
if {loaded_before}:
    assert products_are_right()
child = os.fork()
if child == 0:
    os._exit(0 if products_are_right() and blas.private() else 1)
assert os.waitpid(child, 0)[1] == 0
assert products_are_right()
"""
    )


def test_code_kept_on_disk_works_wherever_the_library_lies_next_time(tmp_path):
    (tmp_path / "products_module.py").write_text(CHECK)
    code = "import products_module as m; assert m.products_are_right(); print(m.blas.private())"
    settings = {
        "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path]),
        "NUMBA_CACHE_DIR": str(tmp_path),
        "NUMBA_DEBUG_CACHE": "1",
    }
    first, second = in_a_new_process(code, **settings), in_a_new_process(code, **settings)
    assert "data saved" in first
    assert "data loaded" in second
    assert "data saved" not in second
    hidden = "import sys; sys.modules['scipy_openblas32'] = None; " + code
    third = in_a_new_process(hidden, **settings)
    assert "data saved" not in third
    assert third.splitlines()[-1] == "False"
