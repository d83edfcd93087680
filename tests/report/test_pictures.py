import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pminusy.report.pictures import picture


@given(arrays(np.float32, 12, elements=st.floats(-8, 8, width=32)))
def test_levels_are_within_half_a_step_of_the_pixels(pixels):
    shown = picture(pixels, (3, 4), peak=8.0)
    assert (shown.height, shown.width) == (3, 4)
    assert np.abs(np.array(shown.levels) / 255 * shown.peak - pixels).max() <= 8.0 / 255 / 2 + 1e-6


def test_pixels_beyond_the_peak_are_cut_off():
    assert picture(np.array([10.0, -10.0]), (1, 2), peak=1.0).levels == (255, -255)


def test_a_blank_image_stays_blank():
    assert picture(np.zeros(2, dtype=np.uint8), (1, 2), peak=0.0).levels == (0, 0)


def test_colour_images_keep_their_colours_and_lose_their_opacity():
    pixels = np.arange(24, dtype=np.uint8)
    shown = picture(pixels, (2, 3, 4), peak=255.0)
    assert (shown.height, shown.width, shown.channels) == (2, 3, 3)
    assert shown.levels == tuple(level for level in range(24) if level % 4 != 3)
