"""Machine code on disk is used as long as what it was compiled from is the same, and no longer."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import llvmlite
import numba
import numpy as np
import pytest

import pminusy
from pminusy.kernels.machine import just_in_time

PACKAGE = Path(pminusy.__file__).parent
SILU = "print(SiLU().forward(np.array([[0.0, 50.0]]))[0].tolist())"
BATCH_NORM = (
    "layer = BatchNorm(); layer.build((3,), np.dtype(float), np.random.default_rng(0));"
    "print(layer.forward(np.eye(3), training=True)[0].round(3).tolist())"
)
SOFTMAX = "print(pminusy.softmax(np.zeros((1, 4))).tolist())"


class Installation:
    """A copy of the package, with a cache of its own."""

    def __init__(self, folder):
        self._folder = folder
        shutil.copytree(PACKAGE, folder / "pminusy", ignore=shutil.ignore_patterns("__pycache__"))

    def edit(self, file, old, new):
        path = self._folder / "pminusy" / file
        text = path.read_text()
        assert text.count(old) == 1
        path.write_text(text.replace(old, new))

    def run(self, code):
        """What a new process prints, and whether it compiled anything."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(self._folder),
            "NUMBA_CACHE_DIR": str(self._folder / "cache"),
            "NUMBA_DEBUG_CACHE": "1",
            "PMINUSY_KERNELS": "jit",
        }
        code = f"import numpy as np, pminusy; from pminusy.nn import BatchNorm, SiLU; {code}"
        command = [sys.executable, "-P", "-c", code]
        output = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
        assert "data saved" in output or "data loaded" in output
        return output.splitlines()[-1], "data saved" in output


@pytest.fixture
def installation(tmp_path):
    return Installation(tmp_path)


def test_a_layer_follows_an_edited_function_of_another_layer(installation):
    assert installation.run(SILU) == ("[[0.0, 50.0]]", True)
    installation.edit("nn/layers/sigmoid.py", "return (one if x > 0", "return 2 * (one if x > 0")
    assert installation.run(SILU) == ("[[0.0, 100.0]]", True)


def test_a_layer_follows_an_edited_constant_of_another_layer(installation):
    expected, _ = installation.run(BATCH_NORM)
    installation.edit("nn/layers/dense.py", "COLUMNS = 64", "COLUMNS = 2")
    assert installation.run(BATCH_NORM) == (expected, True)


def test_a_layer_follows_an_edited_kernel(installation):
    installation.run(SILU)
    installation.edit("kernels/exp.py", "y = (rest + 1.0) * power", "y = (rest + 1.0) * (power + power)")
    assert installation.run(SILU)[1]


def test_machine_code_outlives_edits_of_what_it_was_not_compiled_from(installation):
    for code, unrelated in ((SILU, "report/page.py"), (SOFTMAX, "nn/layers/sigmoid.py")):
        first, _ = installation.run(code)
        with (installation._folder / "pminusy" / unrelated).open("a") as file:
            file.write("\nUNRELATED = 1\n")
        assert installation.run(code) == (first, False)


@pytest.mark.parametrize("library", [numba, llvmlite, np])
def test_another_version_of_a_compiling_library_makes_the_cache_stale(library, monkeypatch):
    path = Path(just_in_time.__file__)
    before = just_in_time._stamp.__wrapped__(path)
    monkeypatch.setattr(library, "__version__", "0.0.1")
    assert just_in_time._stamp.__wrapped__(path) != before


def halved(data):
    return data[: len(data) // 2]


def emptied(data):
    return b""


def with_a_bit_flipped(share):
    def damage(data):
        place = int(share * (len(data) - 1))
        return data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :]

    return damage


@pytest.mark.parametrize("damage", [halved, emptied, *map(with_a_bit_flipped, (0, 0.01, 0.3, 0.6, 0.9, 1))])
def test_a_damaged_cache_is_compiled_anew(installation, tmp_path, damage):
    expected, _ = installation.run(SOFTMAX)
    files = list((tmp_path / "cache").rglob("*.nbc"))
    assert files
    for file in files:
        file.write_bytes(damage(file.read_bytes()))
    assert installation.run(SOFTMAX) == (expected, True)
    assert installation.run(SOFTMAX) == (expected, False)
