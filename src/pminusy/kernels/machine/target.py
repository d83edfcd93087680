"""What the code that is being compiled may use: a level's vectors and registers, or those of this processor."""

from __future__ import annotations

import os

from pminusy.kernels.machine.levels import ARM, UNKNOWN, X86, Level, levels_here


def target() -> Level:
    """The level that Numba is told to compile for, or the highest of this processor."""
    name = os.environ.get("NUMBA_CPU_NAME")
    if name is None:
        return levels_here()[-1] if levels_here() else UNKNOWN
    return next((level for level in (*X86, *ARM) if level.name == name), UNKNOWN)
