"""Which files are meant: a file, a folder, a pattern, or several of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from glob import glob, has_magic
from pathlib import Path

from pminusy.errors import InputError

FORMATS = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".arrow": "ipc",
    ".feather": "ipc",
    ".ipc": "ipc",
}

Files = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


def find_files(files: Files) -> tuple[str, list[Path]]:
    """Their format, and the files by name: of folders all that have its ending, at any depth.

    Raises
    ------
    InputError
        There are none, or they have different formats, or one that is not read.
    """
    given = [files] if isinstance(files, str | os.PathLike) else list(files)
    found = [path for each in given for path in matching(os.fspath(each))]
    if not found:
        raise InputError(f"files: expected at least one file, found none for {_shown(given)}")
    formats = {FORMATS.get(path.suffix.lower(), path.suffix) for path in found}
    if len(formats) > 1:
        raise InputError(f"files: expected files of one format, got {', '.join(sorted(formats))}")
    (form,) = formats
    if form not in FORMATS.values():
        raise InputError(f"files: expected names that end in {', '.join(FORMATS)}, got {found[0]}")
    return form, found


def matching(pattern: str) -> list[Path]:
    """The files that a name, a folder or a pattern means, by name; of a folder those whose endings are known.

    Raises
    ------
    InputError
        There is no such file or folder.
    """
    if os.path.isdir(pattern):
        inside = (path for path in Path(pattern).rglob("*") if not _hidden(path.relative_to(pattern)))
        return sorted(path for path in inside if path.suffix.lower() in FORMATS and path.is_file())
    if has_magic(pattern) and not os.path.exists(pattern):
        return sorted(Path(each) for each in glob(pattern, recursive=True) if os.path.isfile(each))
    if not os.path.exists(pattern):
        raise InputError(
            f"files: expected a file, a folder or a pattern that matches some, found no {pattern}"
        )
    return [Path(pattern)]


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


def _shown(given: Sequence[str | os.PathLike[str]]) -> str:
    return ", ".join(os.fspath(each) for each in given) or "an empty list"
