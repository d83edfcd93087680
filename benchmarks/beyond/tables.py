"""Parquet files of rows to fit to: 100 float32 columns, ten classes, zstd."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

N_FEATURES, N_CLASSES = 100, 10
NAMES = [f"x{j}" for j in range(N_FEATURES)]
_FILE, _GROUP = 250_000, 25_000  # rows


def make(folder: Path, n_rows: int) -> Path:
    """The folder of the files, which are written one after the other where they are missing."""
    tables = folder / f"rows-{n_rows}"
    tables.mkdir(parents=True, exist_ok=True)
    W = np.random.default_rng(0).standard_normal((N_FEATURES, N_CLASSES)) / 10
    for number, start in enumerate(range(0, n_rows, _FILE)):
        path = tables / f"{number:05d}.parquet"
        if path.exists():
            continue
        rng = np.random.default_rng([1, number])
        X = rng.standard_normal((min(_FILE, n_rows - start), N_FEATURES), np.float32)
        y = (X @ W + rng.gumbel(size=(len(X), N_CLASSES))).argmax(axis=1)
        columns = {name: X[:, j] for j, name in enumerate(NAMES)} | {"y": y.astype(np.int8)}
        whole = path.with_suffix(".new")
        parquet.write_table(pa.table(columns), whole, row_group_size=_GROUP, compression="zstd")
        whole.replace(path)
    return tables
