"""The machine in plain terms: cores and instruction set."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def describe_machine() -> str:
    """For example "2 cores, x86-64 with AVX-512"."""
    cpus = Path("/proc/cpuinfo")
    flags = cpus.read_text().split() if cpus.exists() else []
    widest = next((name for name in ("avx512f", "avx2") if name in flags), None)
    vectors = {"avx512f": " with AVX-512", "avx2": " with AVX2", None: ""}[widest]
    return f"{len(os.sched_getaffinity(0))} cores, {platform.machine().replace('_', '-')}{vectors}"


def peak_memory() -> float:
    """The largest memory of this process so far, in MB; getrusage would count what it was forked from."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024
