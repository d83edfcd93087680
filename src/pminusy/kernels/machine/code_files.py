"""Machine code on disk: one file for each function, signature and processor, whole or not there at all.

Numba's own cache keeps an index beside the code and trusts both. Two processes that compile at once can then exchange
their code, a kill between the two writes pairs an index with old code, and a damaged byte is executed. Here a file
holds a SHA-256 of what its code was compiled from and of the code itself; whatever doesn't agree is compiled anew.
"""

from __future__ import annotations

import hashlib
import pickle
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from pminusy.kernels.machine.compiler import caching, serialize
from pminusy.staging import clear_all_abandoned, staging

_DIGEST_BYTES = 32


class CodeFiles:
    """The files of one function, by the key of a signature: what Numba calls a cache file."""

    def __init__(self, folder: str, name: str, stamp: str) -> None:
        self._folder, self._name, self._stamp = Path(folder), name, stamp

    def load(self, key: Any) -> Any:
        """What was saved under this key, or None."""
        try:
            path = self._path(key).resolve()
            _clear_once(path.parent)
            content = path.read_bytes()
            digest, code = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
            if digest != self._digest(key, code):
                return None
            data = pickle.loads(code)
            caching._cache_log("[cache] data loaded from %r", str(path))
            return data
        except Exception:  # pickle raises whatever the classes it meets do
            return None

    def save(self, key: Any, data: Any) -> None:
        """Replace what was saved under this key; nothing is saved where nothing can be written."""
        code = serialize.dumps(data)
        path = self._path(key).resolve()
        with suppress(OSError), staging(path) as folder:
            new = folder / path.name
            new.write_bytes(self._digest(key, code) + code)
            new.replace(path)
            caching._cache_log("[cache] data saved to %r", str(path))

    def flush(self) -> None:
        """Remove all files of the function."""
        for path in self._folder.glob(f"{self._name}.*.nbc"):
            path.unlink(missing_ok=True)

    def _path(self, key: Any) -> Path:
        signature, processor, _ = key
        short = hashlib.sha256(repr((signature, processor)).encode()).hexdigest()[:16]
        return self._folder / f"{self._name}.{short}.nbc"

    def _digest(self, key: Any, code: bytes) -> bytes:
        return hashlib.sha256(repr((self._stamp, key)).encode() + code).digest()


@cache
def _clear_once(folder: Path) -> None:
    """Remove what killed processes left in a folder of code: listing it at every load would cost as much as loading."""
    clear_all_abandoned(folder)
