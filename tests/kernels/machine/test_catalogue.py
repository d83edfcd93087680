"""What is compiled ahead and what is compiled just in time are one list."""

import importlib
import pkgutil

import pytest

import pminusy
from pminusy.kernels.compile import Kernel, kernel
from pminusy.kernels.kinds import Vector
from pminusy.kernels.machine import catalogue as listing
from pminusy.kernels.machine.catalogue import catalogue
from pminusy.kernels.machine.names import DTYPES, name_of
from pminusy.kernels.machine.sources import ROOMS, all_sources
from pminusy.kernels.operations import Operation

# Rooms without kernels, some of which need packages that are not there.
WITHOUT = ("cli", "datasets", "mlflow", "onnx", "proofread", "report", "runs", "torch", "web")


def declared():
    """Every kernel and operation anywhere in the package, by the module that declares it."""
    for module in pkgutil.walk_packages(pminusy.__path__, "pminusy."):
        if module.name.split(".")[1] in WITHOUT:
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Kernel | Operation) and value._function.__module__ == module.name:
                yield value


def test_it_lists_every_kernel_and_operation_for_both_dtypes():
    expected = {name_of(one._function, dtype) for one in declared() for dtype in DTYPES}
    assert set(catalogue()) == expected


def test_no_file_outside_the_rooms_that_are_searched_declares_any():
    package = all_sources()[0].parents[1]
    for path in package.rglob("*.py"):
        if path.relative_to(package).parts[0] not in ROOMS:
            assert not any(
                line.strip() in ("@kernel", "@operation") for line in path.read_text().splitlines()
            ), path


def test_a_library_holds_what_is_listed_and_nothing_else(built):
    assert built._names == set(catalogue())


def test_two_functions_of_one_name_are_refused(monkeypatch):
    one, other = kernel(_first()), kernel(_first())
    monkeypatch.setattr(listing, "_declared", lambda: iter([one, other]))
    with pytest.raises(ValueError, match="expected one function of this name, got two"):
        catalogue()


def _first():
    def first(x: Vector): ...

    first.__module__ = "pminusy.kernels.same"
    return first
