"""What the package exports, what its docstrings promise, and in which direction it imports."""

import doctest
import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import pminusy
from pminusy import errors

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(pminusy.__path__, "pminusy.")
    if not module.name.endswith("__main__")
)
NEEDED = {
    "pminusy.mlflow": "mlflow",
    "pminusy.onnx": "skl2onnx",
    "pminusy.torch": "torch",
}  # by packages that extras are for
PUBLIC = [
    name
    for name in pminusy.__all__
    if inspect.isfunction(getattr(pminusy, name)) or inspect.isclass(getattr(pminusy, name))
]


def test_every_public_name_loads_and_is_sorted_out_here():
    assert set(PUBLIC) == set(pminusy.__all__)
    assert {name for name in vars(errors) if not name.startswith("_")} <= set(pminusy.__all__)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_has_a_docstring_with_its_parts(name):
    public = getattr(pminusy, name)
    assert inspect.getdoc(public)
    if inspect.isfunction(public) and not name.startswith("threads"):
        assert ">>> " in public.__doc__, "a runnable example"


@pytest.mark.parametrize("name", MODULES)
def test_doctests(name):
    for package, needed in NEEDED.items():
        if name.startswith(package):
            pytest.importorskip(needed)
    results = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert results.failed == 0


def test_import_loads_nothing_heavy():
    heavy = ("numpy", "numba", "scipy", "sklearn", "polars", "matplotlib")
    code = f"import sys, pminusy; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_imports_go_one_way():
    root = Path(__file__).parent.parent
    found = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout
