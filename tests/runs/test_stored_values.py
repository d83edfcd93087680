import json
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.runs.stored_values import decode, encode


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Part:
    name: str
    colour: Colour
    items: tuple


KINDS = {"Colour": Colour, "Part": Part}
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.tuples(inner, inner) | st.dictionaries(st.text() | st.integers(), inner, max_size=3),
    max_leaves=8,
)


def there_and_back(value):
    arrays = {}
    code = json.loads(json.dumps(encode(value, "value", arrays)))
    return decode(code, arrays, KINDS)


@given(PLAIN)
def test_plain_values_come_back(value):
    assert there_and_back(value) == value


def test_objects_come_back_and_lists_as_tuples():
    part = Part("a", Colour.RED, (Part("b", Colour.RED, ()), 1.5))
    assert there_and_back({"parts": [part]}) == {"parts": (part,)}
    assert type(there_and_back(np.float64(0.5))) is float


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6, dtype=np.float32).reshape(2, 3),
        np.array([True, False]),
        np.array([], np.int64),
        np.array(["ä", "", "longer"]),
        np.array(["ä", "", "longer"], object),
        np.array([], object),
    ],
)
def test_arrays_come_back_with_their_dtype(array):
    found = there_and_back({"x": array, "y": (array,)})
    for each in (found["x"], found["y"][0]):
        np.testing.assert_array_equal(each, array)
        assert each.dtype == array.dtype


@pytest.mark.parametrize("value", [{1, 2}, object(), np.array([1, "a"], object), b"bytes"])
def test_what_cannot_be_saved_is_named(value):
    with pytest.raises(TypeError, match=r"model\.0: expected a value that can be saved"):
        encode([value], "model", {})


@pytest.mark.parametrize(
    "code",
    [
        {"class": "Popen", "fields": {}},
        {"class": "Part", "fields": {"name": "a"}},
        {"class": "Part", "fields": {"name": "a", "colour": 1, "items": [], "more": 1}},
        {"class": "Colour", "value": "blue"},
        {"class": ["Part"], "fields": {}},
        {"array": "none"},
        {"array": []},
        {"strings": "x", "dtype": "V8"},
        {"strings": "x", "dtype": "str"},
        {"mapping": [[1, 2, 3]]},
        {"mapping": [[{}, 2]]},
        {"unknown": 1},
        {},
    ],
)
def test_what_was_not_encoded_is_refused(code):
    with pytest.raises((KeyError, TypeError, ValueError)):
        decode(code, {"x.bytes": np.ones(2), "x.lengths": np.array([2])}, KINDS)
