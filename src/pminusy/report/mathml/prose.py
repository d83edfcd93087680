"""Sentences with formulas between dollar signs."""

from markupsafe import Markup, escape

from pminusy.report.mathml.latex import latex_math


def prose(sentence: str) -> Markup:
    """Typeset what stands between dollar signs, and escape the rest.

    Examples
    --------
    >>> str(prose("a < $b$"))
    'a &lt; <math><mi>b</mi></math>'
    """
    pieces = sentence.split("$")
    return Markup("").join(
        latex_math(piece, block=False) if place % 2 else escape(piece) for place, piece in enumerate(pieces)
    )


def plain(sentence: str) -> str:
    """Leave the dollar signs out."""
    return sentence.replace("$", "")
