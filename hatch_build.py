"""The build hook that compiles the kernels into a wheel; see `src/pminusy/kernels/machine/build.py`.

PMINUSY_LEVELS in the environment names the instruction sets, separated by commas: "host", the default, is the highest
of this processor, "here" all that it can run, and "all" is for a release; "none" leaves compiling to Numba. An editable
installation compiles just in time.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_COMPILERS = ["numba>=0.61", "numpy>=2.0", "scipy>=1.13", "threadpoolctl>=3.8", "lazy_loader>=0.4"]
_LINKERS = ("cc", "gcc", "clang")  # as in pminusy.kernels.machine.link, which can't be imported yet
_FOLDER = "pminusy/kernels/machine/libraries"


class CompileKernels(BuildHookInterface):
    """Puts a library for each instruction set into the wheel, which then is for this kind of machine alone."""

    def dependencies(self) -> list[str]:
        """What compiling needs; a linker only where the system has none."""
        if not self._levels():
            return []
        return _COMPILERS if any(map(shutil.which, _LINKERS)) else [*_COMPILERS, "ziglang>=0.13"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and add the libraries to the files of the wheel."""
        levels = self._levels()
        if not levels or version == "editable":
            return
        sys.path.insert(0, str(Path(self.root, "src")))
        building = import_module("pminusy.kernels.machine.build")
        for path in building.build(building.chosen(levels)):
            build_data["force_include"][str(path)] = f"{_FOLDER}/{path.name}"
        build_data["pure_python"] = False
        # The libraries are linked against nothing, so that they run wherever these Pythons do.
        system = "manylinux_2_17" if "all" in levels else "linux"
        build_data["tag"] = f"py3-none-{system}_{platform.machine()}"

    def _levels(self) -> list[str]:
        """The levels asked for; none on systems that no library is built for."""
        if self.target_name != "wheel" or sys.platform != "linux":
            return []
        asked = os.environ.get("PMINUSY_LEVELS", "host")
        return [] if asked == "none" else asked.split(",")
