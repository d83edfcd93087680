import json
import sys
from dataclasses import replace

import pytest

from pminusy.kernels.machine import manifest as manifests
from pminusy.kernels.machine.manifest import LibraryError, Manifest, library_path, sources_hash


@pytest.fixture
def library(tmp_path):
    path = library_path(tmp_path, "x86-64-v3")
    path.write_bytes(bytes(range(200)))
    return path


@pytest.fixture
def manifest(library):
    return Manifest.of(library, "x86-64-v3", "abc", ["one", "two"])


def test_what_is_written_is_read(manifest, library):
    file = library.with_suffix(".json")
    manifest.write(file)
    assert Manifest.read(file) == manifest
    Manifest.read(file).check(library)


@pytest.mark.parametrize("place", [0, 99, 199])
def test_a_damaged_library_is_refused(manifest, library, place):
    content = library.read_bytes()
    library.write_bytes(content[:place] + b"!" + content[place + 1 :])
    with pytest.raises(LibraryError, match="got another or a damaged one"):
        manifest.check(library)


@pytest.mark.parametrize("size", [0, 1, 199])
def test_a_truncated_library_is_refused(manifest, library, size):
    library.write_bytes(library.read_bytes()[:size])
    with pytest.raises(LibraryError, match="got another or a damaged one"):
        manifest.check(library)


def test_a_missing_library_is_refused(manifest, tmp_path):
    with pytest.raises(LibraryError, match="expected a library, got No such file"):
        manifest.check(tmp_path / "none.so")


@pytest.mark.parametrize("other", [{"machine": "s390x"}, {"system": "plan9"}])
def test_a_library_for_another_machine_is_refused(manifest, library, other):
    came = other.get("system", sys.platform), other.get("machine", manifest.machine)
    with pytest.raises(LibraryError, match=f"got one for {came[0]}, {came[1]}"):
        replace(manifest, **other).check(library)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"format": 1}', '{"format": 99}', "\x00"])
def test_what_is_no_manifest_is_refused(tmp_path, text):
    file = tmp_path / "x.json"
    file.write_text(text)
    with pytest.raises(LibraryError, match="expected"):
        Manifest.read(file)


def test_an_entry_that_nobody_knows_is_refused(manifest, tmp_path):
    file = tmp_path / "x.json"
    manifest.write(file)
    file.write_text(json.dumps({**json.loads(file.read_text()), "colour": "red"}))
    with pytest.raises(LibraryError, match="colour"):
        Manifest.read(file)


def test_the_hash_of_the_sources_follows_an_edit_and_a_new_name(tmp_path, monkeypatch):
    first, second = tmp_path / "a.py", tmp_path / "b.py"
    first.write_text("x = 1\n")
    monkeypatch.setattr(manifests, "PACKAGE", tmp_path)
    monkeypatch.setattr(manifests, "all_sources", lambda: sorted(tmp_path.glob("*.py")))
    hashes = [sources_hash()]
    first.write_text("x = 2\n")
    hashes.append(sources_hash())
    first.rename(second)
    hashes.append(sources_hash())
    assert len(set(hashes)) == 3
