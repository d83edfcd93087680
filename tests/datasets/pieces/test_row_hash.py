import numpy as np

from pminusy.datasets.pieces.row_hash import chosen_rows, row_hashes


def test_hashes_depend_on_the_row_and_the_seed_alone():
    whole = row_hashes(0, 1000, seed=3)
    np.testing.assert_array_equal(
        np.concatenate([row_hashes(0, 1, 3), row_hashes(1, 600, 3), row_hashes(601, 399, 3)]), whole
    )
    assert len(np.unique(whole)) == 1000
    assert not (whole == row_hashes(0, 1000, seed=4)).any()


def test_the_share_is_about_what_was_asked_for():
    for seed in range(5):
        assert abs(chosen_rows(0, 100_000, 0.2, seed).mean() - 0.2) < 0.005
    assert not chosen_rows(0, 100, 0.0, 0).any()
    assert chosen_rows(0, 100, 1.0, 0).all()


def test_neighbours_are_no_pattern():
    chosen = chosen_rows(0, 100_000, 0.5, 1)
    for step in (1, 2, 64, 1024):
        assert abs((chosen[step:] == chosen[:-step]).mean() - 0.5) < 0.01
