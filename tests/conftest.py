import os

import numpy as np
import pytest
from hypothesis import settings

# On a build machine the same examples every time; elsewhere new ones, so that the search goes on.
settings.register_profile("default", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("default")


@pytest.fixture
def rng():
    return np.random.default_rng(0)
