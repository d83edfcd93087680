import pytest

from pminusy.proofread import proofread


def last(page):
    return proofread(page).steps[-1]


@pytest.mark.parametrize("letter", ["C", "c", "C_1"])
def test_antiderivatives_with_a_constant_may_differ_by_one(letter):
    chain = r"\int \sin x \cos x \, dx = \frac{\sin^2 x}{2} + K = -\frac{\cos 2x}{4} + K"
    assert last(f"$${chain.replace('K', letter)}$$").holds


def test_they_may_not_differ_by_more():
    assert not last(r"$$\int \sin x \cos x \, dx = \frac{\sin^2 x}{2} + C = -\frac{\cos 2x}{2} + C$$").holds


def test_only_antiderivatives_may():
    assert not last(
        r"$$y = \frac{\sin^2 x}{2} + C$$ $$y = \frac{\sin^2 x}{2} + C = -\frac{\cos 2x}{4} + C$$"
    ).holds


def test_both_sides_need_the_constant():
    assert not last(r"$$\int_0^x \sin t \cos t \, dt = \frac{\sin^2 x}{2} = -\frac{\cos 2x}{4}$$").holds
