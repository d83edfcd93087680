"""Small tables in files, as Parquet, Arrow and CSV."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest

pytest.importorskip("pyarrow")

from pminusy.datasets.pieces.found import Sources, find_sources
from pminusy.datasets.pieces.raw import FilesInPieces
from pminusy.datasets.reading import Reading

PLAIN = Reading()


def _rows(n_rows: int) -> pl.DataFrame:
    rng = np.random.default_rng(0)
    size = rng.standard_normal(n_rows).round(3)
    return pl.DataFrame(
        {
            "size": [None if i % 11 == 5 else x for i, x in enumerate(size.tolist())],
            "count": rng.integers(0, 90, n_rows),
            "colour": rng.choice(["red", "green", "blue"], n_rows).tolist(),
            "y": np.where(size + 0.5 * rng.standard_normal(n_rows) > 0, "yes", "no").tolist(),
        }
    )


@pytest.fixture(scope="session")
def rows() -> pl.DataFrame:
    """1,000 rows of numbers, some missing, a category and a target of two classes."""
    return _rows(1000)


@pytest.fixture
def write(tmp_path) -> Callable[..., str]:
    """Write a frame, and give the file's path."""

    def write(frame: pl.DataFrame, name: str) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".parquet":
            frame.write_parquet(path, row_group_size=70)
        elif path.suffix == ".arrow":
            frame.write_ipc(path, compat_level=pl.CompatLevel.oldest())
        else:
            frame.write_csv(path)
        return str(path)

    return write


@pytest.fixture
def parted(rows, write) -> Callable[..., Sources]:
    """The rows in several files of a format, cut where asked for."""

    def part(ending: str, *cuts: int) -> Sources:
        borders = [0, *cuts, rows.height]
        folder = f"{ending}-{len(cuts)}"
        for number, (start, stop) in enumerate(pairwise(borders)):
            path = write(rows[start:stop], f"{folder}/{number}.{ending}")
        return find_sources([str(Path(path).parent)])

    return part


@pytest.fixture
def opened() -> Callable[..., FilesInPieces]:
    """Files to read in pieces."""

    def opened(*given: str, reading: Reading = PLAIN, needed=None) -> FilesInPieces:
        return FilesInPieces(find_sources(given), reading, needed)

    return opened
