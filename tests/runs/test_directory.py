import os

import numpy as np
import pytest

from pminusy import SoftmaxNetwork
from pminusy.errors import ModelDirectoryError
from pminusy.runs.directory import FILES, check_destination, default_directory, new_directory
from pminusy.staging import PREVIOUS, _prefix


def write(path, content: str, *, force: bool = False) -> None:
    with new_directory(path, force=force) as folder:
        for name in FILES:
            (folder / name).write_text(content)


def contents(path) -> set[str]:
    return {(path / name).read_text() for name in FILES}


@pytest.mark.parametrize(
    ("source", "name"),
    [("digits", "digits-model"), ("a/b.c/data.csv", "data-model"), ("x.tar.npz", "x.tar-model")],
)
def test_the_name_comes_from_the_data(source, name):
    assert str(default_directory(source)) == name


def test_a_directory_is_written_with_the_folders_above_it(tmp_path):
    path = tmp_path / "a" / "b" / "model"
    write(path, "new")
    assert sorted(os.listdir(path)) == sorted(FILES)
    assert os.listdir(path.parent) == ["model"]


def test_others_may_read_it_as_they_may_read_any_new_folder(tmp_path):
    (tmp_path / "any").mkdir()
    write(tmp_path / "model", "new")
    assert (tmp_path / "model").stat().st_mode == (tmp_path / "any").stat().st_mode


def test_one_that_exists_is_refused_without_force(tmp_path):
    write(tmp_path / "model", "old")
    with pytest.raises(ModelDirectoryError, match="already exists; use --force"):
        write(tmp_path / "model", "new")
    assert contents(tmp_path / "model") == {"old"}


def test_force_replaces_it(tmp_path):
    write(tmp_path / "model", "old")
    write(tmp_path / "model", "new", force=True)
    assert contents(tmp_path / "model") == {"new"}
    assert os.listdir(tmp_path) == ["model"]


def test_force_fills_an_empty_directory(tmp_path):
    (tmp_path / "model").mkdir()
    write(tmp_path / "model", "new", force=True)
    assert contents(tmp_path / "model") == {"new"}


def test_force_follows_a_link(tmp_path):
    write(tmp_path / "real", "old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link", "new", force=True)
    assert (tmp_path / "link").is_symlink()
    assert contents(tmp_path / "real") == {"new"}


@pytest.mark.parametrize("foreign", ["notes.txt", ".hidden", "Documents"])
def test_force_spares_what_is_no_model(tmp_path, foreign):
    write(tmp_path / "model", "old")
    (tmp_path / "model" / foreign).mkdir()
    with pytest.raises(ModelDirectoryError, match=f"contains '{foreign}', which is not part of a model"):
        write(tmp_path / "model", "new", force=True)
    assert contents(tmp_path / "model") == {"old"}


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, MemoryError])
def test_an_error_leaves_the_old_whole_and_nothing_else(tmp_path, error):
    write(tmp_path / "model", "old")

    def write_half():
        with new_directory(tmp_path / "model", force=True) as folder:
            (folder / FILES[0]).write_text("half")
            raise error

    with pytest.raises(error):
        write_half()
    assert contents(tmp_path / "model") == {"old"}
    assert os.listdir(tmp_path) == ["model"]


def test_an_error_leaves_no_folder_that_was_made_for_it(tmp_path):
    with pytest.raises(RuntimeError), new_directory(tmp_path / "a" / "b" / "model", force=False):
        raise RuntimeError
    assert os.listdir(tmp_path) == []


def test_what_a_killed_run_left_is_cleared_before_any_work(tmp_path):
    (tmp_path / f"{_prefix(tmp_path / 'model')}12345678").mkdir()
    check_destination(tmp_path / "model", force=False)
    assert os.listdir(tmp_path) == []


def test_an_old_model_that_a_killed_run_moved_aside_is_no_free_place(tmp_path):
    write(tmp_path / "model", "old")
    aside = tmp_path / f"{_prefix(tmp_path / 'model')}12345678" / PREVIOUS
    aside.parent.mkdir()
    (tmp_path / "model").rename(aside)
    with pytest.raises(ModelDirectoryError, match="already exists"):
        write(tmp_path / "model", "new")
    assert contents(tmp_path / "model") == {"old"}


def test_a_network_file_that_cannot_be_written_is_told_with_the_directory(tmp_path):
    model = SoftmaxNetwork(hidden=(2,), max_epochs=1).fit(np.eye(4), [0, 1, 0, 1])

    def write_where_nothing_can_be():
        with new_directory(tmp_path / "model", force=False) as folder:
            model.save(folder / "nothing" / "network.safetensors")

    with pytest.raises(
        ModelDirectoryError, match=r"^[^ ]*/model: cannot be written: No such file or directory$"
    ):
        write_where_nothing_can_be()
    assert os.listdir(tmp_path) == []


def test_a_full_disk_is_a_clear_error(tmp_path):
    def write_half():
        with new_directory(tmp_path / "model", force=False):
            raise OSError(28, "No space left on device")

    with pytest.raises(ModelDirectoryError, match="model: cannot be written: No space left on device"):
        write_half()
    assert os.listdir(tmp_path) == []


def test_a_file_is_no_place_for_a_directory(tmp_path):
    (tmp_path / "file").write_text("precious")
    with pytest.raises(ModelDirectoryError, match="got a file"):
        check_destination(tmp_path / "file", force=True)
    with pytest.raises(ModelDirectoryError, match="file is a file"):
        check_destination(tmp_path / "file" / "model", force=True)


def test_a_folder_without_permission_is_refused_before_any_work(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(ModelDirectoryError, match="no permission to write in"):
        check_destination(tmp_path / "model", force=False)
