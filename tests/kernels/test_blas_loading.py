"""How the routines of SciPy's BLAS are found, which needs a process of its own."""

import os
import subprocess
import sys

import pytest

CHECK = """
import os
import numpy as np
from pminusy.kernels import blas
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
"""


def in_a_new_process(code, **environment):
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_loading_it_changes_neither_the_environment_nor_the_number_of_threads():
    in_a_new_process(
        CHECK
        + """
import numba, scipy.linalg
from threadpoolctl import threadpool_info
environment, pools = dict(os.environ), threadpool_info()
assert products_are_right()
assert dict(os.environ) == environment
blas_pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
assert blas_pools == [pool for pool in pools if pool["user_api"] == "blas"]
""",
        OPENBLAS_NUM_THREADS="2",
    )


def test_a_limit_on_threads_reaches_it_once_it_is_loaded():
    in_a_new_process(
        """
import sys
from threadpoolctl import threadpool_info
from pminusy.kernels import blas
blas.load()
assert "scipy.linalg.cython_blas" in sys.modules
assert any("scipy" in pool["filepath"] for pool in threadpool_info() if pool["user_api"] == "blas")
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
    os._exit(0 if products_are_right() else 1)
assert os.waitpid(child, 0)[1] == 0
assert products_are_right()
"""
    )


def test_code_kept_on_disk_works_wherever_the_library_lies_next_time(tmp_path):
    (tmp_path / "products_module.py").write_text(CHECK)
    code = "import products_module as m; assert m.products_are_right()"
    settings = {
        "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path]),
        "NUMBA_CACHE_DIR": str(tmp_path),
        "NUMBA_DEBUG_CACHE": "1",
    }
    first, second = in_a_new_process(code, **settings), in_a_new_process(code, **settings)
    assert "data saved" in first
    assert "data loaded" in second
    assert "data saved" not in second
