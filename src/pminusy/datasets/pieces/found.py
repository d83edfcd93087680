"""Which files a name means: one, those in a folder, or those that match a pattern."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from glob import has_magic
from pathlib import Path

from pminusy.blocks.files.columns import partitions
from pminusy.blocks.files.found import FORMATS, matching
from pminusy.datasets.readers.bundled import BUNDLED
from pminusy.errors import DataError
from pminusy.files import bare_name

NO_PARTITION = "__HIVE_DEFAULT_PARTITION__"
"""What the name of a folder tells where the value is missing."""


@dataclass(frozen=True)
class Sources:
    """What was asked for, and the files that it means.

    Attributes
    ----------
    given : tuple of str
        Names of bundled sets, files and folders, and patterns.
    files : tuple of str
        Bundled sets as they are, and files, by name within each folder or pattern.
    """

    given: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def shown(self) -> str:
        """What was asked for, in a line."""
        return ", ".join(self.given)

    @property
    def name(self) -> str:
        """What to call the data: its file or folder, without what only tells the format."""
        first = Path(self.given[0])
        if first.is_dir():
            return first.resolve().name or "data"
        if self._is_one_file:
            return bare_name(first)
        plain = Path(*(part for part in first.parts[:-1] if not has_magic(part)))
        return plain.resolve().name or "data"

    def told(self, file: str) -> dict[str, str | None]:
        """The columns that the folders of a file tell, as `year=2024` does; none of one file that was asked for."""
        if self._is_one_file:
            return {}
        told = partitions(Path(file))
        return {name: None if value == NO_PARTITION else value for name, value in told.items()}

    @property
    def _is_one_file(self) -> bool:
        return len(self.files) == 1 and self.files == self.given


def find_sources(given: Sequence[str]) -> Sources:
    """Find the files that names, folders and patterns mean; a file that does not exist stays for its reader to miss.

    Raises
    ------
    DataError
        A folder or a pattern has no files, or a file comes twice.

    Examples
    --------
    >>> find_sources(["iris"]).files
    ('iris',)
    """
    found = [each for name in given for each in _files(name)]
    repeated = next((name for place, name in enumerate(found) if name in found[:place]), None)
    if repeated is not None:
        raise DataError(f"data: expected each file once, got {repeated} twice")
    return Sources(tuple(given), tuple(found))


def _files(name: str) -> list[str]:
    if name in BUNDLED or os.path.isfile(name) or not (os.path.isdir(name) or has_magic(name)):
        return [name]
    found = [str(path) for path in matching(name)]
    if not found:
        what = f"files that end in {', '.join(FORMATS)}" if os.path.isdir(name) else "files that match it"
        raise DataError(f"{name}: expected {what}, found none")
    return found
