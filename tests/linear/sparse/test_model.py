import pytest

from pminusy.errors import InputError
from pminusy.linear.sparse.model import checked_model, refuse_unless_told_apart


def test_model_and_penalty_have_the_options():
    model, net = checked_model(l1_ratio=0.25, group=True, tol=1e-3)
    assert model.tol == 1e-3
    assert (net.l1_ratio, net.group, net.penalty_factors) == (0.25, True, None)


@pytest.mark.parametrize("options", [{"tol": -1.0}, {"l1_ratio": 2.0}, {"group": True}])
def test_options_out_of_range_are_refused(options):
    with pytest.raises(InputError, match=next(iter(options))):
        checked_model(**options)


def test_data_that_tell_no_classes_apart_are_refused():
    refuse_unless_told_apart(True)
    with pytest.raises(InputError, match="X: expected a penalised column that helps to tell classes apart"):
        refuse_unless_told_apart(False)
