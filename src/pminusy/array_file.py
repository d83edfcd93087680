"""Named arrays and a JSON text in one safetensors file, which is written whole or not at all.

The text and a SHA-256 of text and arrays stand in the file's metadata; a file that doesn't agree with it is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from pminusy.errors import ModelFileError
from pminusy.files import replacing

Array = NDArray[Any]

_VERSION = 1


def write_arrays(path: Path, kind: str, arrays: Mapping[str, Array], rest: Any) -> None:
    """Write arrays and what JSON can hold; a kill at any moment leaves what was there before, or all of this.

    Raises
    ------
    ModelFileError
        The place can't be written to, or an array is of a dtype that such files don't hold.
    """
    text = json.dumps({"kind": kind, "version": _VERSION, "content": rest}, ensure_ascii=False)
    whole = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    try:
        content = save(whole, {"pminusy": text, "sha256": _digest(text, whole)})
        with replacing(path) as new:
            new.write_bytes(content)  # with the permissions that the user's new files have
    except OSError as error:
        raise ModelFileError(f"{path}: cannot be written: {error.strerror or error}") from error
    except SafetensorError as error:
        raise ModelFileError(f"{path}: cannot be written: {error}") from error


def read_arrays(path: Path, kind: str) -> tuple[dict[str, Array], Any]:
    """Give back what `write_arrays` was given.

    Raises
    ------
    ModelFileError
        There is no such file, it holds something else, is truncated, was altered, or a newer version wrote it.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (it is no mapping)
    except (OSError, SafetensorError) as error:
        raise ModelFileError(f"{path}: not readable as a saved {kind}, or truncated: {error}") from error
    if "pminusy" not in metadata:
        raise ModelFileError(f"{path}: expected a saved {kind}, got another kind of file")
    content = _content(path, kind, metadata["pminusy"])
    if _digest(metadata["pminusy"], arrays) != metadata.get("sha256"):
        raise ModelFileError(f"{path}: changed since it was written (SHA-256 mismatch)")
    return arrays, content


def joined(strings: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Strings one after another in UTF-8, and the number of bytes of each.

    Examples
    --------
    >>> joined(["a", "é"])
    (array([ 97, 195, 169], dtype=uint8), array([1, 2]))
    """
    encoded = [string.encode() for string in strings]
    return np.frombuffer(b"".join(encoded), np.uint8), np.array([len(part) for part in encoded], np.int64)


def parted(content: Array, lengths: Array) -> list[str]:
    """The strings that `joined` was given; a ValueError where the two don't fit together."""
    if content.dtype != np.uint8 or lengths.dtype != np.int64 or lengths.ndim != 1:
        raise ValueError(f"strings: expected bytes and lengths, got {content.dtype} and {lengths.dtype}")
    if lengths.min(initial=0) < 0 or int(lengths.sum()) != content.size:
        raise ValueError(f"strings: expected {content.size} bytes, got {lengths.sum()}")
    whole, stops = content.tobytes(), np.cumsum(lengths).tolist()
    return [whole[start:stop].decode() for start, stop in pairwise([0, *stops])]


def _content(path: Path, kind: str, text: str) -> Any:
    try:
        whole = json.loads(text)
        found, version, content = whole["kind"], int(whole["version"]), whole["content"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelFileError(f"{path}: changed since it was written: {error}") from error
    if found != kind:
        raise ModelFileError(f"{path}: expected a saved {kind}, got a {found}")
    if version > _VERSION:
        raise ModelFileError(
            f"{path}: was written by a newer version, in format {version}; this one reads up to {_VERSION}"
        )
    return content


def _digest(text: str, arrays: Mapping[str, Array]) -> str:
    digest = hashlib.sha256(text.encode())
    for name in sorted(arrays):
        array = arrays[name]
        digest.update(f"\0{name}\0{array.dtype.str}\0{array.shape}\0".encode())
        digest.update(array.data if array.size else b"")
    return digest.hexdigest()
