import os
import subprocess
import sys

import numpy as np
import pytest

from pminusy.kernels import compile as compiling
from pminusy.kernels.cross_entropy import label_rows
from pminusy.kernels.cross_entropy_tiles import label_tiles
from pminusy.kernels.kinds import Vector
from pminusy.kernels.machine import just_in_time
from pminusy.kernels.machine.functions import Helper

CALL = (
    "import numpy as np, pminusy; print(pminusy.CrossEntropy().value(np.zeros((2, 3), np.float32), [0, 1]))"
)


def call_in_a_new_process(cache):
    environment = {
        **os.environ,
        "NUMBA_CACHE_DIR": str(cache),
        "NUMBA_DEBUG_CACHE": "1",
        "PMINUSY_KERNELS": "jit",
    }
    return subprocess.run(
        [sys.executable, "-c", CALL], env=environment, capture_output=True, text=True, check=True
    ).stdout


def test_machine_code_is_kept_on_disk_for_the_next_process(tmp_path):
    first, second = call_in_a_new_process(tmp_path), call_in_a_new_process(tmp_path)
    assert "data saved" in first
    assert "data loaded" in second
    assert "data saved" not in second
    assert first.splitlines()[-1] == second.splitlines()[-1]


def test_one_call_compiles_one_kernel_for_one_dtype(tmp_path):
    call_in_a_new_process(tmp_path)
    assert len(list(tmp_path.rglob("*.nbc"))) == 1


def test_works_where_no_cache_can_be_written(monkeypatch):
    def refuse(function):
        raise RuntimeError("no locator available")

    monkeypatch.setattr(just_in_time, "source_cache", refuse)
    double = compiling.kernel(_double)
    values = np.ones(3)
    double(values.dtype)(values)
    assert values.tolist() == [2, 2, 2]


def _double(values: Vector):
    for i in range(values.size):
        values[i] *= 2


@pytest.mark.parametrize("kernel", [label_rows, label_tiles])
def test_hot_loops_are_vector_code_with_fused_multiply_add(kernel):
    compiled = Helper(kernel._function)  # code that was loaded from the cache can't be inspected
    just_in_time.compile_kernel(compiled, np.dtype(np.float32))
    assembly = "".join(compiled.dispatcher.inspect_asm().values())
    if "ymm" not in assembly and "zmm" not in assembly:
        pytest.skip("not a processor with AVX2")
    assert any(
        f"vfmadd{order}ps" in line and ("ymm" in line or "zmm" in line)
        for order in (132, 213, 231)
        for line in assembly.splitlines()
    )
    assert "vmaxps" in assembly
