import json

import numpy as np
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder

from pminusy.runs.packing import pack, unpack

NAMES = [f"column {i}" for i in range(150)]


@pytest.mark.parametrize(
    "value",
    [
        NAMES,
        list(range(300)),
        [*NAMES, 7],
        {name: place for place, name in enumerate(NAMES)},
        ("few", ["of", "them"]),
        {"a": {"b": [NAMES, (NAMES, 1.5)]}},
        [*NAMES, None],
        [True] * 200,
    ],
)
def test_what_is_packed_comes_back_the_same(value):
    assert unpack(pack(value)) == value


def test_arrays_of_strings_come_back_as_arrays():
    names = np.array(NAMES, dtype=object)
    again = unpack(pack(names))
    assert again.dtype == object
    assert again.tolist() == NAMES
    assert pack(np.arange(500)).dtype == np.int64


def test_long_lists_are_one_string():
    packed = pack({"names": NAMES})
    assert json.loads(packed["names"]["items"]) == NAMES


def test_estimators_are_copied_not_changed():
    X = np.array([[str(i % 120), 1] for i in range(400)], dtype=object)
    columns = ColumnTransformer([("a", OneHotEncoder(), [0]), ("b", FunctionTransformer(), [1])]).fit(X)
    before = vars(columns.named_transformers_["a"])["categories_"][0]
    packed = pack(columns)
    assert vars(columns.named_transformers_["a"])["categories_"][0] is before
    assert isinstance(vars(packed.transformers_[0][1])["categories_"][0], dict)
    np.testing.assert_array_equal(unpack(packed).transform(X).toarray(), columns.transform(X).toarray())
