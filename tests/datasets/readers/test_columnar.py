from datetime import datetime

import polars as pl
import pytest

from pminusy.datasets.formats import read
from pminusy.errors import DataError

FRAME = pl.DataFrame(
    {"a": [1.5, float("inf")], "b": ["NA", " x"], "when": [datetime(2021, 5, 1), None], "n": [2**64 - 1, 3]},
    schema_overrides={"n": pl.UInt64, "a": pl.Float32},
)
WRITERS = {
    "table.parquet": pl.DataFrame.write_parquet,
    "table.arrow": pl.DataFrame.write_ipc,
    "table.feather": pl.DataFrame.write_ipc,
    "stream.arrow": pl.DataFrame.write_ipc_stream,
}


@pytest.mark.parametrize("name", WRITERS)
def test_types_and_values_stay(tmp_path, name):
    WRITERS[name](FRAME, tmp_path / name)
    table = read(str(tmp_path / name))
    assert table.frame.equals(FRAME)
    assert table.frame.schema == FRAME.schema
    assert table.notes == ()


@pytest.mark.parametrize("name", WRITERS)
def test_a_damaged_file_is_refused_without_words_of_the_library(tmp_path, name):
    WRITERS[name](FRAME, tmp_path / name)
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(
        DataError, match=r"not readable as (Parquet|Arrow): the file is damaged or cut short$"
    ):
        read(str(tmp_path / name))
