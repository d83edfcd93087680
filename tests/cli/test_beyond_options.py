from pathlib import Path

import pytest

from pminusy.cli.beyond_options import beyond_options
from pminusy.errors import InputError
from pminusy.runs.options import BeyondMemory


def test_the_options_are_taken_and_others_left():
    given = {"stream": True, "memory": "2 GB", "cache": Path("c"), "dask": "local", "C": 1}
    assert beyond_options(given) == BeyondMemory(stream=True, memory="2 GB", cache=Path("c"), dask="local")
    assert given == {"C": 1}
    assert beyond_options({}) == BeyondMemory()


def test_an_amount_that_is_none_is_refused():
    with pytest.raises(InputError, match='memory: expected a size such as "1 GB" or a number of bytes, got'):
        beyond_options({"memory": "much"})
