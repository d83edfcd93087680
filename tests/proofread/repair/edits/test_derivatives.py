"""Derivatives by another variable, and of another order."""

from tests.proofread.repair.failing import edited, latex, scope

from pminusy.proofread.repair.edits.derivatives import change_order, change_variable

AROUND = scope(r"R = (u v + w)^2", r"\frac{\partial R}{\partial u} = 2 (u v + w)")


def test_another_variable():
    made = edited(change_variable, r"\frac{\partial R}{\partial u}", AROUND)
    assert latex(r"\frac{\partial R}{\partial v}", r"\frac{\partial R}{\partial w}") <= made


def test_once_more_and_once_less():
    assert edited(change_order, r"\frac{\partial R}{\partial u}", AROUND) == latex(
        r"\frac{\partial^2 R}{\partial u^2}"
    )
    assert latex(r"\frac{\partial R}{\partial u}") <= edited(
        change_order, r"\frac{\partial^2 R}{\partial u^2}", AROUND
    )
