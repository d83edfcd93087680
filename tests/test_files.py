import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pminusy import files
from pminusy.files import bare_name, put_in_place, replacing


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


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with replacing(tmp_path / "link") as new:
        new.write_text("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_folder_moves_to_where_nothing_was(tmp_path):
    put_in_place(folder_of(tmp_path / "new", "new"), tmp_path / "model")
    assert names(tmp_path) == ["model"]
    assert (tmp_path / "model" / "content").read_text() == "new"


@pytest.mark.parametrize("can_exchange", [True, False])
def test_folders_change_places(tmp_path, monkeypatch, can_exchange):
    if not can_exchange:
        monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    folder_of(tmp_path / "model", "old")
    put_in_place(folder_of(tmp_path / "new", "new"), tmp_path / "model")
    assert names(tmp_path) == ["model", "new"]
    assert (tmp_path / "model" / "content").read_text() == "new"
    assert (tmp_path / "new" / "content").read_text() == "old"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders in one step")
def test_a_killed_process_leaves_one_of_the_two_whole(tmp_path):
    folder_of(tmp_path / "model", "0" * 1000)
    script = textwrap.dedent(
        """
        import shutil, sys
        from itertools import count
        from pathlib import Path
        from pminusy.files import beside, put_in_place
        model = Path(sys.argv[1])
        print("ready", flush=True)
        for i in count():
            folder = beside(model)
            folder.mkdir()
            (folder / "content").write_text(str(i % 10) * 1000)
            put_in_place(folder, model)
            shutil.rmtree(folder)
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
