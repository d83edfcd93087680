"""Commands run in processes of their own, with a fault at a chosen system call."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import which
from types import TracebackType
from typing import Any

_SOURCE = Path(__file__).with_name("faults.c")
MODES = ("count", "kill before", "kill within", "fail once", "fail from", "short once")


@dataclass(frozen=True)
class Fault:
    """What happens at the n-th call that changes a folder.

    Attributes
    ----------
    mode : str
        One of `MODES`: nothing (the calls are counted), SIGKILL before the call or in its middle, an error at this
        call, an error at this and all later calls that need room on the disk, or half of the bytes written.
    call : int
        Which one, from 1.
    error : int
        The errno of the two modes of failing.
    exchanges : bool
        Whether the file system can exchange two names in one step.
    """

    mode: str = "count"
    call: int = 0
    error: int = 0
    exchanges: bool = True


@dataclass(frozen=True)
class Ended:
    """How a process ended.

    Attributes
    ----------
    code : int
        The exit code; minus the signal for a process that was ended by one.
    out, err : str
    peak : int
        Bytes of memory at most.
    calls : int
        That changed the folder; 0 for a process that was killed.
    """

    code: int
    out: str
    err: str
    peak: int
    calls: int


def fault_library(folder: Path) -> Path | None:
    """Compile the library that injects faults; None where there is no compiler for it, or no Linux."""
    compiler = which("gcc") or which("cc")
    if compiler is None or sys.platform != "linux":
        return None
    library = folder / "faults.so"
    command = [compiler, "-O1", "-shared", "-fPIC", "-o", str(library), str(_SOURCE), "-ldl"]
    done = subprocess.run(command, capture_output=True, check=False)
    return library if done.returncode == 0 else None


class Commands:
    """A process that has everything imported, and forks for each command: a command then starts in milliseconds.

    Parameters
    ----------
    library : Path or None
        From `fault_library`; without it commands run without faults.
    environment : mapping
        Set for all commands beside what this process has.
    warm : bool
        Whether it has the machine code loaded, too.
    """

    def __init__(self, library: Path | None, environment: Mapping[str, str], *, warm: bool = True) -> None:
        preload = {} if library is None else {"LD_PRELOAD": str(library)}
        self.has_faults = library is not None
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.torture.forks", *(["--warm"] if warm else [])],
            env={**os.environ, **environment, **preload},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, arguments: Sequence[str], folder: Path, fault: Fault | None = None) -> Ended:
        """Run `pminusy` with these arguments in a folder; a fault concerns the files in it."""
        return self._ask({"arguments": list(arguments)}, folder, folder, fault)

    def execute(self, code: str, folder: Path, fault: Fault | None = None, at: Path | None = None) -> Ended:
        """Run a piece of Python in a folder; a fault concerns the files in `at`, or in the folder."""
        return self._ask({"code": code}, folder, at or folder, fault)

    def _ask(self, job: dict[str, Any], folder: Path, at: Path, fault: Fault | None) -> Ended:
        request = {**job, "folder": str(folder), "at": str(at.resolve()), "fault": fault and asdict(fault)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))

    def __enter__(self) -> Commands:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()
