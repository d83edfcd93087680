import pytest

from pminusy import InputError
from pminusy.nn import Cosine, schedule_named
from pminusy.nn.names import SCHEDULES


@pytest.mark.parametrize("name", SCHEDULES)
def test_every_name_makes_the_schedule_of_that_class(name):
    assert type(schedule_named(name)).__name__ == SCHEDULES[name]


def test_a_schedule_has_its_defaults():
    assert schedule_named("cosine") == Cosine()


@pytest.mark.parametrize("name", ["Cosine", "step", "", None, ["cosine"]])
def test_unknown_names_are_refused(name):
    with pytest.raises(InputError, match=r"^schedule: expected one of constant, .*, got "):
        schedule_named(name)
