import numpy as np
import polars as pl
import pytest
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine

from pminusy.datasets.readers.bundled import BUNDLED, read_bundled


@pytest.mark.parametrize(
    ("name", "loader"), [("iris", load_iris), ("wine", load_wine), ("breast-cancer", load_breast_cancer)]
)
def test_tables_carry_names_and_classes(name, loader):
    frame, bunch = read_bundled(name), loader()
    np.testing.assert_array_equal(frame.drop("class").to_numpy(), bunch.data)
    assert frame.columns == [*bunch.feature_names, "class"]
    assert frame["class"].to_list() == [bunch.target_names[label] for label in bunch.target]


def test_digits_are_bytes():
    arrays, bunch = read_bundled("digits"), load_digits()
    assert arrays.X.dtype == np.uint8
    np.testing.assert_array_equal(arrays.X.reshape(-1, *arrays.image_shape), bunch.images)
    np.testing.assert_array_equal(arrays.y, bunch.target)


def test_every_name_reads():
    assert [type(read_bundled(name)) is pl.DataFrame for name in BUNDLED] == [False, True, True, True]
