"""Large results in memory that the process has had before.

The kernel of the operating system hands out fresh memory page by page, each cleared first; for a large gradient that
takes as long as computing it. So the memory of the last large result that was dropped is kept, marked as free for the
system to take back whenever it needs some (MADV_FREE), and the next result of about its size is written there.
"""

from __future__ import annotations

import mmap
import weakref
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

# NumPy asks for huge pages from here on; below, the C library recycles memory itself.
_LARGE = 1 << 22
_SUPPORTED = hasattr(mmap, "MADV_FREE") and hasattr(mmap, "MADV_HUGEPAGE")
_retired: list[mmap.mmap] = []


def empty_like(array: NDArray[Any]) -> NDArray[Any]:
    """An uninitialised C-contiguous array like this one."""
    if not _SUPPORTED or array.nbytes < _LARGE:
        return np.empty(array.shape, array.dtype)
    block = _block(array.nbytes)
    # Views of views refer to this array, which therefore lives until the last of them is gone.
    root: NDArray[Any] = np.frombuffer(block, array.dtype, array.size)
    weakref.finalize(root, _retire, block).atexit = False
    return root.reshape(array.shape)


def _block(n_bytes: int) -> mmap.mmap:
    try:
        block = _retired.pop()
    except IndexError:
        block = None
    if block is not None and n_bytes <= len(block) <= 1.25 * n_bytes:
        return block
    block = mmap.mmap(-1, n_bytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    with suppress(OSError):  # a kernel without huge pages
        block.madvise(mmap.MADV_HUGEPAGE)
    return block


def _retire(block: mmap.mmap) -> None:
    with suppress(OSError):  # a kernel that can't take it back later gets it back now
        block.madvise(mmap.MADV_FREE)
        _retired[:] = [block]
