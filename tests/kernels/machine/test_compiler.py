import os
import subprocess
import sys

import pytest

from pminusy.kernels.machine import compiler
from pminusy.kernels.machine.compiler import MissingCompilerError

WITHOUT_NUMBA = """
import sys
sys.modules["numba"] = sys.modules["llvmlite"] = None
import numpy as np, pminusy
"""


def test_importing_everything_that_declares_kernels_imports_no_compiler():
    code = """
import sys, pminusy.nn, pminusy.losses
from pminusy.kernels.machine.catalogue import catalogue
catalogue()
assert not {"numba", "llvmlite"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_missing_module_of_another_name_is_told_as_it_is():
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        _ = compiler._Module("no_such_module").name


def test_where_there_is_neither_a_library_nor_numba_the_error_says_what_to_install():
    code = f"""{WITHOUT_NUMBA}
try:
    pminusy.softmax(np.zeros((1, 3)))
except ImportError as error:
    print(error)
"""
    environment = {**os.environ, "PMINUSY_KERNELS": "jit"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert "pip install 'pminusy[jit]'" in done.stdout


def test_a_library_needs_no_numba(built):
    code = f"{WITHOUT_NUMBA}print(pminusy.softmax(np.zeros((1, 4))).tolist())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[[0.25, 0.25, 0.25, 0.25]]\n"


def test_the_error_is_an_import_error():
    assert issubclass(MissingCompilerError, ImportError)
