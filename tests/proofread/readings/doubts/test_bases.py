import pytest

from pminusy.proofread import proofread


@pytest.mark.parametrize(("formula", "base"), [(r"\log 32 = 5", 2), (r"\log 1000 = 3", 10)])
def test_logarithms_may_have_another_base(formula, base):
    (step,) = proofread(f"$$x + 1 = 1 + x$$ $${formula}$$").steps[1:]
    assert f"Is {base} the base" in step.question


def test_of_natural_logarithms_the_base_is_known():
    (step,) = proofread(r"$$\ln 32 = 5$$").steps
    assert not (step.question or "").endswith("the base of the logarithm?")
