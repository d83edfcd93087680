"""Every kernel and operation as plain Python, as a debugger sees it, against the machine code."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

SCRIPT = Path(__file__).with_name("every_kernel.py")
PLAIN = {"NUMBA_DISABLE_JIT": "1"}


def in_a_new_process(*arguments, **settings):
    command = [sys.executable, *map(str, arguments)]
    environment = {**os.environ, **settings}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The results of plain Python, and the names of what was not run."""
    file = tmp_path_factory.mktemp("plain") / "results.npz"
    not_run = in_a_new_process(SCRIPT, file, **PLAIN).split()
    return dict(np.load(file)), not_run


def test_every_kernel_operation_and_primitive_runs_as_plain_python(plain):
    assert plain[1] == []


def test_plain_python_agrees_with_machine_code_to_rounding(plain, tmp_path):
    in_a_new_process(SCRIPT, tmp_path / "results.npz")
    compiled = dict(np.load(tmp_path / "results.npz"))
    assert compiled.keys() == plain[0].keys()
    for name, expected in compiled.items():
        single = "float32" in name or expected.dtype == np.float32
        tolerance = 2e-5 if single else 1e-11
        np.testing.assert_allclose(plain[0][name], expected, tolerance, tolerance, err_msg=name)


def test_a_debugger_stops_inside_an_operation_and_sees_arrays():
    code = """
import bdb, numpy as np
from pminusy.nn import ReLU
from pminusy.nn.layers import relu
seen = []
class Debugger(bdb.Bdb):
    def user_line(self, frame):
        if frame.f_code.co_name == "_forward":
            seen.append(frame.f_locals["X"].tolist())
        self.set_continue()
debugger = Debugger()
assert debugger.set_break(relu.__file__, relu._forward._function.__code__.co_firstlineno + 3) is None
debugger.runcall(ReLU().forward, np.array([[-1.0, 2.0]]))
print(seen[-1])
"""
    assert in_a_new_process("-c", code, **PLAIN).strip() == "[[-1.0, 2.0]]"


def test_an_error_in_an_operation_reaches_the_caller():
    code = """
import numpy as np
from pminusy.kernels.kinds import Vector
from pminusy.kernels.operations import operation
from pminusy.nn.program import each_part
@operation
def wrong(x: Vector, step, first, last):
    x[last] = 1
try:
    each_part(wrong, 2, np.zeros(2))
except IndexError as error:
    print("caught", error)
"""
    assert in_a_new_process("-c", code, **PLAIN).startswith("caught index 2")
