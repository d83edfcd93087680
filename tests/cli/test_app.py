import os
import subprocess
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import pytest

from pminusy.cli import app as module

HEAVY = ("numpy", "polars", "sklearn", "scipy", "numba", "matplotlib", "skops", "jinja2")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], []])
def test_help_lists_the_commands(pminusy, arguments):
    outcome = pminusy(*arguments)
    assert (outcome.code, outcome.message) == (0, "")
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
    assert outcome.message.startswith("error: No such command 'fitt'")
    assert outcome.message.endswith("Try 'pminusy --help'.\n")
    assert len(outcome.message.splitlines()) == 2


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
    assert outcome.message.splitlines()[0] == "note: something odd"
    assert outcome.code == module.INTERRUPTED


def test_an_error_that_spans_lines_is_printed_on_one(pminusy, monkeypatch):
    def fail(*arguments, **options):
        raise module.PminusyError("first\nsecond")

    monkeypatch.setattr("pminusy.runs.predict.predict", fail)
    assert pminusy("predict", "model", "data.csv").err == "error: first second\n"


def start(*arguments, **streams):
    """The command in a process of its own."""
    return subprocess.run([sys.executable, "-m", "pminusy", *arguments], text=True, check=False, **streams)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [["--help"], ["explain", "--logits", "2,1", "--target", "0"], ["docs"]])
def test_output_to_a_full_disk_is_an_error_in_a_line(arguments):
    with open("/dev/full", "w") as full:
        done = start(*arguments, stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (2, "error: standard output: No space left on device\n")


@pytest.mark.skipif(os.name != "posix", reason="a closed pipe is an error of its own on POSIX systems only")
def test_output_that_nobody_reads_ends_the_command_without_a_word():
    reader, writer = os.pipe()
    os.close(reader)
    done = start("docs", "command-line", stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_lack_of_memory_is_told_in_a_line(monkeypatch, pminusy):
    def grow(*arguments, **options):
        raise MemoryError("Unable to allocate 72 TiB")

    monkeypatch.setattr(module, "app", grow)
    assert pminusy("docs").err == "error: not enough memory: Unable to allocate 72 TiB\n"


def test_matplotlib_keeps_to_itself_where_there_is_no_home():
    script = "import pminusy.cli.app; import pminusy.report.svg"
    environment = {name: value for name, value in os.environ.items() if name != "MPLCONFIGDIR"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**environment, "HOME": "/dev/null/home", "XDG_CONFIG_HOME": "", "XDG_CACHE_HOME": ""},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
