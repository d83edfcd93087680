import subprocess
import sys
import warnings
from importlib.metadata import version

import pytest

from pminusy.cli import app as module

HEAVY = ("numpy", "polars", "sklearn", "scipy", "numba", "matplotlib", "skops", "jinja2")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], []])
def test_help_lists_the_commands(pminusy, arguments):
    outcome = pminusy(*arguments)
    assert (outcome.code, outcome.err) == (0, "")
    for word in (
        "Usage: pminusy",
        "fit ",
        "predict ",
        "report ",
        "explain ",
        "proofread ",
        "docs ",
        "--version",
    ):
        assert word in outcome.out


@pytest.mark.parametrize("command", ["fit", "predict", "report", "explain", "proofread"])
def test_each_command_has_help(pminusy, command):
    outcome = pminusy(command, "--help")
    assert outcome.code == 0
    assert f"Usage: pminusy {command}" in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_the_version(pminusy):
    assert pminusy("--version").out == f"pminusy {version('pminusy')}\n"


def test_help_imports_nothing_heavy():
    script = f"""
import sys
from pminusy.cli.app import run
run(["fit", "--help"])
print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "[]\n")


def test_an_unknown_command_is_an_error_of_two_lines(pminusy):
    outcome = pminusy("fitt")
    assert outcome.code == 2
    assert outcome.err.startswith("error: No such command 'fitt'")
    assert outcome.err.endswith("Try 'pminusy --help'.\n")
    assert len(outcome.err.splitlines()) == 2


def test_an_unexpected_error_is_raised(pminusy, monkeypatch):
    def fail(*arguments, **options):
        raise RuntimeError("a bug")

    monkeypatch.setattr("pminusy.runs.predict.predict", fail)
    with pytest.raises(RuntimeError, match="a bug"):
        pminusy("predict", "model", "data.csv")


def test_warnings_are_notes_of_a_line(pminusy, monkeypatch):
    def warn(*arguments, **options):
        warnings.warn("something\n  odd", UserWarning, stacklevel=1)
        raise KeyboardInterrupt

    monkeypatch.setattr("pminusy.runs.predict.predict", warn)
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        outcome = pminusy("predict", "model", "data.csv")
    assert outcome.err.splitlines()[0] == "note: something odd"
    assert outcome.code == module.INTERRUPTED


def test_an_error_that_spans_lines_is_printed_on_one(pminusy, monkeypatch):
    def fail(*arguments, **options):
        raise module.PminusyError("first\nsecond")

    monkeypatch.setattr("pminusy.runs.predict.predict", fail)
    assert pminusy("predict", "model", "data.csv").err == "error: first second\n"
