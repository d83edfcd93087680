"""What tells a file from one that was written later."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pminusy.errors import InputError


@dataclass(frozen=True)
class Stamp:
    """A file's size, and when it was written."""

    path: str
    size: int
    modified: int

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """As the file is now."""
        status = path.stat()
        return cls(str(path.resolve()), status.st_size, status.st_mtime_ns)

    def check(self) -> None:
        """An InputError where the file is another one by now, or is gone."""
        try:
            now = Stamp.of(Path(self.path))
        except OSError:
            raise InputError(f"files: {self.path} is gone since it was first read") from None
        if now != self:
            raise InputError(f"files: {self.path} has changed since it was first read; open the rows again")
