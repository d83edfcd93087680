"""Which value a random quantity has in each outcome."""

from __future__ import annotations

import numpy as np
import pytest

from pminusy.proofread.checking.realisation import Realisation
from pminusy.proofread.meaning.model.undecidable import Undecidable


def test_a_quantity_without_indices_has_one_value_in_each_outcome() -> None:
    found = Realisation(np.array([0, 1, 1]), level=1, count=2).at(())
    assert found.shape == (3, 1, 1, 1, 1)
    assert found.ravel().tolist() == [0, 1, 1]


def test_entries_have_values_of_their_own() -> None:
    digits = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    state = Realisation(digits, level=0, count=2, places=((1, 4),))
    assert state.at((np.full((1, 1, 1), 4),)).ravel().tolist() == [0, 1, 0, 1]
    assert state.at((np.full((1, 1, 1), 1),)).ravel().tolist() == [0, 0, 1, 1]


def test_an_entry_beyond_the_range_has_none() -> None:
    state = Realisation(np.zeros((2, 3), int), level=0, count=2, places=((1, 2, 3),))
    with pytest.raises(Undecidable, match="beyond its range"):
        state.at((np.full((1, 1, 1), 5),))
