"""Random images, and windows that fit into them."""

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from pminusy.nn.layers.windows import Pair

PAIRS = st.tuples(st.integers(1, 3), st.integers(1, 3))


class Images(NamedTuple):
    """Images, and the windows to move over them."""

    X: np.ndarray
    size: Pair
    stride: Pair


@st.composite
def images(draw, largest=5):
    """Images of at least the size of the window."""
    size, stride = draw(PAIRS), draw(PAIRS)
    height, width = (draw(st.integers(least, largest)) for least in size)
    shape = draw(st.integers(1, 3)), height, width, draw(st.integers(1, 5))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return Images(rng.standard_normal(shape), size, stride)
