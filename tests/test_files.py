import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pminusy import files
from pminusy.files import bare_name, check_place, put_in_place, replacing
from pminusy.staging import _prefix, clear_abandoned, staging


def names(folder) -> list[str]:
    return sorted(os.listdir(folder))


def folder_of(path, content: str):
    path.mkdir()
    (path / "content").write_text(content)
    return path


def test_a_file_appears_when_it_is_complete(tmp_path):
    path = tmp_path / "answers.csv"
    with replacing(path) as new:
        new.write_text("half")
        assert not path.exists()
        new.write_text("whole")
    assert path.read_text() == "whole"
    assert names(tmp_path) == ["answers.csv"]


def test_an_error_leaves_the_old_file(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("old")

    def write_half():
        with replacing(path) as new:
            new.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert path.read_text() == "old"
    assert names(tmp_path) == ["answers.csv"]


def test_what_a_killed_run_left_is_cleared_before_any_work(tmp_path):
    path = tmp_path / "answers.csv"
    (tmp_path / f"{_prefix(path)}12345678").mkdir()
    (tmp_path / f"{_prefix(tmp_path / 'other.csv')}12345678").mkdir()
    check_place(path)
    assert names(tmp_path) == [f"{_prefix(tmp_path / 'other.csv')}12345678"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with replacing(tmp_path / "link") as new:
        new.write_text("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_regular_file_is_not_replaced(tmp_path, make):
    make(tmp_path / "special")
    with pytest.raises(OSError, match="not a regular file"), replacing(tmp_path / "special"):
        pass
    assert not (tmp_path / "special").is_file()
    assert names(tmp_path) == ["special"]


def test_a_folder_moves_to_where_nothing_was(tmp_path):
    with staging(tmp_path / "model") as folder:
        put_in_place(folder_of(folder / "new", "new"), tmp_path / "model")
    assert names(tmp_path) == ["model"]
    assert (tmp_path / "model" / "content").read_text() == "new"


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_folder_takes_the_place_of_another(tmp_path, monkeypatch, can_exchange):
    if not can_exchange:
        monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    folder_of(tmp_path / "model", "old")
    with staging(tmp_path / "model") as folder:
        put_in_place(folder_of(folder / "new", "new"), tmp_path / "model")
    assert names(tmp_path) == ["model"]
    assert (tmp_path / "model" / "content").read_text() == "new"


def test_where_the_new_folder_cannot_be_moved_the_old_one_returns(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    folder_of(tmp_path / "model", "old")
    rename = Path.rename

    def refuse(self, target):
        if self.name == "new":
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="Input/output"), staging(tmp_path / "model") as folder:
        put_in_place(folder_of(folder / "new", "new"), tmp_path / "model")
    assert names(tmp_path) == ["model"]
    assert (tmp_path / "model" / "content").read_text() == "old"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders in one step")
def test_a_killed_process_leaves_one_of_the_two_whole(tmp_path):
    folder_of(tmp_path / "model", "0" * 1000)
    script = textwrap.dedent(
        """
        import sys
        from itertools import count
        from pathlib import Path
        from pminusy.files import check_place, put_in_place
        from pminusy.staging import _prefix, clear_abandoned, staging
        model = Path(sys.argv[1])
        print("ready", flush=True)
        for i in count():
            with staging(model) as folder:
                (folder / "new").mkdir()
                (folder / "new" / "content").write_text(str(i % 10) * 1000)
                put_in_place(folder / "new", model)
            print(i, flush=True)
        """
    )
    for n_rounds in (1, 2, 5, 11, 23):
        writer = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "model")], stdout=subprocess.PIPE, text=True
        )
        for _ in range(1 + n_rounds):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        content = (tmp_path / "model" / "content").read_text()
        assert content == content[0] * 1000
    clear_abandoned(tmp_path / "model")
    assert names(tmp_path) == ["model"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/b.csv", "b"),
        ("b.csv.gz", "b"),
        ("b.tar.ZST", "b"),
        ("b.gz", "b"),
        ("b", "b"),
        ("b.v2.csv", "b.v2"),
    ],
)
def test_a_bare_name_has_neither_packing_nor_format(path, name):
    assert bare_name(Path(path)) == name
