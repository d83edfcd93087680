"""Libraries of all kernels and operations, one for each level: what a wheel is built with.

    python -m pminusy.kernels.machine.build [LEVEL …]

Every level is compiled in processes of its own, as many at a time as there are processors. A library that is there
already and was made of the same sources is kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pminusy.kernels.machine.levels import ARM, X86, levels_here
from pminusy.kernels.machine.link import link
from pminusy.kernels.machine.manifest import LIBRARIES, LibraryError, Manifest, library_path, sources_hash
from pminusy.kernels.machine.sources import PACKAGE
from pminusy.staging import staging


def build(levels: Sequence[str], folder: Path = LIBRARIES) -> list[Path]:
    """Build what is missing; the libraries and their manifests."""
    folder.mkdir(exist_ok=True)
    sources = sources_hash()
    missing = [level for level in levels if not _is_current(folder, level)]
    n = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as work, ThreadPoolExecutor(n) as pool:
        objects = {level: Path(work, level) for level in missing}
        for path in objects.values():
            path.mkdir()
        shares = [(path, level, share, n) for level, path in objects.items() for share in range(n)]
        for _ in pool.map(_emit, *zip(*shares, strict=True)) if shares else ():
            pass
        for level, path in objects.items():
            _put_together(path, level, sources, folder)
    return [path for level in levels for path in _files(folder, level)]


def chosen(words: Sequence[str]) -> list[str]:
    """The levels that these words mean: "host" is the highest of this processor, "here" all of it, "all" those known.

    A ValueError names the word that is none of these and no level.
    """
    here = [level.name for level in levels_here()]
    known = [level.name for level in (ARM if levels_here() == ARM else X86)]
    meanings = {"host": here[-1:], "here": here, "all": known, **{name: [name] for name in known}}
    for word in words:
        if word not in meanings:
            raise ValueError(f"levels: expected {', '.join(meanings)}, got {word!r}")
    return list(dict.fromkeys(level for word in words for level in meanings[word]))


def _emit(folder: Path, level: str, share: int, shares: int) -> None:
    """Compile a share of all items for a level, in a process that Numba is imported into with it."""
    environment = {
        **os.environ,
        "NUMBA_CPU_NAME": level,
        "NUMBA_CPU_FEATURES": "",
        "NUMBA_CACHE_DIR": str(folder / "cache"),
        "PYTHONPATH": os.pathsep.join([str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }
    environment.pop("NUMBA_DISABLE_JIT", None)
    command = [sys.executable, "-m", "pminusy.kernels.machine.emit", str(folder), str(share), str(shares)]
    subprocess.run(command, env=environment, check=True)


def _put_together(objects: Path, level: str, sources: str, folder: Path) -> None:
    library = library_path(folder, level)
    found = sorted(objects.glob("*.o"))
    with staging(library) as place:
        new = library_path(place, level)
        link(found, new)
        manifest = Manifest.of(new, level, sources, [path.stem for path in found if path.stem != "support"])
        manifest.write(new.with_suffix(".json"))
        for path in _files(place, level):
            path.replace(folder / path.name)


def _is_current(folder: Path, level: str) -> bool:
    library, manifest = _files(folder, level)
    try:
        found = Manifest.read(manifest)
        found.check(library)
    except LibraryError:
        return False
    return found.sources == sources_hash()


def _files(folder: Path, level: str) -> tuple[Path, Path]:
    library = library_path(folder, level)
    return library, library.with_suffix(".json")


if __name__ == "__main__":
    print(*build(chosen(sys.argv[1:] or ["host"])), sep="\n")
