"""Which files are meant by names, folders and patterns."""

import glob
from collections.abc import Iterator, Sequence
from pathlib import Path

from pminusy.errors import DataError
from pminusy.runs.text_input import STANDARD_INPUT

SUFFIXES = (".md", ".markdown", ".tex", ".ipynb")
"""What is taken from a folder."""


def page_files(given: Sequence[str]) -> list[str]:
    """Give the files that are meant, each once, in the order in which they were given.

    Parameters
    ----------
    given : sequence of str
        Files; folders, of which all Markdown, LaTeX and notebooks are taken, but nothing hidden; patterns such as
        "docs/**/*.md"; and "-" for standard input.

    Returns
    -------
    list of str
        The files of a folder or pattern are sorted, with / between folders on every system.

    Raises
    ------
    DataError
        A folder or a pattern has no file.

    Examples
    --------
    >>> page_files(["notes.md", "-", "notes.md"])
    ['notes.md', '-']
    """
    return list(dict.fromkeys(file for name in given for file in _files(name)))


def is_one_file(given: Sequence[str]) -> bool:
    """Whether these name one file, and no folder or pattern, of however many files."""
    return len(given) == 1 and (_is_name(given[0]) and not _is_folder(given[0]))


def _files(name: str) -> list[str]:
    if _is_folder(name):
        found = sorted(path.as_posix() for path in _below(Path(name)))
        if not found:
            raise DataError(
                f"{name}: expected files that end in {', '.join(SUFFIXES)} in this folder, got none"
            )
        return found
    if _is_name(name):
        return [name]
    paths = map(Path, glob.glob(name, recursive=True))
    matching = sorted(path.as_posix() for path in paths if path.is_file())
    if not matching:
        raise DataError(f"{name}: no file matches")
    return matching


def _is_name(name: str) -> bool:
    """Whether it is to be taken as it is: a pattern is none that names a file itself."""
    return name == STANDARD_INPUT or not glob.has_magic(name) or Path(name).exists()


def _is_folder(name: str) -> bool:
    return name != STANDARD_INPUT and "\0" not in name and Path(name).is_dir()


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)
        elif path.suffix.lower() in SUFFIXES and path.is_file():
            yield path
