import numpy as np
import pytest

from pminusy.classifier.options import check_threads, seed_of
from pminusy.errors import InputError


@pytest.mark.parametrize("n", [None, 1, np.int64(7)])
def test_some_threads_or_all(n):
    check_threads(n)


@pytest.mark.parametrize("n", [0, -1, 2.0, True, "2"])
def test_other_numbers_of_threads_are_refused(n):
    with pytest.raises(InputError, match=f"n_threads: expected an integer ≥ 1 or None, got {n!r}"):
        check_threads(n)


def test_a_random_state_gives_a_seed_that_depends_on_it_alone():
    assert seed_of(None) == 0
    assert seed_of(7) == seed_of(7) == seed_of(np.random.RandomState(7)) != seed_of(8)
    generator = np.random.RandomState(7)
    assert seed_of(generator) != seed_of(generator)
