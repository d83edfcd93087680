from pathlib import Path

import polars as pl
import pytest

from pminusy.datasets import find_sources
from pminusy.runs import needed_memory
from pminusy.runs.needed_memory import why_in_pieces
from pminusy.runs.options import STREAM, BeyondMemory

pytest.importorskip("pyarrow")


@pytest.fixture
def sources(tmp_path):
    pl.DataFrame({"x": range(5000)}).write_parquet(tmp_path / "rows.parquet")
    return find_sources([str(tmp_path / "rows.parquet")])


def test_what_would_take_too_much_is_read_in_pieces(sources, monkeypatch):
    assert why_in_pieces(sources, BeyondMemory()) is None
    assert why_in_pieces(sources, BeyondMemory(memory="1 MB")) is None
    why = why_in_pieces(sources, BeyondMemory(memory="100 KB"))
    assert why == "at once they would take about 320 KB, more than the 100 KB of --memory"
    monkeypatch.setattr(needed_memory, "default_memory", lambda: 200_000)
    why = why_in_pieces(sources, BeyondMemory())
    assert why == "at once they would take about 320 KB, more than half of this machine's memory, 200 KB"


@pytest.mark.parametrize(
    ("beyond", "why"),
    [
        (BeyondMemory(stream=True), STREAM),
        (BeyondMemory(dask="local"), "--dask"),
        (BeyondMemory(cache=Path("c")), "--cache"),
    ],
)
def test_options_ask_for_it(sources, beyond, why):
    assert why_in_pieces(sources, beyond) == why


def test_what_cannot_be_read_in_pieces_is_not_unless_asked_for():
    assert why_in_pieces(find_sources(["digits"]), BeyondMemory(memory="1 B")) is None
