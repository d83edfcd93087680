import os
from pathlib import Path

import polars as pl
import pytest

from pminusy.datasets.readers.panics import panics_as_errors
from pminusy.errors import DataError


def panic() -> None:
    with panics_as_errors(Path("a.parquet"), "Parquet"):
        os.write(2, b"thread '<unnamed>' panicked\n")
        raise pl.exceptions.PanicException("no such range")


def test_a_panic_is_an_error_in_a_line_and_prints_nothing(capfd):
    with pytest.raises(DataError, match=r"a\.parquet: not readable as Parquet"):
        panic()
    assert capfd.readouterr().err == ""


def test_what_is_written_without_a_panic_is_kept(capfd):
    with panics_as_errors(Path("a.parquet"), "Parquet"):
        os.write(2, b"a warning\n")
    assert capfd.readouterr().err == "a warning\n"


def test_other_errors_pass():
    with pytest.raises(ZeroDivisionError), panics_as_errors(Path("a"), "Parquet"):
        raise ZeroDivisionError
