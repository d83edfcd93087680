"""Hashes that are the same in every process, so that the same page gets the same reasons."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from typing import Any

_NOTHING = 0x9E3779B97F4A7C15


def digest(value: Any) -> int:
    """A hash of numbers, text, and tuples and sets of these; unlike `hash`, it does not depend on the process."""
    if isinstance(value, int):
        return hash(value)
    if isinstance(value, tuple):
        return hash(tuple(map(digest, value)))
    if isinstance(value, str):
        return _of_text(value)
    if value is None:
        return _NOTHING
    if isinstance(value, frozenset):
        return hash(frozenset(map(digest, value)))
    return hash(value)


@cache
def _of_text(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest(), "big")
