"""Derivations changed at random by atheris: each gets a verdict or an InputError, within seconds and some memory."""

from __future__ import annotations

import contextlib
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from pminusy.errors import InputError
from pminusy.proofread import proofread

SLOWEST = 5.0  # seconds of processor time for one page
MOST_MEMORY = 500  # MB above what the process had at the start
LONGEST = 4_000  # bytes of a page


def run(folders: Sequence[Path], seconds: int, seed: int) -> int:
    """Fuzz for so many seconds, from the derivations in some folders; 2 where atheris is not installed."""
    try:
        import atheris
    except ImportError:
        print("fuzzing needs atheris: pip install atheris", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as corpus:
        for path in (path for folder in folders for path in folder.glob("*.md")):
            shutil.copy(path, corpus)
        _fuzz(atheris, corpus, seconds, seed)
    return 0


def _fuzz(atheris: ModuleType, corpus: str, seconds: int, seed: int) -> None:
    """Atheris ends the process itself: with a traceback and the page where something is wrong."""
    before = _memory()

    def one(data: bytes) -> None:
        start = time.process_time()
        with contextlib.suppress(InputError):
            proofread(data.decode("utf-8", errors="replace"))
        spent, grown = time.process_time() - start, _memory() - before
        if spent > SLOWEST or grown > MOST_MEMORY:
            raise RuntimeError(
                f"expected at most {SLOWEST:g} s and {MOST_MEMORY} MB, got {spent:.1f} s and {grown} MB"
            )

    atheris.instrument_all()
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-seed={seed}", "-timeout=60"]
    atheris.Setup([sys.argv[0], *options, corpus], one)
    atheris.Fuzz()


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
