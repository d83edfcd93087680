import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as numpy_strategies

from pminusy import InputError
from pminusy.nn import SGD, AdamW, Chain, Conv2d, Cosine, Dense, Ending, LeakyReLU, Residual, TrainingResult
from pminusy.nn.encoding import decode, encode

plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
values = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text() | st.integers(), inner)
    ),
    max_leaves=10,
)
dtypes = st.sampled_from(["i1", "u8", "f2", "f4", "f8", "?", "U5", "S3"])
arrays = dtypes.flatmap(
    lambda dtype: numpy_strategies.arrays(dtype, numpy_strategies.array_shapes(min_side=0))
)


def there_and_back(value):
    return decode(json.loads(json.dumps(encode(value, "value"))))


@given(values)
def test_values_come_back_as_they_were(value):
    assert repr(there_and_back(value)) == repr(value)


@given(arrays)
def test_arrays_keep_their_dtype_and_shape(array):
    same = there_and_back(array)
    assert same.dtype == array.dtype
    np.testing.assert_array_equal(same, array)


@pytest.mark.parametrize("number", [np.float32(0.1), np.int8(-3), np.bool_(True), np.uint64(2**64 - 1)])
def test_numbers_keep_their_dtype(number):
    same = there_and_back(number)
    assert (type(same), same) == (type(number), number)


@pytest.mark.parametrize(
    "thing",
    [
        Chain([Conv2d(3, (3, 2), padding="same"), Residual(LeakyReLU(0.2)), Dense(4, init="glorot_normal")]),
        SGD(0.3, momentum=0.5, nesterov=True),
        AdamW(weight_decay=0.2),
        Cosine(warmup=0.3),
        TrainingResult(Ending.NOT_FINITE, 3, 2, 4, 5, "layer"),
    ],
)
def test_objects_come_back_with_their_options(thing):
    same = there_and_back(thing)
    assert type(same) is type(thing)
    assert repr(same) == repr(thing)


def test_a_random_state_goes_on_where_it_was():
    state = np.random.RandomState(3)
    state.normal()
    same = there_and_back(state)
    assert [same.normal(), same.randint(99)] == [state.normal(), state.randint(99)]


@pytest.mark.parametrize(
    "thing", [object(), lambda: 0, {1, 2}, np.random.default_rng(0), 1j, [Dense(3), object()]]
)
def test_what_cannot_be_saved_is_named(thing):
    with pytest.raises(
        InputError, match=r"callbacks: expected a value that can be saved, got .*pminusy\.nn\.register"
    ):
        encode(thing, "callbacks")


@pytest.mark.parametrize(
    "code", [{}, {"class": "Dense"}, {"eval": "1 + 1"}, {"tuple": 3}, {"number": 1, "dtype": "no"}]
)
def test_what_was_never_encoded_is_refused(code):
    with pytest.raises((ValueError, TypeError, KeyError)):
        decode(code)


def test_classes_are_looked_up_by_name_alone():
    with pytest.raises(InputError, match=r"os\.system: unknown class"):
        decode({"class": "os.system", "options": {"command": "true"}})
    with pytest.raises(InputError, match="int: unknown class"):
        decode({"class": "int", "options": {}})
