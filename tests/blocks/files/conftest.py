import numpy as np
import pytest


@pytest.fixture
def table():
    """2,003 rows of five float32 columns and a target of three labels."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((2003, 5)).astype(np.float32)
    y = np.array(["ant", "bee", "cat"])[(X[:, :3] + rng.gumbel(size=(2003, 3))).argmax(axis=1)]
    return X, y


@pytest.fixture
def write(tmp_path):
    """Write rows as a file of a format; its columns are x0, x1, … and y."""
    pa = pytest.importorskip("pyarrow")
    from pyarrow import csv, feather, parquet

    def write(name, X, y=None, row_group_size=300):
        columns = {f"x{j}": column for j, column in enumerate(X.T)}
        columns |= {} if y is None else {"y": y}
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".parquet":
            parquet.write_table(pa.table(columns), path, row_group_size=row_group_size, compression="zstd")
        elif path.suffix == ".arrow":
            feather.write_feather(
                pa.table(columns), path, compression="uncompressed", chunksize=row_group_size
            )
        else:
            csv.write_csv(pa.table(columns), path)
        return path

    return write
