"""A command line run inside the test's own process, in a folder of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest

from pminusy.cli.app import run
from pminusy.runs.fit import fit
from pminusy.runs.options import FitOptions


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def message(self) -> str:
        """What went to stderr, with the lines put together again that were broken to fit the terminal."""
        return self.err.replace("\n  ", " ")


@pytest.fixture
def pminusy(capsys, monkeypatch, tmp_path) -> Callable[..., Outcome]:
    """Run `pminusy` with arguments, in `tmp_path` and 80 columns."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: str) -> Outcome:
        code = run(arguments)
        return Outcome(code, *capsys.readouterr())

    return call


@pytest.fixture(scope="session")
def _trained(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    fit(_write_table(folder), folder / "model", FitOptions(target="answer"))
    return folder


@pytest.fixture
def table(tmp_path) -> str:
    """A table of two classes; its name."""
    return Path(_write_table(tmp_path)).name


@pytest.fixture
def model(_trained, tmp_path) -> str:
    """A model directory trained on that table; its name."""
    copytree(_trained / "model", tmp_path / "model")
    return "model"


def _write_table(folder: Path) -> str:
    rows = [
        f"{10 * (i % 2) + i % 7},{'red' if i % 3 else 'blue'},{'no' if i % 2 else 'yes'}" for i in range(40)
    ]
    (folder / "table.csv").write_text("\n".join(["size,colour,answer", *rows, ""]))
    return str(folder / "table.csv")
