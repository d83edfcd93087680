import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pminusy import staging as rooms
from pminusy.staging import PREVIOUS, clear_abandoned, clear_all_abandoned, staging

pytestmark = pytest.mark.skipif(os.name != "posix", reason="locks of files are those of POSIX systems")


@pytest.fixture
def destination(tmp_path):
    return tmp_path / "model"


def names(folder) -> list[str]:
    return sorted(os.listdir(folder))


def run_until_ready(destination, body) -> subprocess.Popen:
    """A process that does something with staging folders for the destination, then waits to be killed."""
    head = "import os, sys\nfrom pathlib import Path\nfrom pminusy.staging import staging\npath = Path(sys.argv[1])\n"
    process = subprocess.Popen(
        [sys.executable, "-c", head + body, str(destination)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.communicate()


def finish(process):
    """Let it end by itself; a pipe that it shares with a child is read until the child has ended, too."""
    process.communicate("")


HOLD = textwrap.dedent(
    """
    with staging(path) as folder:
        (folder / "new").mkdir()
        (folder / "new" / "half").write_text("written")
        print("ready", flush=True)
        sys.stdin.read()
    """
)


def test_the_folder_is_hidden_beside_the_destination_and_goes(destination):
    with staging(destination) as folder:
        assert folder.parent == destination.parent
        assert folder.name.startswith(".model.")
        (folder / "new").write_text("half")
    assert names(destination.parent) == []


def test_the_folder_of_a_killed_process_goes_with_the_next(destination):
    for _ in range(3):
        kill(run_until_ready(destination, HOLD))
    assert len(names(destination.parent)) == 1  # each cleared that of the one before
    with staging(destination):
        assert len(names(destination.parent)) == 1
    assert names(destination.parent) == []


def test_the_folder_of_a_living_process_stays(destination):
    process = run_until_ready(destination, HOLD)
    (living,) = names(destination.parent)
    with staging(destination):
        pass
    clear_abandoned(destination)
    assert names(destination.parent) == [living]
    assert names(destination.parent / living / "new") == ["half"]
    kill(process)
    clear_abandoned(destination)
    assert names(destination.parent) == []


def test_a_folder_stays_as_long_as_a_child_may_write_to_it(destination):
    body = textwrap.dedent(
        """
        with staging(path) as folder:
            if os.fork():
                os.kill(os.getpid(), 9)
            print("ready", flush=True)
            sys.stdin.read()
            os._exit(0)
        """
    )
    process = run_until_ready(destination, body)
    (living,) = names(destination.parent)
    clear_abandoned(destination)
    assert names(destination.parent) == [living]
    finish(process)
    clear_abandoned(destination)
    assert names(destination.parent) == []


def test_a_thread_of_the_same_process_keeps_its_folder(destination):
    with staging(destination) as one, staging(destination) as other:
        assert one != other
        assert one.is_dir()
        assert other.is_dir()
    assert names(destination.parent) == []


def test_a_process_killed_before_it_locked_its_folder_leaves_nothing_for_long(destination):
    Path(f"{destination.parent}/{rooms._prefix(destination)}00c0ffee").mkdir()
    clear_abandoned(destination)
    assert names(destination.parent) == []


def test_a_folder_that_is_taken_before_it_is_locked_is_made_again(destination, monkeypatch):
    tokens = iter(["00000001", "00000002"])
    monkeypatch.setattr(rooms.secrets, "token_hex", lambda n: next(tokens))
    whole, taken = os.open, []

    def clear_first(path, *rest, **more):
        if not taken:
            taken.append(path)
            clear_abandoned(destination)  # another process, which opens a file of its own
        return whole(path, *rest, **more)

    monkeypatch.setattr(rooms.os, "open", clear_first)
    with staging(destination) as folder:
        assert folder.name.endswith("00000002")
        assert names(destination.parent) == [folder.name]


def test_folders_of_other_hosts_and_destinations_and_other_things_stay(destination, monkeypatch):
    parent = destination.parent
    others = [".model.pminusy-", ".model.old", "model.pminusy-1"]
    for name in others:
        (parent / name).mkdir()
    kill(run_until_ready(parent / "models", HOLD))
    monkeypatch.setattr(rooms.socket, "gethostname", lambda: "elsewhere")
    abroad = Path(f"{parent}/{rooms._prefix(destination)}12345678")
    monkeypatch.undo()
    abroad.mkdir()
    link = Path(f"{parent}/{rooms._prefix(destination)}87654321")
    link.symlink_to(parent / ".model.old")
    before = names(parent)
    with staging(destination):
        pass
    assert names(parent) == before
    assert len(before) == len(others) + 3


@pytest.mark.parametrize("is_back", [False, True])
def test_what_was_moved_aside_returns_unless_something_stands_there(destination, is_back):
    abandoned = Path(f"{destination.parent}/{rooms._prefix(destination)}12345678")
    (abandoned / PREVIOUS).mkdir(parents=True)
    (abandoned / PREVIOUS / "content").write_text("old")
    if is_back:
        destination.mkdir()
        (destination / "content").write_text("new")
    clear_abandoned(destination)
    assert names(destination.parent) == ["model"]
    assert (destination / "content").read_text() == ("new" if is_back else "old")


def test_a_folder_is_cleared_of_what_was_left_for_any_destination(tmp_path):
    process = run_until_ready(tmp_path / "living", HOLD)
    (living,) = names(tmp_path)
    for name in ("model", "a.b.nbc"):
        abandoned = Path(f"{tmp_path}/{rooms._prefix(tmp_path / name)}12345678")
        (abandoned / PREVIOUS).mkdir(parents=True)
    (tmp_path / "model").mkdir()
    others = ["m" * 200, "other.pminusy-1"]  # perhaps the beginning of a name; no staging folder
    kept = [f"{rooms._prefix(tmp_path / others[0])}12345678", others[1]]
    for name in kept:
        (tmp_path / name).mkdir()
    clear_all_abandoned(tmp_path)
    assert names(tmp_path) == sorted(["a.b.nbc", "model", living, *kept])
    kill(process)
    clear_all_abandoned(tmp_path / "nothing")


def test_a_file_system_without_locks_keeps_everything(destination, monkeypatch):
    abandoned = Path(f"{destination.parent}/{rooms._prefix(destination)}12345678")
    abandoned.mkdir()

    def refuse(descriptor, operation):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(rooms.fcntl, "flock", refuse)
    with staging(destination) as folder:
        (folder / "new").write_text("half")
    assert names(destination.parent) == [abandoned.name]


def test_a_parent_that_cannot_be_listed_is_no_error(tmp_path):
    clear_abandoned(tmp_path / "nothing" / "model")


@pytest.mark.parametrize("name", ["m" * 255, "é" * 127, "数" * 85])
def test_names_as_long_as_a_file_system_allows(tmp_path, name):
    with staging(tmp_path / name) as folder:
        assert names(tmp_path) == [folder.name]
    kill(run_until_ready(tmp_path / name, HOLD))
    clear_abandoned(tmp_path / name)
    assert names(tmp_path) == []
