import numpy as np
import pytest

from pminusy import InputError, ShapeError
from pminusy.linear.sparse.options import NetOptions, read_net_options


def test_options_as_given():
    options = read_net_options(np.float32(0.5), np.True_, [1, 2, 0])
    assert (options.l1_ratio, options.group, options.penalty_factors.tolist()) == (0.5, True, [1.0, 2.0, 0.0])
    assert options.factors_for(3).tolist() == [1, 2, 0]
    assert NetOptions(0.5).factors_for(2).tolist() == [1, 1]


def test_only_a_plain_ratio_of_0_is_a_ridge():
    assert read_net_options(0, False, None).is_ridge
    assert not read_net_options(0, False, [1.0, 2.0]).is_ridge
    assert not read_net_options(1e-3, False, None).is_ridge


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-0.1, False, None), r"l1_ratio: expected a number in \[0, 1\], got -0.1"),
        ((True, False, None), "l1_ratio: expected a number"),
        ((np.nan, False, None), "l1_ratio: expected a number"),
        ((0.5, None, None), "group: expected True or False, got None"),
        ((0, True, None), "group: expected False with l1_ratio=0"),
        ((1, False, [[1.0]]), "penalty_factors: expected a list of numbers"),
        ((1, False, [[1.0], 2.0]), "penalty_factors: expected a list of numbers"),
        ((1, False, [1.0, np.inf]), "penalty_factors: expected finite numbers ≥ 0, got inf for feature 1"),
        ((1, False, [0, 0]), "penalty_factors: expected at least one number > 0"),
    ],
)
def test_bad_options_are_refused(arguments, message):
    with pytest.raises(InputError, match=message):
        read_net_options(*arguments)


def test_factors_of_another_number_of_features_are_refused():
    with pytest.raises(
        ShapeError, match="penalty_factors: expected one factor for each of 3 features, got 2"
    ):
        NetOptions(1.0, penalty_factors=np.ones(2)).factors_for(3)
