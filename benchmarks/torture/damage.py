"""Files that are cut short, or have a bit flipped, anywhere: refused by their names, or read to the same bits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.torture.bench import DATA, Bench, Row, refused

_EDGE = 24  # bytes at either end, all of which may be tried


@dataclass(frozen=True)
class Kept:
    """A file that is read back.

    Attributes
    ----------
    folder : str
        What of `Bench.prepare` it is in, or its own name.
    file : str
    code : str
        Reads it and prints what comes of it.
    """

    folder: str
    file: str
    code: str


def _predict(name: str) -> str:
    return f"from benchmarks.torture.whole import main; main(['predict', {name!r}, {DATA!r}, '--proba'])"


_KEPT = (
    *(Kept("new", file, _predict("new")) for file in ("model.safetensors", "metrics.json")),
    Kept("new", "report.json", "from benchmarks.torture.whole import main; main(['report', 'new'])"),
    *(Kept("net", file, _predict("net")) for file in ("model.safetensors", "network.safetensors")),
    Kept("net.safetensors", "", "from benchmarks.torture.whole import load; load('net.safetensors')"),
)


def damage(bench: Bench) -> Iterator[Row]:
    """Every kind of file that is kept, damaged at every region of bytes."""
    for kept in _KEPT:
        folder = bench.fresh("damaged", kept.folder)
        path = folder / kept.folder / kept.file
        whole, expected = path.read_bytes(), bench.commands.execute(kept.code, folder)
        if expected.code:
            raise RuntimeError(expected.err)
        for kind in ("cut short", "a bit flipped"):
            violations = [
                f"at byte {place}: {wrong}"
                for place in _places(bench, len(whole))
                if (wrong := _wrong(bench, kept, path, _damaged(whole, kind, place, bench), expected.out))
            ]
            name = f"{kept.folder}/{kept.file}".rstrip("/")
            yield Row("damage", f"{name}, {kind}", len(list(_places(bench, len(whole)))), tuple(violations))
        path.write_bytes(whole)


def _places(bench: Bench, size: int) -> list[int]:
    """Bytes of all regions: the edges, and as many evenly spread between them."""
    n_points = min(bench.n_points, size)
    edge = min(_EDGE, n_points // 4)
    spread = range(0, size, max(1, size // n_points))
    return sorted({*range(edge), *range(size - edge, size), *spread})


def _damaged(whole: bytes, kind: str, place: int, bench: Bench) -> bytes:
    if kind == "cut short":
        return whole[:place]
    return whole[:place] + bytes([whole[place] ^ (1 << bench.draw.randrange(8))]) + whole[place + 1 :]


def _wrong(bench: Bench, kept: Kept, path: Path, content: bytes, expected: str) -> str:
    path.write_bytes(content)
    ended = bench.commands.execute(kept.code, path.parents[1] if kept.file else path.parent)
    if ended.code == 0:
        return "" if ended.out == expected else "read, and other than before"
    return refused(ended, kept.file or kept.folder)
