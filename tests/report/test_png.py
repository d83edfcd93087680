import base64
import io

import numpy as np
import pytest
from matplotlib.image import imread

from pminusy.report.pictures import Picture
from pminusy.report.png import ink_png, signed_png

_PICTURE = Picture(1, 3, levels=(255, 0, -128), peak=1.0)


def _decode(uri):
    header, _, data = uri.partition(",")
    assert header == "data:image/png;base64"
    return np.rint(imread(io.BytesIO(base64.b64decode(data)), format="png") * 255).astype(int)


def test_signs_are_hues_and_sizes_are_opacities():
    positive, zero, negative = _decode(signed_png(_PICTURE))[0]
    assert [pixel[3] for pixel in (positive, zero, negative)] == [255, 0, 128]
    assert positive[2] > positive[0]
    assert negative[0] > negative[2]


def test_ink_is_black_on_nothing():
    assert _decode(ink_png(_PICTURE))[0, 0].tolist() == [0, 0, 0, 255]


@pytest.mark.parametrize("encode", [signed_png, ink_png])
def test_the_bytes_name_no_program_and_repeat(encode):
    assert encode(_PICTURE) == encode(_PICTURE)
    assert b"Matplotlib" not in base64.b64decode(encode(_PICTURE).partition(",")[2])


def test_colours_are_shown_as_they_are_and_weights_around_grey():
    picture = Picture(1, 2, levels=(255, 0, 10, -255, 1, 100), peak=1.0, channels=3)
    assert _decode(ink_png(picture))[0, 0, :3].tolist() == [255, 0, 10]
    assert _decode(signed_png(picture))[0, :, :3].tolist() == [[255, 128, 132], [0, 128, 178]]
