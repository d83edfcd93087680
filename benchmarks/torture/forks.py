"""The process behind `Commands`: reads requests from stdin, forks for each, and tells how the child ended."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import tempfile
import traceback
import warnings
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.torture.commands import MODES
from pminusy import SoftmaxNetwork, SoftmaxRegression
from pminusy.cli.app import run
from pminusy.report.svg import draw_svg

_TRACEBACK = 70  # the exit code for an error that reaches the top
_SECONDS = 180
_IMPORTED_LATER = ("cli.display", "report.text", "report.html", "runs.fit", "runs.predict", "runs.output")


def _import() -> None:
    """Import what the commands import only when they need it."""
    for name in _IMPORTED_LATER:
        import_module(f"pminusy.{name}")


def _warm() -> None:
    """Load the machine code and the plots that children then need not load; Polars must not start its threads here."""
    X, y = np.random.default_rng(0).normal(size=(48, 3)), np.arange(48) % 3
    for model in (SoftmaxRegression(n_threads=1), SoftmaxNetwork(hidden=(3,), max_epochs=1, n_threads=1)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(X, y)
        model.predict_proba(X)
    draw_svg(lambda figure: figure.subplots().plot([0, 1]), (4, 3), "warm", "")


def _serve() -> None:
    replies = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        replies.write(json.dumps(_fork(json.loads(line))) + "\n")
        replies.flush()


def _fork(job: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as count:
        child = os.fork()
        if child == 0:
            signal.alarm(_SECONDS)
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            _child(job, count.fileno())
        _, status, usage = os.wait4(child, 0)
        for file in (out, err, count):
            file.seek(0)
        return {
            "code": os.waitstatus_to_exitcode(status),
            "out": out.read().decode(errors="replace"),
            "err": err.read().decode(errors="replace"),
            "peak": usage.ru_maxrss * 1024,
            "calls": int(count.read() or 0),
        }


def _child(job: dict[str, Any], count: int) -> None:
    code = _TRACEBACK
    try:
        os.chdir(job["folder"])
        library = _arm(job["at"], job["fault"])
        code = _do(job)
        if library is not None:
            os.write(count, b"%d" % library.faults_count())
    except SystemExit as ending:
        code = int(ending.code or 0)
        sys.stderr.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _do(job: dict[str, Any]) -> int:
    if "arguments" in job:
        return run(job["arguments"])
    exec(job["code"], {})
    sys.stdout.flush()
    return 0


def _arm(at: str, fault: dict[str, Any] | None) -> Any:
    if fault is None or "LD_PRELOAD" not in os.environ:
        return None
    library = ctypes.CDLL(None)
    library.faults_count.restype = ctypes.c_long
    mode, call = ctypes.c_int(MODES.index(fault["mode"])), ctypes.c_long(fault["call"])
    library.faults_arm(os.fsencode(at), mode, call, fault["error"], int(fault["exchanges"]))
    return library


if __name__ == "__main__":
    _import()
    if "--warm" in sys.argv:
        _warm()
    _serve()
