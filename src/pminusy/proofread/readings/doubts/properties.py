"""Quantities that may be of a special form, as the words of a page say of some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.ladder import TARGET_NAMES, reached_families
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Add, Call, Inner, Multiply, Node, Norm, Symbol, is_literal, walk

# By the stems of the words in European languages, in Chinese and in Japanese: kind, number of axes, value, words.
_FORMS = (
    ("diagonal", 2, (), r"diagonal|диагональн|对角|對角|対角"),
    ("orthogonal", 2, (), r"orth?ogonal|orthonormal|unitar|ортогональн|унитарн|正交|直交|酉"),
    ("symmetric", 2, (), r"s[iy]m+[eé]tri|hermit|симметрич|эрмит|对称|對稱|対称"),
    ("idempotent", 2, (), r"idempoten|proj[ei]|proye|proiez|проек|投影|射影|幂等|冪等"),
    (
        "sum",
        1,
        (0.0,),
        r"\bcent(?:er|re|ré|rad|rat)|zentrier|центрир|mean[- ]?(?:zero|free|0)|zero[- ]mean|mittelwertfrei"
        r"|media (?:cero|nula)|moyenne nulle|中心化|均值为\s*(?:零|\$?0)|平均\s*(?:ゼロ|\$?0)",
    ),
)
_PERPENDICULAR = re.compile(
    r"\\perp\b|perpend|orth?ogonal|orthonormal|pythag|senkrecht|перпендикуляр|ортогональн|垂直|正交|直交",
    re.IGNORECASE,
)
# Where numbers may be calculated with otherwise: squares of sums without middle term, products that change sign.
_OTHER_NUMBERS = re.compile(
    r"\\mathbb\{?F\}?_|\\mathbb\{?Z\}?(?:_|/)|\bGF\s*\(|finite field|characteristic (?:\$?p|\$?2|two)|\bboolean"
    r"|\bmodulo\b|\bnilpotent|dual numbers?\b|anti-?commut|\bgrassmann|\bquaternion|\btropical",
    re.IGNORECASE,
)
_COUNTS = frozenset("jklmnpqrKLMNP")  # letters that often stand for whole numbers
_ASKED = {
    "sum": "Do the entries of {} add up to 0?",
}


def questions(left: Node, right: Node, view: View) -> Iterator[str]:
    """What to ask about a step that fails, if it holds for quantities of a form that the page speaks of."""
    model, claim = view.model.given(view.claim.given), view.claim
    free = sorted(reached_families(model, (left, right)) - model.definitions.keys())
    for kind, axes, values, words in _FORMS:
        families = [f for f in free if model.rank(f) == axes and (axes < 2 or _is_square(f, view))]
        if families and re.search(words, view.page.text, re.IGNORECASE):
            assumptions = tuple(Assumption(kind, family, values) for family in families)
            if compare(model, left, right, claim.condition, assumptions, view.layout, 1):
                names = " and ".join(to_latex(Symbol(family)) for family in families)
                yield _ASKED.get(kind, f"Which of the matrices {{}} are {kind}?").format(names)
    if (vectors := _multiplied_out(left, view)) and _PERPENDICULAR.search(view.page.text):
        yield f"Are {' and '.join(map(to_latex, vectors))} orthogonal? If so, write out that their product is 0."
    if not is_literal(left) and _OTHER_NUMBERS.search(view.page.text):
        yield "Is this calculated with ordinary numbers?"
    whole = [f for f in free if f in _COUNTS and not model.rank(f)]
    if whole and _is_periodic(left, right):
        counts = tuple(Assumption("values", family, (1.0, 2.0, 3.0, 5.0)) for family in whole)
        if compare(model, left, right, claim.condition, counts, view.layout, 1):
            numbers = " and ".join(to_latex(Symbol(family)) for family in whole)
            yield f"{'Is' if len(whole) == 1 else 'Are'} {numbers} whole? If so, say it."
    for family in (f for f in free if f not in model.enumerated):
        labels = Assumption("values", family, (-1.0, 1.0))
        if family in TARGET_NAMES and compare(model, left, right, claim.condition, (labels,), view.layout, 1):
            yield f"Does {to_latex(Symbol(family))} take the values -1 and 1 only?"


def _multiplied_out(left: Node, view: View) -> list[Symbol]:
    """The vectors in a sum whose length, or product with another one, a left side has."""
    products = [n for n in walk(left) if isinstance(n, Norm | Inner | Multiply)]
    sums = [n for product in products for n in walk(product) if isinstance(n, Add)]
    symbols = {s for each in sums for s in main_symbols(each)}
    found = [s for s in symbols if view.model.rank(view.model.families.resolve(s)[0]) > len(s.indices)]
    return sorted(found, key=to_latex) if len(found) > 1 else []


def _is_periodic(*sides: Node) -> bool:
    calls = [n for side in sides for n in walk(side) if isinstance(n, Call)]
    return any(call.function.name in ("sin", "cos", "tan", "cot") for call in calls)


def _is_square(family: str, view: View) -> bool:
    shapes = view.model.shapes
    return shapes.lengths.same(shapes.slot(family, 0), shapes.slot(family, 1))
