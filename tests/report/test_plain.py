import json
import math
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.errors import ModelDirectoryError
from pminusy.report.plain import from_plain, to_plain


@dataclass(frozen=True)
class Inner:
    name: str
    value: float | None


@dataclass(frozen=True)
class Outer:
    flag: bool
    n: int
    size: float
    grid: tuple[tuple[int, ...], ...]
    parts: tuple[Inner, ...]
    extra: Inner | None


_FLOATS = st.floats(allow_nan=False, allow_infinity=False)
_INNER = st.builds(Inner, name=st.text(), value=st.none() | _FLOATS)
_OUTER = st.builds(
    Outer,
    flag=st.booleans(),
    n=st.integers(),
    size=_FLOATS | st.just(math.inf),
    grid=st.lists(st.lists(st.integers(), max_size=2).map(tuple), max_size=2).map(tuple),
    parts=st.lists(_INNER, max_size=2).map(tuple),
    extra=st.none() | _INNER,
)
_PLAIN = to_plain(Outer(True, 1, 2.0, ((1,),), (Inner("a", 0.5),), None))


@given(_OUTER)
def test_what_goes_to_json_comes_back_equal(value):
    text = json.dumps(to_plain(value), allow_nan=False)
    assert from_plain(Outer, json.loads(text), "outer") == value


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n": "1"}, "outer.n: expected an integer, got '1'"),
        ({"n": 1.5}, "outer.n: expected an integer, got 1.5"),
        ({"n": True}, "outer.n: expected an integer, got True"),
        ({"n": None}, "outer.n: expected an integer, got None"),
        ({"flag": 1}, "outer.flag: expected true or false, got 1"),
        ({"size": "big"}, "outer.size: expected a number, got 'big'"),
        ({"grid": [3]}, r"outer.grid\[0\]: expected a list, got 3"),
        ({"parts": [[]]}, r"outer.parts\[0\]: expected an object, got \[\]"),
        ({"parts": [{"name": 2, "value": 1}]}, r"outer.parts\[0\].name: expected a string, got 2"),
        ({"parts": [{"name": "a"}]}, r"outer.parts\[0\]: expected the key 'value'"),
        ({"more": 1}, "outer: expected the keys flag, .*, got 'more' as well"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(change, message):
    with pytest.raises(ModelDirectoryError, match=message):
        from_plain(Outer, _PLAIN | change, "outer")


def test_whole_numbers_are_floats_where_floats_are_due():
    value = from_plain(Outer, _PLAIN | {"size": 3}, "outer").size
    assert value == 3.0
    assert isinstance(value, float)
