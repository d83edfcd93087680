"""What names options by their classes, and what tells a user of them."""

import re

import pytest

from pminusy import SoftmaxNetwork, nn
from pminusy.nn.names import ACTIVATIONS, OPTIMIZERS, SCHEDULES

LISTS = {"activation": ACTIVATIONS, "optimizer": OPTIMIZERS, "schedule": SCHEDULES}


@pytest.mark.parametrize("names", LISTS.values(), ids=LISTS)
def test_every_name_is_that_of_a_public_class(names):
    assert all(isinstance(getattr(nn, kind), type) for kind in names.values())


@pytest.mark.parametrize("option", LISTS)
def test_the_estimator_documents_all_names(option):
    (names,) = re.findall(rf"\n +{option} : {{(.*?)}}", SoftmaxNetwork.__doc__)
    assert set(names.replace('"', "").split(", ")) == set(LISTS[option])
