"""Objects made one shared library, by the system's compiler or, where there is none, by the `ziglang` package's linker.

Nothing is linked against: Python, the C library and the mathematical one are in the process already when a library is
loaded, in whatever version.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path


class LinkError(RuntimeError):
    """There is no linker, or it failed."""


def system_linker() -> list[str] | None:
    """The command of the system's compiler that links, if there is one."""
    for name in ("cc", "gcc", "clang"):
        if found := shutil.which(name):
            return [found, "-nostdlib", "-Wl,-z,noexecstack", "-Wl,--build-id=none"]
    return None


def link(objects: Sequence[Path], library: Path) -> None:
    """Make a shared library of these object files, without symbols that are for debuggers only."""
    linker = system_linker() or _packaged_linker()
    command = [*linker, "-shared", "-s", "-o", str(library), *sorted(map(str, objects))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise LinkError(f"{linker[0]}: {done.stderr.strip()}")


def _packaged_linker() -> list[str]:
    if find_spec("ziglang") is None:
        raise LinkError(
            "expected a C compiler (cc, gcc, clang) or the package ziglang to link with; found neither"
        )
    return [sys.executable, "-m", "ziglang", "ld.lld", "-z", "noexecstack"]
