"""Starting a worker: the same interpreter, and as many threads for every library."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

N_THREADS = 2
_REPOSITORY = Path(__file__).parents[2]
_LIMITS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "NUMBA_NUM_THREADS",
)


def start(worker: str, *arguments: Any, **options: Any) -> subprocess.Popen[str]:
    """Run a module of this package with these arguments, its output piped."""
    return subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.classifiers.{worker}", *map(str, arguments)],
        cwd=_REPOSITORY, env={**os.environ, **dict.fromkeys(_LIMITS, str(N_THREADS))},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,
    )  # fmt: skip
