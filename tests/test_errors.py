import inspect

import pytest

from pminusy import errors
from pminusy.errors import GradientMismatch, InputError, PminusyError
from pminusy.linear.inference import InferenceError

ALL = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)] + [InferenceError]


@pytest.mark.parametrize("kind", ALL)
def test_every_exception_is_one_of_ours_and_in_the_tree(kind):
    assert issubclass(kind, PminusyError)
    assert kind.__name__ in errors.__doc__
    assert kind.__doc__


def test_callers_of_other_libraries_catch_what_they_expect():
    assert issubclass(InputError, ValueError)
    assert issubclass(GradientMismatch, AssertionError)
    assert not issubclass(errors.ModelFileError, ValueError)
