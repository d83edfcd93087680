r"""Gradients by whole vectors and matrices: the differential as :math:`g^T dw` or :math:`\mathrm{tr}(G^T dX)`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pminusy.proofread.deriving.length import length
from pminusy.proofread.deriving.monomials import collected, monomials
from pminusy.proofread.deriving.terms import Term, Terms, trace_of
from pminusy.proofread.proof import Reason
from pminusy.proofread.rules.build import add, factors_of, mul, neg, terms_of
from pminusy.proofread.rules.chains import first_moves
from pminusy.proofread.rules.families import differentials, names
from pminusy.proofread.rules.families.differentials import is_column, is_number
from pminusy.proofread.rules.moves import Applied
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Differential, Divide, Multiply, Negative, Node, Symbol

MOST = 60


@dataclass
class Gradients:
    """Derives the differential of a number, and reads the gradient off."""

    setting: Setting
    tidy: Tidy
    variable: Symbol
    terms: list[Term] = field(default_factory=list)

    def differential(self, top: Node) -> list[Applied]:
        """The applications from dL on, until no rule is for what is left."""
        tree: Node = Differential(top)
        trail: list[Applied] = []
        while len(trail) < MOST and (applied := self._next(tree)) is not None:
            trail.append(applied)
            tree = applied.tree
        return trail

    def _next(self, tree: Node) -> Applied | None:
        moving = [(node, put) for node, put in places(tree) if isinstance(node, Differential)]
        for node, put in moving:
            for rule, move in first_moves(differentials.RULES, node, self.setting):
                return Applied(rule, node, move.new, move.sentence, self.tidy(put(move.new)))
        for node, put in moving:
            for rule, move in first_moves((names.DEFINITION,), node.body, self.setting):
                new = Differential(move.new)
                return Applied(rule, node, new, move.sentence, self.tidy(put(new)))
        return None

    def collected(self, tree: Node) -> tuple[Reason, ...] | None:
        """The lines from a differential to one product with dX at its end; None where that is not seen."""
        terms = Terms(self.setting, self.variable).read(tree)
        if terms is None:
            return None
        column = is_column(self.variable, self.setting)
        lines: list[Reason] = []
        for rule, sentence, change in _STEPS:
            terms = [change(term) for term in terms]
            new = self.tidy(add(term.about(self.variable, column) for term in terms))
            if new != (lines[-1].tree if lines else tree):
                lines.append(_line(rule, sentence, new))
        several = len(terms) > 1
        self.terms = self._like_terms(terms)
        whole = self.tidy(self._joined(column))
        if several and whole != lines[-1].tree if lines else several:
            lines.append(_line("collect", "What stands before the change is collected", whole))
        return tuple(lines)

    def _joined(self, column: bool) -> Node:
        """What stands before dX, collected, times dX."""
        factor, moved = add(term.factor() for term in self.terms), Differential(self.variable)
        product = Multiply((factor, moved), ("",)) if isinstance(factor, Divide) else mul([factor, moved])
        return product if column else trace_of(product)

    def _like_terms(self, terms: list[Term]) -> list[Term]:
        """The terms, those with the same matrices before dX put together."""
        kinds: dict[tuple[object, ...], list[Term]] = {}
        for term in terms:
            kinds.setdefault((term.left, term.fold and (term.fold.bindings, term.fold.condition)), []).append(
                term
            )
        read = monomials(self.setting).read
        merged: list[Term] = []
        for group in kinds.values():
            if len(group) == 1:
                merged += group
                continue
            scales = (read(neg(term.scale) if term.negative else term.scale) for term in group)
            for scale in (monomial.node() for monomial in collected(scales)):
                negative = isinstance(scale, Negative)
                bare = scale.body if isinstance(scale, Negative) else scale
                merged.append(Term(bare, group[0].left, (), False, negative, group[0].fold))
        return merged

    def gradient(self) -> tuple[Reason, ...]:
        """The lines of the gradient itself."""
        new = self.tidy(add(term.gradient() for term in self.terms))
        lines = [
            _line("gradient read off", "What stands before the change, transposed, is the gradient", new)
        ]
        best = min(self._factored(new), key=length, default=new)
        if length(best) < length(new):
            lines.append(_line("factor out", "What the terms have in common is written once", best))
        return tuple(lines)

    def _factored(self, node: Node) -> Iterator[Node]:
        """A sum with what some of its terms have in common, in front or at the end, written once."""
        terms = terms_of(node)
        for last in (True, False):
            split = [self._apart(term, last) for term in terms]
            kinds = [(end, is_number(rest, self.setting)) for rest, end in split]
            for kind in dict.fromkeys(kinds):
                same = [n for n, other in enumerate(kinds) if other == kind]
                if kind[0] is not None and len(same) > 1:
                    rest = [term for n, term in enumerate(terms) if n not in same]
                    yield self.tidy(add([_times([split[n][0] for n in same], kind[0], last), *rest]))

    def _apart(self, term: Node, last: bool) -> tuple[Node, Node | None]:
        """A term without its last factor, or its first that is no number, and that factor."""
        factors = factors_of(term.body if isinstance(term, Negative) else term)
        whole = [n for n, f in enumerate(factors) if not is_number(f, self.setting)]
        if len(whole) < 1 or len(factors) < len(("matrix", "vector")):
            return term, None
        n = whole[-1] if last else whole[0]
        rest = mul([*factors[:n], *factors[n + 1 :]])
        return (neg(rest) if isinstance(term, Negative) else rest), factors[n]


def _times(terms: list[Node], end: Node, last: bool) -> Node:
    """A sum times what its terms had in common; its sign in front where all have one."""
    negative = all(isinstance(term, Negative) for term in terms)
    bracket = add(neg(term) if negative else term for term in terms)
    whole = mul([bracket, end]) if last else mul([end, bracket])
    return neg(whole) if negative else whole


def _line(rule: str, sentence: str, tree: Node) -> Reason:
    return Reason(rule, f"{sentence}.", to_latex(tree), tree)


def _as_it_stands(term: Term) -> Term:
    return term


_STEPS = (
    ("expand", "The products are multiplied out, transposes and traces taken term by term", _as_it_stands),
    ("a number is its transpose", "A number, and a trace, is the same for the transpose", Term.straight),
    ("trace", "A trace stays the same when factors go from its end to its front", Term.last),
)
