"""Integrals recognised from what became of them: an antiderivative, by parts, a substitution, a range cut in two."""

from __future__ import annotations

from pminusy.proofread.rules.asked import (
    Asked,
    Equal,
    Way,
    asked_of,
    derivative_by,
    scaled_between,
    scaled_integral,
)
from pminusy.proofread.rules.build import mul, terms_of
from pminusy.proofread.rules.by_parts import by_parts
from pminusy.proofread.rules.families.antiderivatives import has
from pminusy.proofread.rules.keys import Keys
from pminusy.proofread.rules.letters import put_in
from pminusy.proofread.rules.lines import Line
from pminusy.proofread.rules.substitution import by_substitution
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import Add, Integral, Node, walk


def recognised(left: Node, right: Node, keys: Keys, equal: Equal, way: Way) -> list[Line]:
    """The lines by which an integral became something else; none if nothing is recognised."""
    asked = asked_of(left, right, keys, equal, way)
    if asked is None:
        return []
    for find in (_by_antiderivative, by_parts, by_substitution, _in_two_ranges):
        if lines := find(asked):
            return lines
    return []


def _by_antiderivative(asked: Asked) -> list[Line]:
    integral, integrand, right = asked.integral, asked.integrand, asked.right
    x = integral.variable
    if any(isinstance(n, Integral) for n in walk(right)):
        return []
    scale, between = scaled_between(right)
    if between is not None:
        body = mul([scale, between.body])
    elif integral.low is None:
        body = right
    else:
        return []
    if has(body, x) and asked.equal(derivative_by(x, body), integrand):
        return [Line("antiderivative", f"{tex(body)} has the derivative {tex(integrand)}.", right)]
    return []


def _in_two_ranges(asked: Asked) -> list[Line]:
    """Two integrals over neighbouring ranges."""
    integral, right = asked.integral, asked.right
    if not isinstance(right, Add) or integral.low is None:
        return []
    pieces = []
    for term in terms_of(right):
        scale, piece = scaled_integral(term)
        if piece is None or piece.low is None:
            return []
        body = put_in(piece.body, {piece.variable.name: integral.variable}, asked.setting)
        pieces.append((mul([scale, body]), piece))
    if len(pieces) != 2:
        return []
    ends = {pieces[0][1].low, pieces[0][1].high} & {pieces[1][1].low, pieces[1][1].high}
    if ends and all(asked.equal(body, asked.integrand) for body, _ in pieces):
        about = f"The range of integration is split at {tex(next(iter(ends)))}."  # type: ignore[arg-type]
        return [Line("split the range", about, right)]
    return []
