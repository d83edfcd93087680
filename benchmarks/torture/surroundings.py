"""No home, no cache, no room: the result is the same, or the refusal is a line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.torture.bench import DATA, MODELS, Bench, Row, refused
from benchmarks.torture.commands import Ended

_FORGOTTEN = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR", "NUMBA_CACHE_DIR")
_SIZES = (0, 16, 64, 100, 300, 1000)  # KiB of a disk that a model needs about 200 of


def homes(bench: Bench) -> Iterator[Row]:
    """A fit and a prediction where HOME and the folders of caches are missing or cannot be written to."""
    folder = bench.fresh("homes", "old")
    (folder / "sealed").mkdir(mode=0o500)
    cases: dict[str, dict[str, str]] = {
        "HOME unset": {},
        "HOME empty": {"HOME": ""},
        "HOME missing": {"HOME": str(folder / "missing")},
        "HOME a file": {"HOME": str(folder / DATA)},
        "HOME read-only": {"HOME": str(folder / "sealed")},
        "no folder for caches": {"HOME": "/dev/null/home", "NUMBA_CACHE_DIR": "/dev/null/cache"},
    }
    violations = []
    for case, environment in cases.items():
        usual = {name: value for name, value in os.environ.items() if name not in _FORGOTTEN}
        cache = {"NUMBA_CACHE_DIR": str(bench.folder / "cache")}
        around = {**usual, **cache, **environment, "XDG_CACHE_HOME": environment.get("HOME", "")}
        fit = _pminusy(MODELS["new"], folder, around)
        predict = _pminusy(("predict", "new", DATA, "--proba"), folder, around)
        if (
            fit.code
            or fit.err.count("\n") != len(_notes(fit))
            or predict.out != bench.answers["new"]
            or predict.err
        ):
            violations.append(f"{case}: {fit.code}, {fit.err}{predict.err}")
    left = sorted(set(os.listdir(folder)) - {DATA, "old", "new", "sealed", "missing"})
    yield Row("surroundings", "no home", len(cases), (*violations, *left))


def _notes(ended: Ended) -> list[str]:
    """What a fit says of the data and its progress."""
    return [
        line
        for line in ended.err.splitlines()
        if not line.startswith(("error", "mkdir", "Matplotlib", "note"))
    ]


def disks(bench: Bench) -> Iterator[Row]:
    """A disk in memory that is too small, from nothing to enough."""
    mounts = ["unshare", "--user", "--map-root-user", "--mount"]
    if (
        sys.platform != "linux"
        or subprocess.run([*mounts, "true"], capture_output=True, check=False).returncode
    ):
        yield Row("surroundings", "a full disk", 0, note="nothing can be mounted here")
        return
    violations = []
    for size in _SIZES:
        folder = bench.fresh("disk")
        (folder / "mounted").mkdir()
        arguments = " ".join(("fit", str(bench.folder / "home" / DATA), "--out", "mounted/model"))
        script = (
            f"mount -t tmpfs -o size={max(size, 4)}k,nr_inodes={3 if size == 0 else 1000} tmpfs mounted || exit 99\n"
            f"{sys.executable} -m pminusy {arguments} >out 2>err; echo $? >code; ls -A mounted >left"
        )
        subprocess.run([*mounts, "sh", "-c", script], cwd=folder, env=_around(bench), check=False)
        violations += [f"{size} KiB: {wrong}" for wrong in [_full(folder)] if wrong]
    yield Row("surroundings", "a full disk", len(_SIZES), tuple(violations))


def _around(bench: Bench) -> dict[str, str]:
    return {**os.environ, "NUMBA_CACHE_DIR": str(bench.folder / "cache")}


def _full(folder: Path) -> str:
    if not (folder / "code").exists():
        return "not run"
    code, left = int((folder / "code").read_text()), (folder / "left").read_text().split()
    ended = Ended(code, "", (folder / "err").read_text(), 0, 0)
    if code == 0:
        return "" if left == ["model"] else f"left {left}"
    return refused(ended, "mounted/model") or (f"left {left}" if left else "")


def _pminusy(arguments: tuple[str, ...], folder: Path, environment: dict[str, str]) -> Ended:
    command = [sys.executable, "-m", "pminusy", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return Ended(done.returncode, done.stdout, done.stderr, 0, 0)
