"""Brackets with primes."""

from __future__ import annotations

import pytest
from tests.proofread.reading import tree, verdicts

from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import Derivative, Symbol


def test_a_prime_is_by_the_only_symbol_or_by_x() -> None:
    node = tree("(t^2 + 1)'")
    assert isinstance(node, Derivative)
    assert node.variables == (Symbol("t"),)
    assert verdicts("(a x^2)'' + x = 2a + x") in (["holds"], ["undecided"])
    with pytest.raises(Unreadable, match="several symbols"):
        tree("(s t)'")
