import importlib.util
import subprocess
import sys
from io import BytesIO, TextIOWrapper

import pytest

from pminusy import cli


def test_it_runs_as_a_module_and_reports_the_code(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "pminusy", "fit", "none.csv"], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 2
    assert done.stderr == "error: none.csv: no such file\n"
    assert done.stdout == ""


def test_a_letter_that_the_terminal_lacks_does_not_stop_it(tmp_path, monkeypatch):
    stdout = TextIOWrapper(BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stdout)
    monkeypatch.setattr(sys, "argv", ["pminusy", "fit", "iris", "--out", str(tmp_path / "model")])
    with pytest.raises(SystemExit) as exited:
        cli.main()
    assert exited.value.code == 0
    stdout.flush()
    assert b"accuracy" in stdout.buffer.getvalue()
    assert b"?" in stdout.buffer.getvalue()


def test_without_the_extra_it_says_what_to_install(monkeypatch, capsys):
    find = importlib.util.find_spec
    monkeypatch.setattr(cli, "find_spec", lambda name: None if name in ("typer", "rich") else find(name))
    with pytest.raises(SystemExit) as exited:
        cli.main()
    assert exited.value.code == 2
    assert capsys.readouterr() == (
        "",
        'error: the command line needs typer, rich: pip install "pminusy[cli]"\n',
    )


def test_main_exits_with_the_code_of_the_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["pminusy", "--version"])
    with pytest.raises(SystemExit) as exited:
        cli.main()
    assert exited.value.code == 0
    assert capsys.readouterr().out.startswith("pminusy ")
