import numpy as np

from pminusy.nn.draws import Draws, seeded_draws


def test_a_seed_is_drawn_and_nothing_renewed_yet():
    draws = seeded_draws(np.random.default_rng(4))
    assert isinstance(draws, Draws)
    assert draws.dtype == np.int64
    assert draws[0] > 0
    assert draws[1] == 0
    assert draws[0] == seeded_draws(np.random.default_rng(4))[0] != seeded_draws(np.random.default_rng(5))[0]


def test_renewing_counts_and_keeps_the_seed():
    draws = seeded_draws(np.random.default_rng(4))
    seed, times = draws[:1], draws[1:]
    before = int(seed[0])
    draws.renew()
    draws.renew()
    assert (int(seed[0]), int(times[0])) == (before, 2)
