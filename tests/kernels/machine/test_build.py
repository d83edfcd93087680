import pytest

from pminusy.kernels.machine import build as building
from pminusy.kernels.machine.build import build, chosen
from pminusy.kernels.machine.levels import X86, levels_here
from pminusy.kernels.machine.manifest import LibraryError, Manifest, library_path, sources_hash

pytestmark = pytest.mark.skipif(not levels_here(), reason="no level is known for this processor")


def test_words_mean_levels():
    here = [level.name for level in levels_here()]
    assert chosen(["host"]) == here[-1:]
    assert chosen(["here"]) == here
    assert set(chosen(["all"])) >= set(here)
    assert chosen([here[0], "host", here[0]]) == list(dict.fromkeys([here[0], here[-1]]))


def test_an_unknown_word_is_refused():
    with pytest.raises(ValueError, match=r"levels: expected host, here, all, .*, got 'fastest'"):
        chosen(["fastest"])


@pytest.fixture
def emitted(monkeypatch):
    """The levels that were compiled, by a compiler that makes one file of nothing."""
    levels = []

    def emit(folder, level, share, shares):
        levels.append(level)
        (folder / f"item_{share}.o").write_bytes(b"object code")

    monkeypatch.setattr(building, "_emit", emit)
    monkeypatch.setattr(
        building,
        "link",
        lambda objects, library: library.write_bytes(b"".join(path.read_bytes() for path in objects)),
    )
    return levels


def test_a_library_is_built_once_for_the_same_sources(emitted, tmp_path, monkeypatch):
    level = X86[0].name
    files = build([level], tmp_path)
    assert [path.name for path in files] == [f"{level}.so", f"{level}.json"]
    assert Manifest.read(files[1]).sources == sources_hash()
    n = len(emitted)
    assert build([level], tmp_path) == files
    assert len(emitted) == n
    monkeypatch.setattr(building, "sources_hash", lambda: "edited")
    build([level], tmp_path)
    assert len(emitted) == 2 * n
    assert Manifest.read(files[1]).sources == "edited"


def test_a_damaged_library_is_built_anew(emitted, tmp_path):
    level = X86[0].name
    library, manifest = build([level], tmp_path)
    library.write_bytes(b"")
    build([level], tmp_path)
    Manifest.read(manifest).check(library)


def test_where_compiling_fails_nothing_is_left(tmp_path, monkeypatch):
    def fail(*arguments):
        raise RuntimeError("no compiler")

    monkeypatch.setattr(building, "_emit", fail)
    with pytest.raises(RuntimeError, match="no compiler"):
        build([X86[0].name], tmp_path)
    assert not list(tmp_path.iterdir())
    with pytest.raises(LibraryError):
        Manifest.read(library_path(tmp_path, X86[0].name).with_suffix(".json"))
