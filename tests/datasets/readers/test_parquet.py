import polars as pl
import pytest

from pminusy.datasets.readers.parquet import read_parquet
from pminusy.errors import DataError


def test_types_stay_and_missing_values_are_marked(tmp_path):
    path = tmp_path / "table.parquet"
    frame = pl.DataFrame({"a": [1.5, float("nan")], "b": ["NA", " x"], "zip": ["02134", "10001"]})
    frame.with_columns(pl.col("a").cast(pl.Float32)).write_parquet(path)
    read = read_parquet(path)
    assert read.to_dict(as_series=False) == {"a": [1.5, None], "b": [None, "x"], "zip": ["02134", "10001"]}
    assert read["a"].dtype == pl.Float32


def test_another_file_is_refused(tmp_path):
    path = tmp_path / "table.parquet"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(DataError, match="not readable as Parquet"):
        read_parquet(path)
