import os
import shutil
import subprocess
import sys
import warnings
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from pminusy.errors import InputError
from pminusy.kernels.machine import library as libraries
from pminusy.kernels.machine.levels import levels_here
from pminusy.kernels.machine.library import VARIABLE, library, load
from pminusy.kernels.machine.manifest import LIBRARIES, LibraryError, Manifest

SOFTMAX = "import numpy as np, pminusy, sys; print(pminusy.softmax(np.zeros((1, 4))).tolist(), 'numba' in sys.modules)"
FILES = sorted(LIBRARIES.glob("*.so"))
RUNNABLE = [path for path in FILES if path.stem in {level.name for level in levels_here()}]


@pytest.fixture
def copied(built, tmp_path, monkeypatch):
    """The library that is used here, in a folder of its own, in which it is looked for."""
    (path,) = (shutil.copy(path, tmp_path) for path in RUNNABLE[-1:])
    shutil.copy(RUNNABLE[-1].with_suffix(".json"), tmp_path)
    monkeypatch.setattr(libraries, "LIBRARIES", tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    return Path(path)


def fresh():
    """What a process that begins now would use."""
    return library.__wrapped__()


def in_a_new_process(code, **environment):
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("path", RUNNABLE, ids=lambda path: path.stem)
def test_every_level_that_the_processor_has_can_be_forced(path):
    assert in_a_new_process(SOFTMAX, **{VARIABLE: path.stem}) == "[[0.25, 0.25, 0.25, 0.25]] False"


@pytest.mark.skipif(find_spec("numba") is None, reason="Numba is not installed")
def test_all_can_be_compiled_just_in_time(built):
    assert in_a_new_process(SOFTMAX, **{VARIABLE: "jit"}) == "[[0.25, 0.25, 0.25, 0.25]] True"


def test_a_level_that_the_processor_lacks_is_refused(monkeypatch):
    monkeypatch.setenv(VARIABLE, "x86-64-v9")
    with pytest.raises(InputError, match=f"{VARIABLE}: expected .*jit on this processor, got 'x86-64-v9'"):
        fresh()


def test_a_level_that_was_not_built_is_refused_where_it_is_asked_for(tmp_path, monkeypatch):
    if not levels_here():
        pytest.skip("no level is known for this processor")
    monkeypatch.setattr(libraries, "LIBRARIES", tmp_path)
    monkeypatch.setenv(VARIABLE, levels_here()[0].name)
    with pytest.raises(LibraryError, match="expected the manifest of a library"):
        fresh()


def test_without_a_library_everything_is_compiled_just_in_time(tmp_path, monkeypatch):
    monkeypatch.setattr(libraries, "LIBRARIES", tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    assert fresh() is None


def test_a_whole_library_is_used(copied):
    assert "kernels_softmax_softmax_rows_float32" in fresh()


def truncated(path):
    path.write_bytes(path.read_bytes()[:-1000])


def emptied(path):
    path.write_bytes(b"")


def with_a_bit_flipped(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


def removed_manifest(path):
    path.with_suffix(".json").unlink()


def for_another_machine(path):
    manifest = path.with_suffix(".json")
    manifest.write_text(manifest.read_text().replace('"machine": "', '"machine": "not-'))


def nested_without_end(path):
    path.with_suffix(".json").write_text("[" * 10**6)


def a_folder(path):
    path.unlink()
    path.mkdir()


def for_another_level(path):
    manifest = path.with_suffix(".json")
    manifest.write_text(manifest.read_text().replace(f'"level": "{path.stem}"', '"level": "x86-64-v9"'))


DAMAGES = [
    *(truncated, emptied, with_a_bit_flipped, removed_manifest, nested_without_end, a_folder),
    *(for_another_machine, for_another_level),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_one_that_cannot_be_used_is_passed_over_with_one_warning(copied, damage):
    damage(copied)
    with pytest.warns(RuntimeWarning, match="compiled just in time instead") as told:
        assert fresh() is None
    assert len(told) == 1
    with pytest.raises(LibraryError):
        load(copied)


def test_a_folder_that_cannot_be_looked_into_is_told(copied, monkeypatch):
    def refuse(path, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)
    with pytest.warns(RuntimeWarning, match="expected a library, got Permission denied; kernels are") as told:
        assert fresh() is None
    assert len(told) == 1


def test_a_lower_level_is_used_where_the_highest_is_damaged(copied, monkeypatch):
    lower = copied.with_name("lower.so")
    shutil.copy(copied, lower)
    manifest = (
        copied.with_suffix(".json").read_text().replace(f'"level": "{copied.stem}"', '"level": "lower"')
    )
    lower.with_suffix(".json").write_text(manifest)
    truncated(copied)
    with pytest.warns(RuntimeWarning, match="damaged one; lower is used instead") as told:
        assert libraries._best([copied, lower])
    assert len(told) == 1


def test_one_of_other_sources_is_passed_over_silently(copied, monkeypatch):
    monkeypatch.setattr(libraries, "sources_hash", lambda: "edited")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert fresh() is None
    with pytest.raises(LibraryError, match="installed sources"):
        load(copied)


def test_a_file_that_is_no_library_is_refused_though_its_manifest_fits(copied):
    copied.write_bytes(b"\x7fELF but nothing more")
    old = Manifest.read(copied.with_suffix(".json"))
    Manifest.of(copied, old.level, old.sources, old.names).write(copied.with_suffix(".json"))
    with pytest.raises(LibraryError, match="expected a library for this machine"):
        load(copied)


def test_arrays_of_another_layout_are_refused(copied, monkeypatch):
    monkeypatch.setattr(libraries, "_arrays_are_as_known", lambda: False)
    with pytest.raises(LibraryError, match="NumPy 2 under CPython"):
        load(copied)


def test_arrays_lie_in_memory_as_the_libraries_read_them():
    assert libraries._arrays_are_as_known()


def test_what_is_loaded_is_a_function_of_python(built, dtype):
    softmax = built.kernel(f"kernels_softmax_softmax_rows_{dtype}")
    Z, P = np.zeros((2, 4), dtype), np.empty((2, 4), dtype)
    softmax(Z, np.empty((5, 2048), dtype), P, 0, 2)
    assert (P == 0.25).all()
