"""Decoded rows on disk: one file of numbers, row after row, that is read at the speed of the disk."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, final
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.files.columns import Columns
from pminusy.blocks.files.stamps import Stamp
from pminusy.blocks.files.tables import batches
from pminusy.blocks.outside import OutsideMatrix
from pminusy.errors import InputError
from pminusy.files import put_in_place
from pminusy.staging import staging

Array = NDArray[Any]

_ROWS, _LABELS, _MANIFEST = "rows", "labels.npy", "manifest.json"
_FORMAT = 1


@final
class DecodedRows(OutsideMatrix):
    """The numbers of a file, which they keep open."""

    sequential = False

    def __init__(self, file: IO[bytes], shape: tuple[int, int], columns: Columns, memory: int) -> None:
        self._descriptor = os.dup(file.fileno())  # so that a file without a name stays as long as the rows
        finalize(self, os.close, self._descriptor)
        self.shape, self.columns = shape, columns
        self.dtype, self.memory = columns.dtype, memory

    def read(self, start: int, stop: int, out: Array | None = None) -> Array:
        """The rows [start, stop)."""
        into = np.empty((stop - start, self.shape[1]), self.dtype) if out is None else out
        view, offset = (
            into.reshape(-1).view(np.uint8).data,
            start * self.shape[1] * self.dtype.itemsize,
        )
        while len(view):
            n_read = os.preadv(self._descriptor, [view], offset)
            if not n_read:
                raise InputError("cache: expected all rows in it, got an end before the last; remove it")
            view, offset = view[n_read:], offset + n_read
        return into

    def decoded(self) -> DecodedRows:
        """These rows."""
        return self


def decode(
    form: str,
    files: Sequence[Path],
    columns: Columns,
    memory: int,
    stamps: Sequence[Stamp],
    cache: Path | None,
) -> tuple[DecodedRows, Array | None]:
    """All rows and labels, decoded into a file; where there is a cache that is still good, they are in it.

    Without a cache the file has no name, lies in the folder for temporary files, and vanishes with the rows.
    """
    if cache is None:
        with tempfile.TemporaryFile(prefix="pminusy-rows-") as file:
            n_rows, labels = _write(form, files, columns, file)
            return DecodedRows(file, (n_rows, len(columns.features)), columns, memory), labels
    manifest = {
        "format": _FORMAT,
        "features": list(columns.features),
        "target": columns.target,
        "dtype": str(columns.dtype),
        "files": [asdict(stamp) for stamp in stamps],
    }
    folder = cache.resolve() / _name(manifest)
    if not _is_of(folder, manifest):
        cache.mkdir(parents=True, exist_ok=True)
        with staging(folder) as staged:
            new = staged / "decoded"
            new.mkdir()
            with open(new / _ROWS, "wb") as out:
                n_rows, labels = _write(form, files, columns, out)
            if labels is not None:
                np.save(new / _LABELS, labels, allow_pickle=False)
            (new / _MANIFEST).write_text(json.dumps(manifest | {"n_rows": n_rows}))
            put_in_place(new, folder)
    found = json.loads((folder / _MANIFEST).read_text())
    labels = np.load(folder / _LABELS, allow_pickle=False) if columns.target else None
    with open(folder / _ROWS, "rb") as rows:
        return DecodedRows(rows, (int(found["n_rows"]), len(columns.features)), columns, memory), labels


def _name(manifest: dict[str, Any]) -> str:
    """The same for the same files and columns, whether or not the files have changed."""
    told = {**manifest, "files": [each["path"] for each in manifest["files"]]}
    return sha256(json.dumps(told).encode()).hexdigest()[:16]


def _is_of(folder: Path, manifest: dict[str, Any]) -> bool:
    """Whether a folder was written for these files as they are, and is whole."""
    try:
        found = json.loads((folder / _MANIFEST).read_text())
        size = (folder / _ROWS).stat().st_size
    except (OSError, ValueError):
        return False
    n_rows = found.pop("n_rows", -1)
    n_bytes = n_rows * len(manifest["features"]) * np.dtype(manifest["dtype"]).itemsize
    return bool(found == manifest and size == n_bytes)


def _write(form: str, files: Sequence[Path], columns: Columns, out: IO[bytes]) -> tuple[int, Array | None]:
    """Write the numbers, and give the number of rows and the labels."""
    n_rows, labels = 0, []
    for path in files:
        features = columns.stored(path, target=False)
        wanted = [*features, *columns.stored(path, target=True)]
        for table in batches(form, path, wanted, features):
            block = np.empty((table.num_rows, len(columns.features)), columns.dtype)
            out.write(columns.numbers(table, path, block).data)
            if columns.target is not None:
                labels.append(columns.labels(table, path, table.num_rows))
            n_rows += table.num_rows
    out.flush()
    return n_rows, np.concatenate(labels) if labels else None
