"""Two items go all the way: compiled for a level, linked, loaded and called in a process without Numba."""

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from pminusy.kernels.machine.build import chosen
from pminusy.kernels.machine.levels import levels_here
from pminusy.kernels.machine.link import link, system_linker

pytestmark = pytest.mark.skipif(
    not levels_here() or sys.platform != "linux", reason="no level is known for this processor"
)
ITEMS = "kernels_updates_multiply_float32", "nn_layers_relu_forward_float64"
EMIT = f"""
import sys
from pathlib import Path
from pminusy.kernels.machine import emit
everything = emit.catalogue()
emit.catalogue = lambda: {{name: everything[name] for name in {ITEMS}}}
for share in range(2):
    emit.emit(Path(sys.argv[1]), share, 2)
"""
USE = f"""
import ctypes, sys
from pathlib import Path
import numpy as np
from pminusy.kernels.machine.library import Library
from pminusy.kernels.operations import _Code
from pminusy.kernels.machine.table import table
library = Library(Path(sys.argv[1]), frozenset({ITEMS}))
a, b, out = np.arange(5, dtype="f4"), np.full(5, 3, "f4"), np.zeros(5, "f4")
library.kernel({ITEMS[0]!r})(a, b, out, 0, 1)
X, Y = np.array([[-1.0, 2.0]]), np.zeros((1, 2))
_Code(library.address({ITEMS[1]!r}))(table((X, Y)).ctypes.data, 0, 0, 1)
print(out.tolist(), Y.tolist(), "numba" in sys.modules)
"""


def test_what_is_emitted_runs(tmp_path):
    if system_linker() is None:
        pytest.skip("no linker")
    (level,) = chosen(["host"])
    target = {"NUMBA_CPU_NAME": level, "NUMBA_CPU_FEATURES": "", "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    subprocess.run([sys.executable, "-c", EMIT, tmp_path], env={**os.environ, **target}, check=True)
    objects = sorted(tmp_path.glob("*.o"))
    assert [path.stem for path in objects] == sorted([*ITEMS, "support"])
    link(objects, tmp_path / "two.so")
    command = [sys.executable, "-c", USE, tmp_path / "two.so"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "[0.0, 3.0, 6.0, 9.0, 12.0] [[0.0, 2.0]] False\n", done.stderr


FOR_ARM = f"""
import sys
from pathlib import Path
import llvmlite.binding as binding
from pminusy.kernels.machine import emit
binding.initialize_all_targets()
binding.initialize_all_asmprinters()
target = binding.Target.from_triple("aarch64-unknown-linux-gnu")
machine = target.create_target_machine(cpu="generic", opt=3, reloc="pic", codemodel="default")
for name in {ITEMS}:
    module = emit._module(emit.catalogue()[name])
    module.triple, module.data_layout = machine.triple, str(machine.target_data)
    Path(sys.argv[1], name + ".o").write_bytes(machine.emit_object(module))
"""


@pytest.mark.skipif(find_spec("llvmlite") is None, reason="Numba is not installed")
def test_the_same_source_is_emitted_for_64_bit_arm(tmp_path):
    target = {
        "NUMBA_CPU_NAME": "generic",
        "NUMBA_CPU_FEATURES": "",
        "NUMBA_CACHE_DIR": str(tmp_path / "cache"),
    }
    subprocess.run([sys.executable, "-c", FOR_ARM, tmp_path], env={**os.environ, **target}, check=True)
    for name in ITEMS:
        header = (tmp_path / f"{name}.o").read_bytes()[:20]
        assert header[:4] == b"\x7fELF"
        assert int.from_bytes(header[18:], "little") == 183  # EM_AARCH64
