import pytest

from pminusy.errors import InputError
from pminusy.runs.options import FitOptions


@pytest.mark.parametrize("share", [-0.1, 1.0, 1.5, float("nan")])
def test_a_share_outside_its_range_is_refused(share):
    with pytest.raises(InputError, match=f"test size: .*got {share:g}"):
        FitOptions(test_size=share)


def test_a_file_and_a_share_together_are_refused():
    with pytest.raises(InputError, match="got both"):
        FitOptions(test="test.csv", test_size=0.0)


@pytest.mark.parametrize("share", [0.0, 0.999])
def test_shares_in_range_are_taken(share):
    assert FitOptions(test_size=share).test_size == share
