"""LaTeX typeset by way of our own tree."""

from markupsafe import Markup, escape

from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.parser import parse, parse_condition
from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import Node
from pminusy.proofread.syntax.vocabulary import Vocabulary
from pminusy.report.mathml.typeset import math


def latex_math(*sides: str, block: bool = True) -> Markup:
    r"""Typeset a formula given as LaTeX, or several with equals signs between them.

    Parameters
    ----------
    *sides : str
        Expressions, or conditions such as `y \ge 0`.
    block : bool
        As for `math`.

    Returns
    -------
    markupsafe.Markup
        MathML, or the LaTeX itself as code where it cannot be read.

    Examples
    --------
    >>> str(latex_math("p", block=False)), str(latex_math(r"\frac{1", block=False))
    ('<math><mi>p</mi></math>', '<code>\\frac{1</code>')
    """
    try:
        return math(*map(_parsed, sides), block=block)
    except Unreadable:
        return Markup("<code>{}</code>").format(escape(" = ".join(sides)))


def _parsed(side: str) -> Node:
    tokens = tokenize(side)
    try:
        return parse(tokens, end=len(side))
    except Unreadable:
        return parse_condition(tokens, Vocabulary(), len(side))
