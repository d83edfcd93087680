r"""Gradients by whole vectors and matrices: the differential as :math:`g^T dw` or :math:`\mathrm{tr}(G^T dX)`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pminusy.proofread.deriving.length import length
from pminusy.proofread.deriving.monomials import collected, monomials
from pminusy.proofread.rules.build import add, div, factors_of, mul, neg, terms_of
from pminusy.proofread.rules.chains import first_moves
from pminusy.proofread.rules.families import differentials, names
from pminusy.proofread.rules.families.differentials import is_column, is_number
from pminusy.proofread.rules.families.matrices import transposed
from pminusy.proofread.rules.moves import Applied
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.rule import Example, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Differential,
    Divide,
    Multiply,
    Negative,
    Node,
    Symbol,
    Transpose,
    map_children,
    walk,
)

MOST = 60


@dataclass(frozen=True)
class Term:
    """One term of a differential, a number: `scale` · left · dX · right, or that times the trace of the matrices.

    `turned` where it is the transpose of dX that stands there; `scale` has no sign, which is `negative`.
    """

    scale: Node
    left: tuple[Node, ...]
    right: tuple[Node, ...]
    turned: bool
    negative: bool

    def about(self, variable: Node, column: bool) -> Node:
        """The term as it stands."""
        moved: Node = Transpose(Differential(variable)) if self.turned else Differential(variable)
        inside = mul([*self.left, moved, *self.right])
        return self._scaled([inside if column else Call(Symbol("tr"), (inside,), opening="(")])

    def straight(self) -> Term:
        """The same with dX and not its transpose, since a number is its own transpose."""
        if not self.turned:
            return self
        left, right = (tuple(transposed(f) for f in reversed(side)) for side in (self.right, self.left))
        return replace(self, left=left, right=right, turned=False)

    def last(self) -> Term:
        """The same with dX at the end, which a trace allows."""
        return replace(self, left=(*self.right, *self.left), right=())

    def factor(self) -> Node:
        """What stands before dX."""
        return self._scaled(self.left)

    def gradient(self) -> Node:
        """The transpose of what stands before dX."""
        return self._scaled([transposed(f) for f in reversed(self.left)])

    def _scaled(self, factors: Sequence[Node]) -> Node:
        new = mul([self.scale, *factors])
        return neg(new) if self.negative else new


@dataclass(frozen=True)
class Gradients:
    """Derives the differential of a number, and reads the gradient off."""

    setting: Setting
    tidy: Tidy
    variable: Symbol

    def differential(self, top: Node) -> tuple[list[Applied], list[Term] | None]:
        """The lines from dL to what is linear in dX, and its terms; None for these where it does not come so far."""
        tree: Node = Differential(top)
        trail: list[Applied] = []
        for _ in range(MOST):
            applied = self._next(tree)
            if applied is None:
                break
            trail.append(applied)
            tree = applied.tree
        terms = self._terms(tree)
        return trail, terms

    def _next(self, tree: Node) -> Applied | None:
        for node, put in places(tree):
            if not isinstance(node, Differential):
                continue
            for rule, move in first_moves(differentials.RULES, node, self.setting):
                return Applied(rule, node, move.new, move.sentence, self.tidy(put(move.new)))
        for node, put in places(tree):
            if isinstance(node, Differential):
                for rule, move in first_moves((names.DEFINITION,), node.body, self.setting):
                    new = Differential(move.new)
                    return Applied(rule, node, new, move.sentence, self.tidy(put(new)))
        return None

    def collected(self, tree: Node, terms: list[Term]) -> list[Applied]:
        """The lines from there to one term."""
        column = is_column(self.variable, self.setting)
        trail: list[Applied] = []
        for rule, sentence, change in _STEPS:
            terms[:] = [change(term) for term in terms]
            new = self.tidy(add(term.about(self.variable, column) for term in terms))
            if new != (trail[-1].tree if trail else tree):
                trail.append(Applied(rule, tree, new, sentence, new))
        several = len(terms) > 1
        terms[:] = self._like_terms(terms)
        whole = _joined(add(term.factor() for term in terms), self.variable, column)
        if several:
            trail.append(Applied(COLLECT, tree, self.tidy(whole), _COLLECTED, self.tidy(whole)))
        return trail

    def _like_terms(self, terms: list[Term]) -> list[Term]:
        """The terms, those with the same matrices before dX put together."""
        kinds: dict[tuple[Node, ...], list[Term]] = {}
        for term in terms:
            kinds.setdefault(term.left, []).append(term)
        read = monomials(self.setting).read
        merged: list[Term] = []
        for left, group in kinds.items():
            scales = (read(neg(term.scale) if term.negative else term.scale) for term in group)
            for scale in (monomial.node() for monomial in collected(scales)):
                negative = isinstance(scale, Negative)
                merged.append(
                    Term(scale.body if isinstance(scale, Negative) else scale, left, (), False, negative)
                )
        return merged

    def gradient(self, terms: list[Term]) -> list[Applied]:
        """The lines of the gradient itself."""
        new = self.tidy(add(term.gradient() for term in terms))
        trail = [Applied(READ_OFF, new, new, _READ, new)]
        best = min(self._shorter(new), key=length, default=new)
        if length(best) < length(new):
            trail.append(Applied(COMMON, new, best, _COMMON, best))
        return trail

    def _shorter(self, node: Node) -> Iterator[Node]:
        """A sum with what its terms have in common, on one side, in front or at the end."""
        terms = terms_of(node)
        if len(terms) < 2:
            return
        for last in (True, False):
            yield from self._factored(terms, last)

    def _factored(self, terms: list[Node], last: bool) -> Iterator[Node]:
        split = [self._apart(term, last) for term in terms]
        for _, end in split:
            same = [n for n, (_, other) in enumerate(split) if other == end and end is not None]
            if len(same) > 1 and end is not None:
                bracket = add(split[n][0] for n in same)
                whole = mul([bracket, end]) if last else mul([end, bracket])
                rest = [term for n, term in enumerate(terms) if n not in same]
                yield self.tidy(add([whole, *rest]))

    def _apart(self, term: Node, last: bool) -> tuple[Node, Node | None]:
        """A term without its last factor, or its first that is no number, and that factor."""
        sign = isinstance(term, Negative)
        factors = factors_of(term.body if isinstance(term, Negative) else term)
        whole = [n for n, f in enumerate(factors) if not is_number(f, self.setting)]
        if len(whole) < 2:
            return term, None
        n = whole[-1] if last else whole[0]
        rest = mul([*factors[:n], *factors[n + 1 :]])
        return (neg(rest) if sign else rest), factors[n]

    # Terms

    def _terms(self, tree: Node) -> list[Term] | None:
        found: list[Term] = []
        for term in terms_of(self._expanded(tree)):
            read = self._read(term)
            if read is None:
                return None
            found.append(read)
        return found

    def _expanded(self, node: Node) -> Node:
        """Products and traces of sums with a differential in them, multiplied out."""
        node = map_children(node, self._expanded) if not isinstance(node, Differential) else node
        match node:
            case Multiply():
                for n, factor in enumerate(node.factors):
                    inner = factors_of(factor)
                    if isinstance(factor, Add) and _moving(factor):
                        before, after = node.factors[:n], node.factors[n + 1 :]
                        return self._expanded(add(mul([*before, term, *after]) for term in terms_of(factor)))
                    if isinstance(factor, Negative) and _moving(factor):
                        rest = [*node.factors[:n], factor.body, *node.factors[n + 1 :]]
                        return self._expanded(neg(mul(rest)))
                    if len(inner) > 1 and _moving(factor):
                        return self._expanded(mul([*node.factors[:n], *inner, *node.factors[n + 1 :]]))
            case Negative() if isinstance(node.body, Add):
                return add(terms_of(node))
            case Transpose() if _moving(node.body) and not isinstance(node.body, Differential):
                return self._expanded(_transposed(node.body))
            case Call() if node.function.name == "tr" and _moving(node):
                return add(_signed_trace(term, node) for term in terms_of(node.arguments[0]))
            case Divide() if isinstance(node.numerator, Add) and _moving(node.numerator):
                return add(div(term, node.denominator) for term in terms_of(node.numerator))
        return node

    def _read(self, term: Node) -> Term | None:
        negative = isinstance(term, Negative)
        term = term.body if isinstance(term, Negative) else term
        below: list[Node] = []
        if isinstance(term, Divide):
            below, term = factors_of(term.denominator), term.numerator
        factors = factors_of(term)
        traces = [f for f in factors if isinstance(f, Call) and f.function.name == "tr" and _moving(f)]
        outside: list[Node] = []
        if traces:
            outside = [f for f in factors if f is not traces[0]]
            inside = traces[0].arguments[0]
            negative ^= isinstance(inside, Negative)
            factors = factors_of(inside.body if isinstance(inside, Negative) else inside)
        places = [n for n, f in enumerate(factors) if _moving(f)]
        if len(places) != 1 or any(_moving(f) for f in (*outside, *below)):
            return None
        moved = factors[places[0]]
        turned = isinstance(moved, Transpose)
        if (moved.body if isinstance(moved, Transpose) else moved) != Differential(self.variable):
            return None
        left, right = factors[: places[0]], factors[places[0] + 1 :]
        return self._sorted(outside, below, left, right, turned, negative)

    def _sorted(
        self,
        outside: list[Node],
        below: list[Node],
        left: list[Node],
        right: list[Node],
        turned: bool,
        negative: bool,
    ) -> Term | None:
        """The term with numbers in front; of a vector, what follows the inner product with it is one."""
        setting = self.setting
        numbers = [f for f in (*left, *right) if setting.is_number(f)]
        left = [f for f in left if not setting.is_number(f)]
        right = [f for f in right if not setting.is_number(f)]
        if is_column(self.variable, setting):
            if turned and left:
                numbers, left = [*numbers, mul(left)], []
            elif not turned and right:
                numbers, right = [*numbers, mul(right)], []
            if not (right if turned else left):
                return None
        scale = monomials(setting).read(div(mul([*outside, *numbers]), mul(below))).node()
        if isinstance(scale, Negative):
            scale, negative = scale.body, not negative
        return Term(scale, tuple(left), tuple(right), turned, negative)


def _joined(factor: Node, variable: Node, column: bool) -> Node:
    whole = (
        mul([factor, Differential(variable)])
        if not isinstance(factor, Divide)
        else Multiply((factor, Differential(variable)), ("",))
    )
    return whole if column else Call(Symbol("tr"), (whole,), opening="(")


def _moving(node: Node) -> bool:
    return any(isinstance(each, Differential) for each in walk(node))


def _transposed(node: Node) -> Node:
    match node:
        case Add():
            return add(_transposed(term) for term in terms_of(node))
        case Negative():
            return neg(_transposed(node.body))
        case Multiply():
            return mul(_transposed(factor) for factor in reversed(factors_of(node)))
        case _:
            return transposed(node)


def _signed_trace(term: Node, trace: Call) -> Node:
    if isinstance(term, Negative):
        return neg(Call(trace.function, (term.body,), opening="("))
    return Call(trace.function, (term,), opening="(")


_COLLECTED = "What stands before the change is collected"
_READ = "What stands before the change, transposed, is the gradient"
_COMMON = "What the terms have in common is written once"
_SAME: Callable[[Term], Term] = lambda term: term  # noqa: E731
EXPAND = Rule("expand", "factor out", differentials.RULES[0].apply, Example("a (b + c)", "a b + a c"))
TURN = Rule(
    "a number is its transpose", "a number is its transpose", EXPAND.apply, Example("x^T A y", "y^T A^T x")
)
CYCLIC = Rule("trace", "trace", EXPAND.apply, Example(r"\mathrm{tr}(A B)", r"\mathrm{tr}(B A)"))
COLLECT = Rule("collect", "expand", EXPAND.apply, Example("a x + b x", "(a + b) x"))
READ_OFF = Rule(
    "gradient read off", "differential of the gradient", EXPAND.apply, Example("dL = g^T dx", "g")
)
COMMON = Rule("factor out", "expand", EXPAND.apply, Example("a b + a c", "a (b + c)"))
_STEPS = (
    (EXPAND, "The products are multiplied out, transposes and traces taken term by term", _SAME),
    (TURN, "A number, and a trace, is the same for the transpose", Term.straight),
    (CYCLIC, "A trace stays the same when factors go from its end to its front", Term.last),
)
