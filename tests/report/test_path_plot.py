from xml.etree import ElementTree

import numpy as np
import pytest
from sklearn.datasets import load_iris, load_wine
from sklearn.preprocessing import scale

from pminusy import InputError, ShapeError, plot_path, select_penalty, softmax_path

X, Y = load_wine(return_X_y=True)
X = scale(X)
SELECTION = select_penalty(X, Y, l1_ratio=1.0, cv=3)
PATH = softmax_path(X, Y, Cs=SELECTION.Cs)


def texts(svg):
    return [
        element.text.strip() for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")
    ]


def test_a_plot_is_an_image_of_its_own():
    svg = plot_path(PATH, SELECTION, feature_names=load_wine().feature_names)
    assert ElementTree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert {"0", "1", "2", "flavanoids", "cross-validated log loss"} <= set(texts(svg))
    assert svg == plot_path(PATH, SELECTION, feature_names=load_wine().feature_names)
    assert "prefers-color-scheme:dark" in svg


def test_either_C_can_be_marked():
    best = plot_path(PATH, SELECTION)
    sparser = plot_path(PATH, SELECTION, one_standard_error=True)
    assert "lowest + 1 standard error" in texts(sparser)
    assert "lowest + 1 standard error" not in texts(best)


def test_coefficients_alone_of_two_classes():
    X2, y2 = load_iris(return_X_y=True)
    path = softmax_path(X2[50:], np.where(y2[50:] == 1, "<a>", "b"), n_Cs=5)
    found = texts(plot_path(path))
    assert "b against <a>" in found
    assert "cross-validated log loss" not in found
    assert any(name.startswith("x") for name in found)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(InputError, match="selection: expected one at the path's values of C, got others"):
        plot_path(softmax_path(X, Y, n_Cs=3), SELECTION)
    with pytest.raises(ShapeError, match="feature_names: expected one for each of 13 features, got 1"):
        plot_path(PATH, feature_names=["alcohol"])
    with pytest.raises(InputError, match="path: expected some coefficient other than 0"):
        plot_path(softmax_path(X, Y, n_Cs=1))
