"""Macros of well-known packages, without a preamble that defines them."""

import pytest
from tests.proofread.reading import page

from pminusy.proofread.syntax.packages import PACKAGES


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"\pdv{f}{x}", r"\frac{\partial f}{\partial x}"),
        (r"\dv{f}{x}", r"\frac{df}{dx}"),
        (r"\norm{x}", r"\left\|x\right\|"),
        (r"\abs{x}", r"\left|x\right|"),
        (r"\qty(a + b)", "(a + b)"),
    ],
)
def test_a_macro_is_what_it_stands_for(written, plain):
    one, other = (page(f"u = {formula} + c").chains[0].members[1].tree for formula in (written, plain))
    assert one == other
    assert one is not None


def test_a_page_may_define_such_a_macro_itself():
    own = page(r"\newcommand{\norm}[1]{\sqrt{#1}} u = \norm{x}", r"u = \sqrt{x}").chains
    assert own[0].members[-1].tree == own[1].members[-1].tree


def test_every_form_names_what_it_takes():
    for forms in PACKAGES.values():
        for takes, becomes in forms:
            assert all(f"#{n + 1}" in becomes for n in range(takes.count("{}") + takes.count("[]")))
