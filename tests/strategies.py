"""Hypothesis strategies for logits, targets and hostile values."""

import numpy as np
from hypothesis import strategies as st

DTYPES = (np.float32, np.float64)
# Around the borders of tiles (64 rows, 96 classes), lanes (64) and chunks (2048), and the smallest.
N_CLASSES = st.one_of(
    st.integers(1, 12), st.sampled_from([63, 64, 65, 95, 96, 97, 130, 2047, 2048, 2049, 5000])
)
N_ROWS = st.one_of(st.integers(0, 6), st.sampled_from([63, 64, 65, 130]))


@st.composite
def logits(draw, dtype=None, n_rows=N_ROWS, n_classes=N_CLASSES):
    """Finite logits of every size: near zero, usual, large, tied, shifted far away."""
    dtype = dtype or draw(st.sampled_from(DTYPES))
    shape = draw(n_rows), draw(n_classes)
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scale = draw(st.sampled_from([0.0, 1e-3, 1.0, 5.0, 50.0, 1e4]))
    shift = draw(st.sampled_from([0.0, 1.0, -30.0, 1e4, -1e4]))
    return (scale * rng.standard_normal(shape) + shift).astype(dtype)


@st.composite
def targets_for(draw, Z):
    """Labels or rows of mass of any sum, some of them zero."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    if draw(st.booleans()):
        return rng.integers(0, Z.shape[1], len(Z))
    mass = rng.random(Z.shape) * rng.integers(0, 2, Z.shape) * draw(st.sampled_from([0.1, 1.0, 7.0]))
    return mass.astype(Z.dtype)
