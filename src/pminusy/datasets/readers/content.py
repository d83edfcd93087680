"""What a file holds, found out from its first bytes, with any packing taken off."""

import bz2
import gzip
import io
import lzma
import re
import struct
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import prod
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import zstandard

from pminusy.datasets.readers.limits import machine_memory
from pminusy.errors import DataError

_HEAD = 1 << 16
_IDX, _IDX_MOST = b"\x00\x00\x08", 4  # bytes in so many dimensions at most
_IDX_HEADER = 4 + 4 * _IDX_MOST
_ZSTD_STEP = 1 << 14  # bytes, which unpack to half a gigabyte at most


def _stream(opened: Callable[[io.BytesIO], Any]) -> Callable[[bytes, int], bytes]:
    def unpack(data: bytes, limit: int) -> bytes:
        with opened(io.BytesIO(data)) as file:
            head: bytes = file.read(min(limit, _IDX_HEADER))
            rest: bytes = file.read(min(limit, _announced(head)) - len(head))
            return head + rest

    return unpack


def _announced(head: bytes) -> int:
    """One byte more than IDX images say that they have, so that a bomb among them is not unpacked."""
    n_sizes = head[3] if head.startswith(_IDX) and len(head) >= _IDX_HEADER else _IDX_MOST + 1
    if n_sizes > _IDX_MOST:
        return sys.maxsize
    sizes = struct.unpack_from(f">{n_sizes}I", head, 4)
    return max(_IDX_HEADER, 4 + 4 * n_sizes + prod(sizes) + 1)


def _unpack_zstd(data: bytes, limit: int) -> bytes:
    """A stream reader would pass over a frame that is cut short."""
    unpacked, rest, size = [], data, 0
    while rest and size < limit:
        frame = zstandard.ZstdDecompressor().decompressobj()
        for start in range(0, len(rest), _ZSTD_STEP):
            unpacked.append(frame.decompress(rest[start : start + _ZSTD_STEP]))
            size += len(unpacked[-1])
            if frame.eof or size >= limit:
                rest = frame.unused_data + rest[start + _ZSTD_STEP :]
                break
        else:
            raise EOFError
    return b"".join(unpacked)


_PACKINGS = (
    (b"\x1f\x8b", "gzip", _stream(gzip.open)),
    (b"BZh", "bzip2", _stream(bz2.open)),
    (b"\xfd7zXZ\x00", "xz", _stream(lzma.open)),
    (b"\x28\xb5\x2f\xfd", "zstd", _unpack_zstd),
)
_UNREADABLE = (
    *(OSError, EOFError, ValueError, RuntimeError),
    *(zlib.error, lzma.LZMAError, zstandard.ZstdError, BadZipFile),
)
_KNOWN = (
    (b"PAR1", "parquet"),
    (b"ARROW1", "arrow"),
    (b"\xff\xff\xff\xff", "arrow stream"),
    (b"\x93NUMPY", "npy"),
    (_IDX, "idx"),
)
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an Excel workbook of the old kind (.xls); save it as .xlsx"),
    (b"FEA1", "a Feather file of version 1; write it as version 2"),
    (b"\x89HDF", "an HDF5 file"),
    (b"SQLite format 3", "an SQLite database; export the table as CSV"),
    (b"ORC", "an ORC file"),
    (b"Obj\x01", "an Avro file"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"MATLAB 5.0", "a MATLAB file"),
    (b"RDX", "an R workspace; export the table as CSV"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\x80\x02", "a Python pickle, which could run code when it is read"),
    (b"\x80\x03", "a Python pickle, which could run code when it is read"),
    (b"\x80\x04", "a Python pickle, which could run code when it is read"),
    (b"\x80\x05", "a Python pickle, which could run code when it is read"),
)
_TAR_AT = 257
_MARKUP = ((b"<!doctype html", "an HTML page"), (b"<html", "an HTML page"), (b"<?xml", "an XML document"))
_SVMLIGHT = re.compile(rb"\s*[^\s,;|]+([ \t]+qid:\d+)?([ \t]+\d+:[^\s,;|]+)*[ \t]*(#.*)?")
_SVMLIGHT_NAMES = (".svm", ".svmlight", ".libsvm")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, eq=False)
class Content:
    """A file with its packing taken off.

    Attributes
    ----------
    path : Path
    kind : str
        parquet, arrow, arrow stream, excel, npz, npy, idx, svmlight, json or delimited.
    unpacked : bytes or None
        What was packed; None where the file is as it is.
    packing : tuple of str
        What it was packed by, outermost first.
    """

    path: Path
    kind: str
    unpacked: bytes | None = None
    packing: tuple[str, ...] = ()

    @cached_property
    def data(self) -> bytes:
        """All of it."""
        return self.path.read_bytes() if self.unpacked is None else self.unpacked

    @property
    def file(self) -> Path | io.BytesIO:
        """What a library can read it from."""
        return self.path if self.unpacked is None else io.BytesIO(self.unpacked)


def open_content(path: Path) -> Content:
    """Say what a file is, whatever its name; gzip, bzip2, xz, zstd, and a zip archive of one file, are unpacked.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Content

    Raises
    ------
    DataError
        The file is empty, damaged, or of a kind that holds no table that can be read; says of which.

    Examples
    --------
    >>> open_content(Path("penguins.csv.gz")).packing   # doctest: +SKIP
    ('gzip',)
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    unpacked: bytes | None = None
    packing: tuple[str, ...] = ()
    while layer := _packing_of(head, path, unpacked):
        packing = (*packing, layer)
        unpacked = _unpack(layer, path.read_bytes() if unpacked is None else unpacked, path)
        head = unpacked[:_HEAD]
    if not head:
        raise DataError(f"{path}: the file is empty")
    return Content(path, _kind_of(head, path, unpacked), unpacked, packing)


def peek(path: Path) -> tuple[str, str | None]:
    """What a file is by its first bytes, and what it is packed by, in which case its kind stays open: "".

    Raises
    ------
    DataError
        As `open_content`.

    Examples
    --------
    >>> peek(Path("penguins.csv.gz"))   # doctest: +SKIP
    ('', 'gzip')
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise DataError(f"{path}: the file is empty")
    packing = _packing_of(head, path, None)
    return ("" if packing else _kind_of(head, path, None)), packing


def _packing_of(head: bytes, path: Path, unpacked: bytes | None) -> str | None:
    for magic, name, _ in _PACKINGS:
        if head.startswith(magic):
            return name
    return "zip" if head.startswith(b"PK\x03\x04") and _zip_kind(path, unpacked) == "zip" else None


def _unpack(packing: str, data: bytes, path: Path) -> bytes:
    """What is packed, but never more than half of the machine's memory: a few bytes can unpack to any size."""
    limit = machine_memory() // 2
    try:
        if packing == "zip":
            unpacked = _only_member(data, path, limit)
        else:
            unpacked = next(unpack for _, name, unpack in _PACKINGS if name == packing)(data, limit)
    except DataError:
        raise
    except _UNREADABLE as error:
        raise DataError(f"{path}: a {packing} file that is damaged or cut short") from error
    if len(unpacked) >= limit:
        raise DataError(f"{path}: a {packing} file that unpacks to more than {limit / 2**30:,.1f} GiB")
    return unpacked


def _zip_kind(path: Path, unpacked: bytes | None) -> str:
    try:
        with ZipFile(path if unpacked is None else io.BytesIO(unpacked)) as archive:
            names = archive.namelist()
    except _UNREADABLE as error:
        raise DataError(f"{path}: a zip archive that is damaged or cut short") from error
    if any(name.startswith("xl/") for name in names):
        return "excel"
    if names and all(name.endswith(".npy") for name in names):
        return "npz"
    if "content.xml" in names and "mimetype" in names:
        raise DataError(f"{path}: an OpenDocument file; save it as .xlsx or .csv")
    return "zip"


def _only_member(data: bytes, path: Path, limit: int) -> bytes:
    with ZipFile(io.BytesIO(data)) as archive:
        # Folders, and what macOS adds, are no data.
        members = [
            name for name in archive.namelist() if not name.endswith("/") and not name.startswith("__MACOSX")
        ]
        if len(members) != 1:
            held = ", ".join(members[:5]) + (", …" if len(members) > 5 else "")
            raise DataError(f"{path}: a zip archive; expected one file in it, got {held or 'none'}")
        with archive.open(members[0]) as member:
            return member.read(limit)


def _kind_of(head: bytes, path: Path, unpacked: bytes | None) -> str:
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(path, unpacked)
    for magic, kind in _KNOWN:
        if head.startswith(magic):
            return kind
    if head[_TAR_AT:].startswith(b"ustar"):
        raise DataError(f"{path}: this is a tar archive; unpack it first")
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise DataError(f"{path}: this is {what}")
    return _text_kind(head, path)


def _text_kind(head: bytes, path: Path) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for tag, what in _MARKUP:
        if start[:20].lower().startswith(tag):
            raise DataError(f"{path}: this is {what}, not a table")
    names = [suffix.lower() for suffix in path.suffixes]
    if b"\x00" in head and not _is_wide(head):
        raise DataError(f"{path}: this is binary data of an unknown format")
    if any(name in _SVMLIGHT_NAMES for name in names) or _is_svmlight(start):
        return "svmlight"
    is_json = any(name in (".json", ".jsonl", ".ndjson") for name in names) or start[:1] == b"{"
    return "json" if is_json or re.match(rb"\[\s*[\[{]", start) else "delimited"


def _is_wide(head: bytes) -> bool:
    """Whether it could be UTF-16: marked, or every other byte 0 in what starts with ASCII."""
    if head.startswith(_BYTE_ORDER_MARKS):
        return True
    return any(
        b"\x00" not in head[place:64:2] and not head[1 - place : 64 : 2].strip(b"\x00") for place in (0, 1)
    )


def _is_svmlight(start: bytes) -> bool:
    lines = [line for line in start.splitlines()[:20] if line.strip() and not line.startswith(b"#")]
    if len(start) == _HEAD and len(lines) > 1:
        lines.pop()
    return any(re.search(rb"\s\d+:", line) for line in lines) and all(map(_SVMLIGHT.fullmatch, lines))
