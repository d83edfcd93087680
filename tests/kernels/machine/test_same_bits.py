"""On the same level, what was compiled ahead and what is compiled just in time give the same bits."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from pminusy.kernels.machine.levels import levels_here
from pminusy.kernels.machine.library import VARIABLE
from pminusy.kernels.machine.manifest import LIBRARIES

SCRIPT = Path(__file__).parents[1] / "every_kernel.py"


def results(folder, name, **environment):
    file = folder / f"{name}.npz"
    command = [sys.executable, str(SCRIPT), str(file)]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return dict(np.load(file))


@pytest.mark.skipif(find_spec("numba") is None, reason="Numba is not installed")
def test_every_kernel_gives_the_same_bits(built, tmp_path):
    level = next(level.name for level in reversed(levels_here()) if (LIBRARIES / f"{level.name}.so").exists())
    ahead = results(tmp_path, "ahead", **{VARIABLE: level})
    target = {"NUMBA_CPU_NAME": level, "NUMBA_CPU_FEATURES": ""}
    just_in_time = results(tmp_path, "just-in-time", **{VARIABLE: "jit"}, **target)
    assert ahead.keys() == just_in_time.keys()
    for name, expected in just_in_time.items():
        assert (ahead[name].dtype, ahead[name].shape) == (expected.dtype, expected.shape), name
        assert ahead[name].tobytes() == expected.tobytes(), name


@pytest.mark.parametrize("path", sorted(LIBRARIES.glob("*.so")), ids=lambda path: path.stem)
def test_every_level_agrees_to_rounding(built, path, tmp_path):
    if path.stem not in {level.name for level in levels_here()}:
        pytest.skip("not a level of this processor")
    default, found = results(tmp_path, "default"), results(tmp_path, "found", **{VARIABLE: path.stem})
    for name, expected in default.items():
        single = "float32" in name or expected.dtype == np.float32
        tolerance = 2e-5 if single else 1e-11
        np.testing.assert_allclose(found[name], expected, tolerance, tolerance, err_msg=name)
