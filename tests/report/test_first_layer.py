import numpy as np
import pytest

from pminusy.nn import Conv2d, Dense
from pminusy.report.first_layer import picture_first_layer


def built(layer, shape):
    layer.build(shape, np.dtype(np.float32), np.random.default_rng(0))
    return layer


def test_units_see_whole_images_the_largest_first():
    layer = built(Dense(3), (6,))
    W = layer.parameters[0].value
    W[:] = np.arange(6.0)[:, None] * [1.0, 3.0, 2.0]
    shown = picture_first_layer(layer, (2, 3))
    assert (shown.convolves, shown.n) == (False, 3)
    assert [(p.height, p.width) for p in shown.pictures] == [(2, 3)] * 3
    sizes = [sum(p.levels) for p in shown.pictures]
    assert sizes == sorted(sizes, reverse=True)


def test_filters_have_their_own_shape_and_saturate_at_their_largest_weight():
    layer = built(Conv2d(5, 3), (8, 8, 1))
    shown = picture_first_layer(layer, (8, 8))
    assert (shown.convolves, shown.n) == (True, 5)
    assert {(p.height, p.width) for p in shown.pictures} == {(3, 3)}
    (peak,) = {p.peak for p in shown.pictures}
    assert peak == pytest.approx(np.abs(layer.parameters[0].value).max(), rel=1e-2)


def test_of_many_units_44_are_shown():
    shown = picture_first_layer(built(Dense(60), (4,)), (2, 2))
    assert (shown.n, len(shown.pictures)) == (60, 44)
