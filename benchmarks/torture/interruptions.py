"""Kills and failures at every call that changes the disk: the old content or the new one stays whole."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.torture.bench import DATA, MODELS, Bench, Row, refused
from benchmarks.torture.commands import Ended, Fault

_KILLS = ("kill before", "kill within")
_FAILURES = [
    ("fail once", errno.EIO),
    ("fail once", errno.ENOSPC),
    ("fail from", errno.ENOSPC),
    ("short once", 0),
    ("fail once", errno.EINTR),
]


@dataclass(frozen=True)
class Write:
    """A command that writes.

    Attributes
    ----------
    name : str
    arguments : tuple of str
    start : tuple of str
        What of `Bench.prepare` is there before.
    targets : tuple of str
        What the command writes.
    state : callable
        Of the bench and the folder: "old", "new", "nothing", or what is broken.
    allowed : tuple of str
        The states that a kill may leave; after the next run it is "new" always.
    exchanges : bool
        See `Fault`.
    """

    name: str
    arguments: tuple[str, ...]
    start: tuple[str, ...]
    targets: tuple[str, ...]
    state: Callable[[Bench, Path], str]
    allowed: tuple[str, ...] = ("old", "new")
    exchanges: bool = True


def _model_state(name: str) -> Callable[[Bench, Path], str]:
    def state(bench: Bench, folder: Path) -> str:
        if not (folder / name).exists():
            return "nothing"
        code = f"from benchmarks.torture.whole import show; show({name!r}, {DATA!r})"
        ended = bench.commands.execute(code, folder)
        if ended.code:
            return f"broken: {ended.err.strip().splitlines()[-1:]}"
        same = [known for known, answer in bench.answers.items() if answer == ended.out]
        return same[0] if same else "broken: other predictions"

    return state


def _table_state(name: str) -> Callable[[Bench, Path], str]:
    def state(bench: Bench, folder: Path) -> str:
        if not (folder / name).exists():
            return "nothing"
        content = (folder / name).read_text()
        known = {answer: model for model, answer in bench.answers.items()}
        return "old" if content == "old" else known.get(content, "broken: neither file")

    return state


def _checkpoint_state(bench: Bench, folder: Path) -> str:
    if not (folder / "net.safetensors").exists():
        return "nothing"
    code = "from pminusy import SoftmaxNetwork; print(SoftmaxNetwork.load('net.safetensors').n_iter_)"
    ended = bench.commands.execute(code, folder)
    return f"broken: {ended.err}" if ended.code else {"1": "old", "2": "new"}[ended.out.strip()]


def _at(arguments: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(new if argument == old else argument for argument in arguments)


WRITES = (
    Write(
        "fit --force over a model",
        _at(MODELS["new"], "new", "old"),
        ("old",),
        ("old",),
        _model_state("old"),
    ),
    Write("fit to a new folder", MODELS["new"], ("old",), ("new",), _model_state("new"), ("nothing", "new")),
    Write(
        "fit --force where names cannot be exchanged",
        _at(MODELS["new"], "new", "old"),
        ("old",),
        ("old",),
        _model_state("old"),
        ("old", "new", "nothing"),
        exchanges=False,
    ),
    Write(
        "a network's checkpoint and model",
        MODELS["net"],
        ("old",),
        ("net", "net.safetensors"),
        _checkpoint_state,
        ("nothing", "old", "new"),
    ),
    Write(
        "predict --out",
        ("predict", "new", DATA, "--proba", "--out", "out.csv"),
        ("new",),
        ("out.csv",),
        _table_state("out.csv"),
    ),
)


def interruptions(bench: Bench) -> Iterator[Row]:
    """Every write, killed and made to fail."""
    if not bench.commands.has_faults:
        yield Row("interruptions", "all", 0, note="no C compiler, or no Linux")
        return
    for write in WRITES:
        yield killed(bench, write)
        yield failed(bench, write)


def _begin(bench: Bench, write: Write) -> Path:
    folder = bench.fresh("interrupted", *write.start)
    if write.state.__qualname__.startswith("_table_state"):
        (folder / write.targets[0]).write_text("old")
    return folder


def _count(bench: Bench, write: Write) -> int:
    return bench.commands.run(write.arguments, _begin(bench, write), Fault(exchanges=write.exchanges)).calls


def killed(bench: Bench, write: Write) -> Row:
    """One write, killed before and within its calls."""
    violations, n_cases, n_calls = [], 0, _count(bench, write)
    for mode in _KILLS:
        for call in bench.points(n_calls):
            n_cases += 1
            folder = _begin(bench, write)
            fault = Fault(mode, call, exchanges=write.exchanges)
            ended = bench.commands.run(write.arguments, folder, fault)
            state = write.state(bench, folder)
            wrong = "" if ended.code == -9 and state in write.allowed else f"{ended.code}, {state}"
            bench.commands.run(write.arguments, folder)
            wrong = wrong or _after(bench, write, folder)
            if wrong:
                violations.append(f"{mode} call {call}: {wrong}")
    return Row("kill at every write", write.name, n_cases, tuple(violations))


def _after(bench: Bench, write: Write, folder: Path) -> str:
    """What is wrong once the same command ran again."""
    state, left = write.state(bench, folder), _left(write, folder)
    return "" if state == "new" and not left else f"after the next run: {state}, {left}"


def _left(write: Write, folder: Path) -> list[str]:
    known = {DATA, *write.start, *write.targets}
    return sorted(name for name in os.listdir(folder) if name not in known)


def failed(bench: Bench, write: Write) -> Row:
    """One write, whose calls fail."""
    violations, n_cases, n_calls = [], 0, _count(bench, write)
    for mode, error in _FAILURES:
        for call in bench.points(n_calls):
            n_cases += 1
            folder = _begin(bench, write)
            fault = Fault(mode, call, error, write.exchanges)
            wrong = _judged(bench, write, folder, bench.commands.run(write.arguments, folder, fault), fault)
            if wrong:
                violations.append(f"{mode} {errno.errorcode.get(error, '')} call {call}: {wrong}")
    return Row("error at every write", write.name, n_cases, tuple(violations))


def _judged(bench: Bench, write: Write, folder: Path, ended: Ended, fault: Fault) -> str:
    state, left = write.state(bench, folder), _left(write, folder)
    if ended.code == 0 and state != "new":
        return f"success, but {state}"
    if ended.code and (wrong := refused(ended, *write.targets)):
        return wrong
    if state not in write.allowed:
        return state
    if fault.mode == "fail once" and left:  # where removing is what failed
        bench.commands.run(write.arguments, folder)
        return _after(bench, write, folder)
    return f"left {left}" if left else ""
