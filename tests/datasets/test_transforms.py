import numpy as np
import polars as pl
import pytest
import scipy.sparse as sp

from pminusy.datasets import transforms


def test_texts_are_strings_and_empty_where_missing():
    assert transforms.texts(pl.DataFrame({"note": ["a word", None]})) == ["a word", ""]


def test_to_float32_copies():
    X = np.ones((2, 2), np.float32)
    assert not np.shares_memory(transforms.to_float32(X), X)
    assert transforms.to_float32(np.array([[1, 2]])).dtype == np.float32


@pytest.mark.parametrize(
    ("given", "scaled"), [(np.uint8, np.float32), (np.float32, np.float32), (np.float64, np.float64)]
)
def test_pixels_are_divided_by_their_peak(given, scaled):
    pixels = np.array([[0, 51, 255]], given)
    found = transforms.scale_pixels(pixels, 255.0)
    assert found.dtype == scaled
    np.testing.assert_allclose(found, [[0, 0.2, 1]], rtol=1e-7)
    assert pixels[0, 2] == 255


def test_singles_are_left_where_they_are_singles():
    X = np.ones((2, 2), np.float32)
    assert transforms.to_singles(X) is X
    assert transforms.to_singles(sp.csr_matrix(np.eye(2))).dtype == np.float32


def test_rows_of_pixels_become_images():
    assert transforms.to_images(np.arange(12).reshape(2, 6), (2, 3))[1].tolist() == [[6, 7, 8], [9, 10, 11]]


def test_features_are_named_by_column_and_word_or_category():
    assert transforms.name_category("colour", "red") == "colour=red"
    assert transforms.name_feature("note", "word") == "note: word"
    assert transforms.name_date_numbers(["sold"]) == ["sold: year", "sold: days"]
    assert transforms.name_date_categories(["sold"]) == ["sold: month", "sold: weekday"]
