"""Sums of integrals, each term by itself: spread out, then matched, recognised, cut in two or evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pminusy.proofread.rules.asked import Asked, Equal, Way, asked_of, scaled_integral
from pminusy.proofread.rules.build import add, mul, terms_of
from pminusy.proofread.rules.by_parts import BY_PARTS, found_factors
from pminusy.proofread.rules.chains import first_moves
from pminusy.proofread.rules.expansion import expanded
from pminusy.proofread.rules.families import integrals
from pminusy.proofread.rules.integrated import integrated
from pminusy.proofread.rules.integration import recognised
from pminusy.proofread.rules.keys import Keys
from pminusy.proofread.rules.letters import put_in
from pminusy.proofread.rules.lines import REARRANGED, Line, line_of
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Between, Derivative, Integral, Node, map_children, walk

LINEAR, TOGETHER = "linearity of the integral", "integrals put together"
_SPREADING = frozenset([LINEAR, TOGETHER, "rearrange"])
LINEARITY = "Sums are integrated term by term, and what does not depend on the variable comes out."
MOST_TERMS = 12  # of a sum that is looked at


def has_integral(node: Node) -> bool:
    """Whether an integral stands in a formula."""
    return any(isinstance(each, Integral) for each in walk(node))


def _spread_out(rule: str, before: Node, after: Node) -> Line:
    """The line with other integrals than before, or with the same ones multiplied out."""
    counts = [sum(isinstance(each, Integral) for each in walk(node)) for node in (before, after)]
    if counts[0] == counts[1]:
        return Line("rearrange", REARRANGED, after)
    return Line(rule, LINEARITY, after)


@dataclass
class TermByTerm:
    """Looks for what became of each integral of a sum."""

    keys: Keys
    tidy: Tidy
    equal: Equal
    way: Way
    lines: list[Line] = field(default_factory=list)

    def __call__(self, left: Node, right: Node) -> list[Line]:
        """The lines from one sum of integrals to another formula; none where some integral is left over."""
        if not has_integral(left):
            return []
        keys = self.keys
        here, goal = self._spread(left), self._spread(right)
        self.lines = []
        if keys.shape(here) != keys.shape(left):
            self.lines.append(_spread_out(LINEAR, left, here))
        ours, theirs = terms_of(here), terms_of(goal)
        if max(len(ours), len(theirs)) > MOST_TERMS or not self._became(ours, theirs):
            return []
        here = add(ours)
        if keys.shape(here) != keys.shape(goal):
            rest = self._rest(here, goal)
            if not rest:
                return []
            self.lines += rest
        if keys.shape(goal) != keys.shape(right):
            self.lines.append(_spread_out(TOGETHER, goal, right))
        elif self.lines:
            self.lines[-1] = replace(self.lines[-1], tree=right)
        return [] if {LINEAR, TOGETHER} <= {line.rule for line in self.lines} <= _SPREADING else self.lines

    def _rest(self, here: Node, goal: Node) -> list[Line]:
        """The lines to a sum with the same integrals."""
        if self.keys.algebra(here) is not None and self.keys.algebra(here) == self.keys.algebra(goal):
            return [Line("rearrange", REARRANGED, goal)]
        return self.way(here, goal)

    def _spread(self, node: Node) -> Node:
        """A formula with its integrals of sums as sums of integrals, the outer products multiplied out."""
        return self.tidy(expanded(self._linear(node), (Derivative, Integral)))

    def _linear(self, node: Node) -> Node:
        node = map_children(node, self._linear)
        if not isinstance(node, Integral):
            return node
        for body in (node.body, self.tidy(expanded(node.body))):
            for _, move in first_moves((integrals.LINEAR,), replace(node, body=body), self.keys.setting):
                return self.tidy(map_children(move.new, self._linear))
        return node

    def _became(self, ours: list[Node], theirs: list[Node]) -> bool:
        """Make of our integrals those of the other side, or closed forms; whether all are accounted for."""
        still = [term for term in theirs if has_integral(term)]
        settled = [not has_integral(term) for term in ours]
        for n, term in enumerate(ours):
            match = next((other for other in still if not settled[n] and self._same(term, other)), None)
            if match is not None:
                ours[n], settled[n] = match, True
                still.remove(match)
        while len(ours) <= MOST_TERMS and False in settled:
            n = settled.index(False)
            taken = next(
                (offer for offer in self._offers(ours[n], still) if self._fits(ours[n], offer[0])), None
            )
            if taken is None:
                return False
            lines, used = taken
            before, after = ours[:n], ours[n + 1 :]
            self.lines += [replace(line, tree=add([*before, line.tree, *after])) for line in lines]
            new = terms_of(lines[-1].tree)
            ours[n : n + 1] = new
            known = {self.keys.shape(each) for each in used}
            settled[n : n + 1] = [not has_integral(t) or self.keys.shape(t) in known for t in new]
            still = [term for term in still if not any(term is each for each in used)]
        return all(settled) and not still

    def _fits(self, term: Node, lines: list[Line]) -> bool:
        """Whether there is something that became of a term, and it is equal."""
        return bool(lines) and self.equal(term, lines[-1].tree)

    def _same(self, one: Node, other: Node) -> bool:
        """Whether two terms are the same integral, however its factors are spread."""
        (scale, ours), (factor, theirs) = scaled_integral(one), scaled_integral(other)
        if ours is None or theirs is None:
            return self.keys.shape(one) == self.keys.shape(other)
        whole = replace(ours, body=mul([scale, ours.body]))
        key = self.keys.algebra(self.tidy(whole))
        return key is not None and key == self.keys.algebra(
            self.tidy(replace(theirs, body=mul([factor, theirs.body])))
        )

    def _offers(self, term: Node, theirs: list[Node]) -> Iterator[tuple[list[Line], list[Node]]]:
        """What may have become of a term, with the terms of the other side that are used up."""
        setting = self.keys.setting
        for other in theirs:
            yield self._rewritten(term, other), [other]
        for other in theirs:
            yield recognised(term, other, self.keys, self.equal, self.way), [other]
        together = self._together(theirs)
        if together is not None:
            lines = recognised(term, together, self.keys, self.equal, self.way)
            lines = lines or self._rewritten(term, together)
            yield [*lines, Line(LINEAR, LINEARITY, add(theirs))] if lines else [], list(theirs)
        for other in theirs:
            asked = asked_of(term, other, self.keys, self.equal, self.way)
            if asked is not None:
                yield self._by_parts(asked), [other]
                yield self._split(asked), [other]
        chain = integrated(term, setting, self.tidy)
        if chain and not has_integral(chain[-1].tree):
            yield [line_of(applied) for applied in chain], []

    def _rewritten(self, term: Node, other: Node) -> list[Line]:
        """The lines to an integral over the same range with another integrand."""
        asked = asked_of(term, other, self.keys, self.equal, self.way)
        scale, new = scaled_integral(other)
        if asked is None or new is None:
            return []
        old = asked.integral
        if (new.low, new.high, new.variable) != (old.low, old.high, old.variable):
            return []
        body = mul([scale, new.body])
        if not self.equal(asked.integrand, body):
            return []
        return asked.between(term, asked.integrand, other, body, "The integrand, written otherwise.")

    def _together(self, theirs: list[Node]) -> Node | None:
        """Several integrals over one range as one integral."""
        pieces = [scaled_integral(term) for term in theirs]
        known = [(scale, integral) for scale, integral in pieces if integral is not None]
        if len(known) < 2 or len(known) < len(theirs):
            return None
        first = known[0][1]
        if any((each.low, each.high) != (first.low, first.high) for _, each in known):
            return None
        x = first.variable
        bodies = [
            mul([scale, put_in(each.body, {each.variable.name: x}, self.keys.setting)])
            for scale, each in known
        ]
        return replace(first, body=add(bodies))

    def _by_parts(self, asked: Asked) -> list[Line]:
        """By parts, where only the integral that remains stands on the other side."""
        scale, rest = scaled_integral(asked.right)
        integral = asked.integral
        if rest is None or integral.low is None or integral.high is None:
            return []
        x = integral.variable
        remaining = mul([scale, put_in(rest.body, {rest.variable.name: x}, asked.setting)])
        factors = found_factors(asked.integrand, remaining, x, asked.equal)
        if factors is None:
            return []
        u, v = factors
        product = Between(mul(factors), x, integral.low, integral.high)
        about = f"With $u = {to_latex(u)}$ and $v = {to_latex(v)}$: $\\int u v' = u v - \\int u' v$."
        lines = [Line(BY_PARTS, about, add([product, asked.right]))]
        for rule, move in first_moves((integrals.LIMITS,), product, asked.setting):
            lines.append(Line(rule.name, f"{move.sentence}.", add([self.tidy(move.new), asked.right])))
        return lines

    def _split(self, asked: Asked) -> list[Line]:
        """The range cut in two, where one part of it stands on the other side and the other can be evaluated."""
        scale, piece = scaled_integral(asked.right)
        whole = asked.integral
        if piece is None or None in (whole.low, whole.high, piece.low, piece.high):
            return []
        body = mul([scale, put_in(piece.body, {piece.variable.name: whole.variable}, asked.setting)])
        if self.keys.algebra(body) != self.keys.algebra(asked.integrand):
            return []
        if piece.high == whole.high:
            other, at = replace(whole, body=asked.integrand, high=piece.low), piece.low
        elif piece.low == whole.low:
            other, at = replace(whole, body=asked.integrand, low=piece.high), piece.high
        else:
            return []
        assert at is not None
        return [Line("split the range", f"The range is split at {tex(at)}.", add([other, asked.right]))]
