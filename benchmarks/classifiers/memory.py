"""The largest resident memory of this process since a moment; only Linux can be asked for that."""

from __future__ import annotations

import ctypes
from pathlib import Path

_PROCESS = Path("/proc/self")


def restart_peak() -> int | None:
    """Forget the largest so far, and give the present bytes; None where the system cannot."""
    try:
        _return_freed_memory()
        (_PROCESS / "clear_refs").write_text("5")
    except OSError:
        return None
    return _bytes("VmRSS")


def peak_since(restart: int | None) -> int | None:
    """How far the largest since `restart_peak` was above what it gave."""
    return None if restart is None else _bytes("VmHWM") - restart


def _return_freed_memory() -> None:
    """What the allocator keeps of earlier work would hide as much of what comes; only glibc can be told."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _bytes(field: str) -> int:
    lines = (_PROCESS / "status").read_text().splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith(f"{field}:"))
    return 1024 * int(kilobytes)
