import os

import numpy as np
import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None, print_blob=True)
settings.load_profile("default")


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def pytest_configure(config):
    # Two threads, however many processors there are: the suite then takes the threaded paths everywhere.
    os.environ.setdefault("OMP_NUM_THREADS", "2")
