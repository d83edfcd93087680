import os
import subprocess
import sys
import threading

import pytest

from pminusy.kernels.machine import code_files
from pminusy.kernels.machine.code_files import CodeFiles
from pminusy.staging import _prefix

KEY = ("(float32,)", ("x86_64", "skylake"), ("bytecode", "variables"))
OTHERS = [
    ("(float64,)", *KEY[1:]),
    (KEY[0], ("x86_64", "znver4"), KEY[2]),
    (*KEY[:2], ("edited", "variables")),
]


@pytest.fixture
def files(tmp_path):
    return CodeFiles(str(tmp_path), "double-7.py311", "stamp")


def test_what_is_saved_is_loaded_by_its_key_and_stamp_alone(files, tmp_path):
    files.save(KEY, ("code", b"\x90"))
    assert files.load(KEY) == ("code", b"\x90")
    assert [files.load(key) for key in OTHERS] == [None] * 3
    assert CodeFiles(str(tmp_path), "double-7.py311", "later").load(KEY) is None
    assert CodeFiles(str(tmp_path), "triple-7.py311", "stamp").load(KEY) is None


def test_new_code_replaces_old_code_of_the_signature(files, tmp_path):
    files.save(KEY, "old")
    files.save(OTHERS[0], "float64")
    CodeFiles(str(tmp_path), "double-7.py311", "later").save(KEY, "new")
    files.save(OTHERS[2], "edited")
    assert len(os.listdir(tmp_path)) == 2
    assert (files.load(KEY), files.load(OTHERS[0]), files.load(OTHERS[2])) == (None, "float64", "edited")


def test_flush_removes_the_files_of_the_function(files, tmp_path):
    other = CodeFiles(str(tmp_path), "double-77.py311", "stamp")
    for one in (files, other):
        one.save(KEY, "code")
        one.save(OTHERS[0], "code")
    files.flush()
    assert (files.load(KEY), other.load(KEY)) == (None, "code")
    assert len(os.listdir(tmp_path)) == 2


def test_every_damaged_byte_is_noticed(files, tmp_path):
    files.save(KEY, list(range(20)))
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert files.load(KEY) is None
        path.write_bytes(whole[:place])
        assert files.load(KEY) is None


def test_a_name_that_no_longer_exists_is_compiled_anew(files, tmp_path):
    path = files._path(KEY)
    code = b"cpminusy.kernels\nNoSuchClass\n."
    path.write_bytes(files._digest(KEY, code) + code)
    assert files.load(KEY) is None


def test_processes_that_save_at_once_never_mix_their_code(files, tmp_path):
    keys = [KEY, *OTHERS[:2]]

    def save(key):
        for number in range(30):
            files.save(key, (key, [number] * 1000))

    threads = [threading.Thread(target=save, args=(key,)) for key in keys for _ in range(2)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        for key in keys:
            loaded = files.load(key)
            assert loaded is None or (loaded[0] == key and len(set(loaded[1])) == 1)
    assert [files.load(key)[1][0] for key in keys] == [29] * 3
    assert len(os.listdir(tmp_path)) == 3


def test_what_a_process_left_that_was_killed_while_saving_is_cleared_by_the_next(files, tmp_path):
    files.save(KEY, "code")
    (tmp_path / f"{_prefix(files._path(KEY))}12345678").mkdir()
    assert files.load(KEY) == "code"
    assert len(os.listdir(tmp_path)) == 1


def test_a_folder_is_looked_through_for_what_was_left_once(files, tmp_path, monkeypatch):
    looked = []
    monkeypatch.setattr(code_files, "clear_all_abandoned", looked.append)
    for key in (KEY, *OTHERS, KEY):
        files.load(key)
    assert looked == [tmp_path.resolve()]


def test_a_disk_that_is_full_stops_no_computation(files, tmp_path, monkeypatch):
    def fill(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(code_files.Path, "write_bytes", fill)
    files.save(KEY, "code")
    assert files.load(KEY) is None
    assert os.listdir(tmp_path) == []


def call(cache, meanwhile=""):
    """What a call prints in a new process, with its cache here, and something done after the import."""
    script = f"import shutil, sys, numpy as np, pminusy; cache = sys.argv[1]; {meanwhile}\n"
    script += "print(pminusy.softmax(np.zeros((1, 4))).tolist())"
    command = [sys.executable, "-c", script, str(cache)]
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache), "PMINUSY_KERNELS": "jit"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    return done.stdout + done.stderr


def test_a_call_succeeds_where_the_cache_is_a_file(tmp_path):
    (tmp_path / "file").write_text("")
    assert call(tmp_path / "file") == "[[0.25, 0.25, 0.25, 0.25]]\n"


def test_a_call_succeeds_where_the_cache_vanished(tmp_path):
    meanwhile = (
        "from pminusy.kernels.softmax import softmax_tiles; softmax_tiles.helper.dispatcher;"
        "shutil.rmtree(cache); open(cache, 'w').close()"
    )
    assert call(tmp_path / "cache", meanwhile) == "[[0.25, 0.25, 0.25, 0.25]]\n"
    assert (tmp_path / "cache").is_file()
