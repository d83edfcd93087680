from dataclasses import replace

import numpy as np
import pytest
from tests.proofread.reading import model

from pminusy.proofread.checking.environment import (
    MOST_CELLS,
    MOST_CELLS_IN_DIGITS,
    MOST_DERIVATIVES,
    Environment,
    Seed,
)
from pminusy.proofread.meaning.model.point import Point
from pminusy.proofread.meaning.model.undecidable import Undecidable


@pytest.fixture
def env():
    return Environment(model("a_i = b_i"), Point(1, 1, {}))


def test_letters_are_in_scope_inside_and_not_outside(env):
    inner = env.with_letter("i", np.arange(4)).with_letter("j", np.arange(3))
    assert (inner.level, inner.cells, set(inner.letters)) == (2, 12, {"i", "j"})
    assert (env.level, env.cells, dict(env.letters)) == (0, 1, {})


def test_too_many_combinations_are_undecided(env):
    wide = env.with_letter("i", np.arange(1000))
    with pytest.raises(Undecidable, match="too many combinations"):
        wide.with_letter("j", np.arange(MOST_CELLS // 1000 + 1))


def test_definitions_that_never_end_are_circular(env):
    with pytest.raises(Undecidable, match="circular"):
        _depth(env)


def _depth(env):
    return _depth(env.deeper())


def test_every_derivative_has_a_tag_of_its_own(env):
    assert env.next_tag() == 0
    inner = env.with_seed(Seed(0, "a", ())).with_seed(Seed(3, "b", ()))
    assert inner.next_tag() == 4


def test_derivatives_inside_each_other_are_bounded(env):
    inner = env
    for tag in range(MOST_DERIVATIVES):
        inner = inner.with_seed(Seed(tag, "a", ()))
    with pytest.raises(Undecidable, match="derivatives inside each other"):
        inner.with_seed(Seed(MOST_DERIVATIVES, "a", ()))


def test_in_many_digits_there_are_fewer_combinations(env):
    exact = replace(env, point=replace(env.point, digits=40))
    with pytest.raises(Undecidable, match="too many combinations"):
        exact.with_letter("i", np.arange(MOST_CELLS_IN_DIGITS + 1))
    assert env.with_letter("i", np.arange(MOST_CELLS_IN_DIGITS + 1)).cells > MOST_CELLS_IN_DIGITS
