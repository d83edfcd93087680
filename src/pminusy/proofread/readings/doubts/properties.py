"""Matrices that may be of a special form, as the words of a page say of some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Node, Symbol

# By the stems of the word in European languages, in Chinese and in Japanese.
_WORDS = {
    "diagonal": r"diagonal|диагональн|对角|對角|対角",
    "orthogonal": r"ort[h]?ogonal|orthonormal|unitar|ортогональн|унитарн|正交|直交|酉",
    "symmetric": r"s[iy]m+[eé]tri|hermit|симметрич|эрмит|对称|對稱|対称",
}


def questions(left: Node, right: Node, view: View) -> Iterator[str]:
    """What to ask about the matrices in a step that fails, if it holds for those of a form that the page speaks of."""
    model, claim = view.model.given(view.claim.given), view.claim
    families = sorted(
        family
        for family in reached_families(model, (left, right))
        if family not in model.definitions and model.rank(family) == 2 and _is_square(family, view)
    )
    for kind, words in _WORDS.items():
        if families and re.search(words, view.page.text, re.IGNORECASE):
            assumptions = tuple(Assumption(kind, family) for family in families)
            if compare(model, left, right, claim.condition, assumptions, view.layout, 1):
                names = " and ".join(to_latex(Symbol(family)) for family in families)
                yield f"Which of the matrices {names} are {kind}?"


def _is_square(family: str, view: View) -> bool:
    shapes = view.model.shapes
    return shapes.lengths.same(shapes.slot(family, 0), shapes.slot(family, 1))
