"""The files that machine code is made of."""

from __future__ import annotations

from pathlib import Path

# The rooms whose functions and constants end up in machine code. A kernel uses its own room and those before it.
ROOMS = ("kernels", "losses", "nn")
PACKAGE = Path(__file__).parents[2]


def sources_of(path: Path) -> list[Path]:
    """A function's own file, and every file whose functions and constants may be inlined into it."""
    own_room = path.relative_to(PACKAGE).parts[0] if path.is_relative_to(PACKAGE) else None
    last = ROOMS.index(own_room) if own_room in ROOMS else -1
    return sorted({path, *all_sources(ROOMS[: last + 1] or ROOMS)})


def all_sources(rooms: tuple[str, ...] = ROOMS) -> list[Path]:
    """Every file of these rooms."""
    return sorted(source for room in rooms for source in (PACKAGE / room).rglob("*.py"))
