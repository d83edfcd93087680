"""Parameters of every shape, and gradients for some steps."""

import numpy as np
from hypothesis import strategies as st

from pminusy.nn import Parameter

SHAPES = st.one_of(
    st.tuples(st.integers(1, 70)),
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 3), st.integers(1, 5)),
)


@st.composite
def parameters(draw, dtype=np.float64, min_size=1):
    """Some parameters, cut into parts anyhow, and a generator of random numbers for their gradients."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shapes = draw(st.lists(SHAPES, min_size=min_size, max_size=4))
    parts = [draw(st.integers(1, 2 * int(np.prod(shape)))) for shape in shapes]
    made = [
        Parameter("w", rng.standard_normal(shape).astype(dtype), part=part, decays=draw(st.booleans()))
        for shape, part in zip(shapes, parts, strict=True)
    ]
    return made, rng


def gradients_for(parameters, rng):
    """Gradients of every size."""
    return [
        rng.standard_normal(p.value.shape) * 10.0 ** rng.integers(-6, 3, p.value.shape) for p in parameters
    ]
