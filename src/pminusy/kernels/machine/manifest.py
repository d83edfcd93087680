"""What lies beside a library: what it was made of and for, and how to tell whether it is whole."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pminusy.kernels.machine.sources import PACKAGE, all_sources

FORMAT = 1
LIBRARIES = Path(__file__).with_name("libraries")


class LibraryError(RuntimeError):
    """A library of kernels is not what its manifest says, or not for this machine."""


@dataclass(frozen=True)
class Manifest:
    """The facts on a library that decide whether it is used.

    Attributes
    ----------
    level : str
        The instruction set, see `levels.py`.
    system, machine : str
        Where it runs, such as "linux" and "x86_64".
    sources : str
        SHA-256 of the files that it was compiled from.
    library : str
        SHA-256 of the library.
    names : tuple of str
        What it contains, see `names.py`.
    """

    level: str
    system: str
    machine: str
    sources: str
    library: str
    names: tuple[str, ...]
    format: int = FORMAT

    @classmethod
    def of(cls, library: Path, level: str, sources: str, names: Sequence[str]) -> Manifest:
        """The manifest of a library that was made here."""
        here = sys.platform, platform.machine()
        return cls(level, *here, sources, _hash(library.read_bytes()), tuple(names))

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """The manifest in a file; a LibraryError for anything else."""
        try:
            fields: dict[str, Any] = json.loads(path.read_text("utf-8"))
            if fields.get("format") != FORMAT:
                raise LibraryError(f"{path}: expected format {FORMAT}, got {fields.get('format')!r}")
            return cls(**{**fields, "names": tuple(fields["names"])})
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise LibraryError(f"{path}: expected the manifest of a library, got {error}") from None

    def write(self, path: Path) -> None:
        """Write it to a file."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")

    def check(self, library: Path) -> None:
        """A LibraryError where the library is another, not whole, or not for this machine."""
        here = sys.platform, platform.machine()
        if (self.system, self.machine) != here:
            came = f"{self.system}, {self.machine}"
            raise LibraryError(f"{library}: expected a library for {', '.join(here)}, got one for {came}")
        try:
            found = _hash(library.read_bytes())
        except OSError as error:
            raise LibraryError(f"{library}: expected a library, got {error.strerror}") from None
        if found != self.library:
            raise LibraryError(
                f"{library}: expected the library of its manifest, got another or a damaged one"
            )


def library_path(folder: Path, level: str) -> Path:
    """Where the library for a level lies; its manifest has the suffix .json."""
    return folder / f"{level}.so"


def sources_hash() -> str:
    """SHA-256 of all that is compiled and of what compiles it."""
    digest = hashlib.sha256()
    for path in all_sources():
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
