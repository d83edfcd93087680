import pytest

from pminusy.errors import InputError
from pminusy.runs.linear import LinearRecipe
from pminusy.runs.network import NetworkRecipe
from pminusy.runs.options import FitOptions, LinearOptions, NetworkOptions
from pminusy.runs.recipe import recipe_for


def test_the_model_decides():
    linear = recipe_for(FitOptions(model=LinearOptions(C=2.0), seed=5, threads=1))
    assert linear == LinearRecipe(LinearOptions(C=2.0), 5, 1)
    assert isinstance(recipe_for(FitOptions(model=NetworkOptions())), NetworkRecipe)


def test_an_option_of_a_network_is_refused_before_any_work():
    with pytest.raises(InputError, match="max_epochs"):
        recipe_for(FitOptions(model=NetworkOptions({"max_epochs": 0})))
