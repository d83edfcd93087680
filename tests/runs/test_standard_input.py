import io
import os
import sys
from types import SimpleNamespace

import pytest

from pminusy.errors import DataError, InputError
from pminusy.runs.standard_input import with_standard_input


@pytest.fixture
def stdin(monkeypatch):
    def say(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))

    return say


def test_what_comes_in_is_a_file_for_as_long_as_it_is_needed(stdin):
    stdin(b"x\n1\n")
    with with_standard_input(["a.csv", "-"]) as files:
        assert files[0] == "a.csv"
        with open(files[1], "rb") as file:
            assert file.read() == b"x\n1\n"
    assert not os.path.exists(files[1])


def test_without_it_nothing_is_read(stdin):
    with with_standard_input(["a.csv"]) as files:
        assert files == ["a.csv"]


def test_errors_name_standard_input(stdin):
    stdin(b"")
    with (
        pytest.raises(DataError, match=r"^standard input: the file is empty$"),
        with_standard_input(["-"]) as files,
    ):
        raise DataError(f"{files[0]}: the file is empty")
    stdin(b"")
    with pytest.raises(InputError, match=r"^memory: too little$"), with_standard_input(["-"]):
        raise InputError("memory: too little")
    with (
        pytest.raises(InputError, match="data: expected - for standard input once"),
        with_standard_input(["-", "-"]),
    ):
        pass
