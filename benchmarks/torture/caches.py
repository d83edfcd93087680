"""Machine code on disk: killed, failed and damaged at every place, and filled by four processes at once."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.torture.bench import DATA, MODELS, Bench, Row
from benchmarks.torture.commands import Commands, Ended, Fault

_CALL = "import numpy as np, pminusy; print(pminusy.softmax(np.arange(6.0).reshape(2, 3)).tobytes().hex())"
_FAULTS = (
    ("kill before", 0),
    ("kill within", 0),
    ("fail once", errno.EIO),
    ("fail from", errno.ENOSPC),
    ("short once", 0),
)
_N_AT_ONCE = 4


def caches(bench: Bench) -> Iterator[Row]:
    """One kernel in a cache that comes to harm, and all of a fit in one that is empty."""
    yield from one_kernel(bench)
    yield _at_once(bench)


def one_kernel(bench: Bench) -> Iterator[Row]:
    """A kernel whose file is killed, fails or is damaged."""
    cache = bench.fresh("harmed")
    library = bench.folder / "faults.so" if bench.commands.has_faults else None
    with Commands(library, {"NUMBA_CACHE_DIR": str(cache)}, warm=False) as commands:
        expected = commands.execute(_CALL, bench.folder, Fault(), at=cache)
        (file,) = [path for path in cache.rglob("*") if path.is_file()]
        if library is None:
            yield Row(
                "machine code", "an error or a kill at every write", 0, note="no C compiler, or no Linux"
            )
        else:
            yield _interrupted(bench, commands, cache, expected)
        yield _damaged(bench, commands, file, expected)


def _interrupted(bench: Bench, commands: Commands, cache: Path, expected: Ended) -> Row:
    violations, n_cases = [], 0
    for mode, error in _FAULTS:
        for call in bench.points(expected.calls):
            n_cases += 1
            bench.fresh("harmed")
            ended = commands.execute(_CALL, bench.folder, Fault(mode, call, error), at=cache)
            again = commands.execute(_CALL, bench.folder)
            left = [path.name for path in cache.rglob("*") if path.is_file() and path.suffix != ".nbc"]
            survives = (
                ended.code == -9 if mode.startswith("kill") else ended.out == expected.out and not ended.err
            )
            if not survives or again.out != expected.out or again.err or left:
                violations.append(
                    f"{mode} call {call}: {ended.code}, {again.code}, left {left}: {ended.err}{again.err}"
                )
    return Row("machine code", "an error or a kill at every write", n_cases, tuple(violations))


def _damaged(bench: Bench, commands: Commands, file: Path, expected: Ended) -> Row:
    commands.execute(_CALL, bench.folder)
    whole, violations, n_cases = file.read_bytes(), [], 0
    places = list(range(0, len(whole), max(1, len(whole) // bench.n_points)))
    for place in places:
        for content in (whole[:place], whole[:place] + bytes([whole[place] ^ 16]) + whole[place + 1 :]):
            n_cases += 1
            file.write_bytes(content)
            ended = commands.execute(_CALL, bench.folder)
            if (ended.code, ended.out, ended.err) != (0, expected.out, ""):
                violations.append(f"byte {place}: {ended.code}, {ended.err}")
    return Row("machine code", "damage at every region of bytes", n_cases, tuple(violations))


def _at_once(bench: Bench) -> Row:
    folder, cache = bench.fresh("at-once", "old"), bench.fresh("shared")
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache)}
    command = [sys.executable, "-m", "pminusy"]
    fits = [
        [*command, *(f"new{i}" if word == "new" else word for word in MODELS["new"])]
        for i in range(_N_AT_ONCE)
    ]
    running = [
        subprocess.Popen(
            fit, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for fit in fits
    ]
    errors = [process.communicate()[1] for process in running]
    violations = [f"process {i}: {errors[i]}" for i, process in enumerate(running) if process.returncode]
    for i in range(_N_AT_ONCE):
        predict = [*command, "predict", f"new{i}", DATA, "--proba"]
        done = subprocess.run(
            predict, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if done.stdout != bench.answers["new"]:
            violations.append(f"model {i}: other predictions {done.stderr}")
    violations += [
        f"left {path.name}" for path in cache.rglob("*") if path.is_file() and path.suffix != ".nbc"
    ]
    return Row("machine code", f"{_N_AT_ONCE} processes with an empty cache", _N_AT_ONCE, tuple(violations))
