"""Amounts of memory as people write them."""

from __future__ import annotations

import re

from pminusy.errors import InputError

_UNITS = {
    "": 1,
    "B": 1,
    "KB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "TB": 10**12,
    "KIB": 2**10,
    "MIB": 2**20,
    "GIB": 2**30,
}


def read_size(name: str, size: str | int) -> int:
    """Bytes of "500 MB", "1.5 GiB" or a number of bytes.

    Raises
    ------
    InputError
        Anything else, or less than a byte.

    Examples
    --------
    >>> read_size("memory", "1.5 GB")
    1500000000
    """
    found = re.fullmatch(r"\s*([\d.]+)\s*([A-Za-z]*)\s*", str(size))
    unit = _UNITS.get(found[2].upper()) if found else None
    try:
        n_bytes = int(float(found[1]) * unit) if found and unit else 0
    except ValueError:
        n_bytes = 0
    if n_bytes < 1:
        raise InputError(f'{name}: expected a size such as "1 GB" or a number of bytes, got {size!r}')
    return n_bytes
