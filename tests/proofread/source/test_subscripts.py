"""Expectations under a letter, whose density the page has."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.source.reader import read_page
from pminusy.proofread.syntax.tree import Call, walk


def below(text: str) -> list[Call]:
    trees = [m.tree for chain in read_page(text).chains for m in chain.members if m.tree is not None]
    return [
        c
        for tree in trees
        for n in walk(tree)
        if isinstance(n, Call)
        for c in n.function.lower
        if isinstance(c, Call)
    ]


def test_the_only_density_of_a_letter_is_put_in():
    (under,) = below(r"$$\mathbb{E}_q[u^2] = \int q_c(u) u^2 du$$")
    assert [a.name for a in under.arguments] == ["u"]


@pytest.mark.parametrize("text", [r"$$\mathbb{E}_q[u] = \int q(u) q(v) u du$$", r"$$\mathbb{E}_q[u] = a$$"])
def test_of_several_or_none_the_letter_stays(text):
    (under,) = below(text)
    assert under.arguments == ()


def test_the_gradient_of_such_a_mean_holds():
    page = r"""Let $q_c(u) = \mathcal{N}(c, 1)$.
$$\nabla_c \mathbb{E}_q[u^2] = \int u^2 \nabla_c q_c(u) du = \mathbb{E}_q[u^2 \nabla_c \log q_c(u)]
= \mathbb{E}_q[u^2 (u - c)]$$"""
    assert [step.verdict.value for step in proofread(page).steps] == ["holds"] * 3
    wrong = page.replace("(u - c)]", "(c - u)]")
    assert proofread(wrong).steps[-1].verdict.value != "holds"
