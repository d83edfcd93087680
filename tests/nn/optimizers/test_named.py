import pytest

from pminusy import InputError
from pminusy.nn import SGD, Adam, AdamW, optimizer_named


def test_names_and_options():
    assert optimizer_named("sgd") == SGD(momentum=0.9)
    assert optimizer_named("sgd", learning_rate=0.5, momentum=0.0) == SGD(learning_rate=0.5)
    assert optimizer_named("adam", learning_rate=0.5, beta1=0.1) == Adam(learning_rate=0.5, beta1=0.1)
    assert optimizer_named("adamw", weight_decay=0.5) == AdamW(weight_decay=0.5)


def test_every_call_makes_a_new_one():
    assert optimizer_named("adam").state is not optimizer_named("adam").state


@pytest.mark.parametrize("name", ["Adam", "rmsprop", "", None, ["sgd"]])
def test_unknown_name(name):
    with pytest.raises(InputError, match=r"^optimizer: expected one of adam, adamw, sgd, got "):
        optimizer_named(name)


def test_bad_option():
    with pytest.raises(InputError, match=r"^beta1: "):
        optimizer_named("adam", beta1=2.0)
