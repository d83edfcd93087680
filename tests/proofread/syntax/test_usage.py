"""How the formulas of a page use their signs."""

from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.usage import differentials


def test_a_line_that_begins_with_a_differential():
    assert differentials(tokenize("dy = 2 dx"))
    assert not differentials(tokenize("dW = 2"))
