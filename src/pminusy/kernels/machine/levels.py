"""Instruction sets that a library is compiled for, and which of them this processor has.

Each level has all instructions of those before it. Vectors of 512 bits are used only where they cost nothing: other
processors lower their clock for them, or split them in two.
"""

from __future__ import annotations

import platform
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pminusy.kernels.machine.compiler import MissingCompilerError, binding

_CPUINFO = Path("/proc/cpuinfo")
_ALIASES = {"abm": "lzcnt", "bmi1": "bmi"}


class Level(NamedTuple):
    """An instruction set, under LLVM's name for it."""

    name: str
    vector_bits: int
    registers: int
    features: frozenset[str]  # that the level before lacks, by LLVM's names without punctuation
    vendor: str = ""  # of the processors that it is for, where that matters


X86 = (
    Level("x86-64-v2", 128, 16, frozenset({"cx16", "popcnt", "sse41", "sse42", "ssse3"})),
    Level("x86-64-v3", 256, 16, frozenset({"avx", "avx2", "bmi", "bmi2", "f16c", "fma", "lzcnt", "movbe"})),
    Level("x86-64-v4", 256, 32, frozenset({"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"})),
    Level(
        "znver4",
        512,
        32,
        frozenset({"avx512bf16", "avx512bitalg", "avx512ifma", "avx512vbmi", "avx512vbmi2", "avx512vnni"})
        | {"avx512vpopcntdq", "gfni", "vaes", "vpclmulqdq"},
        "AuthenticAMD",
    ),
)
ARM = (Level("generic", 128, 32, frozenset()),)
UNKNOWN = Level("", 128, 16, frozenset())


def levels_of(vendor: str, features: Collection[str]) -> tuple[Level, ...]:
    """The levels of an x86-64 processor, the lowest first."""
    here = _normalised(features)
    found: list[Level] = []
    for level in X86:
        if not level.features <= here or level.vendor not in ("", vendor):
            break
        found.append(level)
    return tuple(found)


@cache
def levels_here() -> tuple[Level, ...]:
    """The levels of this processor, the lowest first; none if unknown."""
    machine = platform.machine().lower()
    if machine in ("arm64", "aarch64"):
        return ARM
    if machine not in ("x86_64", "amd64"):
        return ()
    try:
        with _CPUINFO.open() as file:
            return levels_of(*read_cpuinfo(file.read(1 << 16)))
    except OSError:  # not Linux
        return levels_of(*_as_the_compiler_knows())


def read_cpuinfo(text: str) -> tuple[str, frozenset[str]]:
    """The vendor and the features of the first processor in /proc/cpuinfo.

    Linux leaves out what it does not let programs use.
    """
    entries = dict(_entry(line) for line in text.split("\n\n", 1)[0].splitlines())
    return entries.get("vendor_id", ""), frozenset(entries.get("flags", "").split())


def _entry(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip(), value.strip()


def _as_the_compiler_knows() -> tuple[str, frozenset[str]]:
    try:
        features = binding.get_host_cpu_features()
        vendor = "AuthenticAMD" if binding.get_host_cpu_name().startswith("znver") else ""
    except (MissingCompilerError, RuntimeError):
        return "", frozenset()
    return vendor, frozenset(name for name, has in features.items() if has)


def _normalised(features: Collection[str]) -> frozenset[str]:
    plain = (name.replace("_", "").replace(".", "") for name in features)
    return frozenset(_ALIASES.get(name, name) for name in plain)
