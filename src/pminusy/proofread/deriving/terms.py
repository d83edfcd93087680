"""The terms of a differential that is a number: what stands around dX in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pminusy.proofread.deriving.monomials import Monomial, monomials
from pminusy.proofread.rules.build import add, div, factors_of, mul, neg, terms_of
from pminusy.proofread.rules.families.differentials import is_column, is_number, is_row
from pminusy.proofread.rules.families.matrices import transposed
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Differential,
    Divide,
    Fold,
    Multiply,
    Negative,
    Node,
    Symbol,
    Transpose,
    map_children,
    walk,
)


@dataclass(frozen=True)
class Term:
    """One term, a number: `scale` · left · dX · right, or that with the trace of the matrices, summed over `fold`.

    `turned` where it is the transpose of dX that stands there; `scale` has no sign, which is `negative`.
    """

    scale: Node
    left: tuple[Node, ...]
    right: tuple[Node, ...]
    turned: bool
    negative: bool
    fold: Fold | None = None

    def about(self, variable: Node, column: bool) -> Node:
        """The term as it stands."""
        moved: Node = Transpose(Differential(variable)) if self.turned else Differential(variable)
        inside = mul([*self.left, moved, *self.right])
        return self._scaled([inside if column else trace_of(inside)])

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
        new = new if self.fold is None else replace(self.fold, body=new)
        return neg(new) if self.negative else new


@dataclass(frozen=True)
class Terms:
    """Reads the terms of a differential."""

    setting: Setting
    variable: Symbol

    def read(self, tree: Node) -> list[Term] | None:
        """The terms; None where one has another differential in it, or dX in a place that no rule is for."""
        found: list[Term] = []
        for term in terms_of(self._expanded(tree)):
            read = self._term(term)
            if read is None:
                return None
            found.append(read)
        return found

    def scale_of(self, numbers: Sequence[Node], below: Sequence[Node] = ()) -> Node:
        """A product of numbers over others; products of a row and a column stay together."""
        read = monomials(self.setting).read
        whole = Monomial()
        for number in numbers:
            whole = whole.over(Monomial().over(read(number)))
        for number in below:
            whole = whole.over(read(number))
        return whole.node()

    def _expanded(self, node: Node) -> Node:
        """Products, sums and traces of sums with a differential in them, multiplied out."""
        if not moving(node) or isinstance(node, Differential):
            return node
        node = map_children(node, self._expanded)
        match node:
            case Multiply():
                return self._multiplied(node)
            case Negative() if isinstance(node.body, Add):
                return add(terms_of(node))
            case Transpose() if not isinstance(node.body, Differential):
                return self._expanded(_transposed(node.body))
            case Call() if node.function.name == "tr":
                return add(_with_sign(term, trace_of) for term in terms_of(node.arguments[0]))
            case Fold() if node.kind == "sum":
                fold = node
                return add(_with_sign(t, lambda body: replace(fold, body=body)) for t in terms_of(node.body))
            case Divide() if isinstance(node.numerator, Add):
                return add(div(term, node.denominator) for term in terms_of(node.numerator))
        return node

    def _multiplied(self, node: Multiply) -> Node:
        for n, factor in enumerate(node.factors):
            before, after = node.factors[:n], node.factors[n + 1 :]
            if isinstance(factor, Add) and moving(factor):
                return self._expanded(add(mul([*before, term, *after]) for term in terms_of(factor)))
            if isinstance(factor, Negative) and moving(factor):
                return self._expanded(neg(mul([*before, factor.body, *after])))
        return node

    def _term(self, term: Node) -> Term | None:
        if isinstance(term, Negative):
            read = self._term(term.body)
            return None if read is None else replace(read, negative=not read.negative)
        if isinstance(term, Fold):
            read = self._term(term.body) if term.kind == "sum" else None
            return None if read is None or read.fold is not None else replace(read, fold=term)
        below: list[Node] = []
        if isinstance(term, Divide):
            below, term = [term.denominator], term.numerator
        factors = factors_of(term)
        traces = [f for f in factors if isinstance(f, Call) and f.function.name == "tr" and moving(f)]
        outside = [f for f in factors if traces and f is not traces[0]]
        inside = traces[0].arguments[0] if traces else term
        negative = isinstance(inside, Negative)
        factors = factors_of(inside.body if isinstance(inside, Negative) else inside)
        places = [n for n, f in enumerate(factors) if moving(f)]
        if len(places) != 1 or any(map(moving, (*outside, *below))):
            return None
        moved = factors[places[0]]
        if (moved.body if isinstance(moved, Transpose) else moved) != Differential(self.variable):
            return None
        return self._around(factors, places[0], outside, below, negative)

    def _around(
        self, factors: list[Node], place: int, outside: list[Node], below: list[Node], negative: bool
    ) -> Term | None:
        """The term with its numbers in front, the products of a row and a column beside dX among them."""
        turned = isinstance(factors[place], Transpose)
        own = factors[place]
        groups = self._groups([f for f in factors if f is own or not is_number(f, self.setting)])
        group = next(each for each in groups if any(f is own for f in each))
        at = next(n for n, f in enumerate(group) if f is own)
        left, right = tuple(group[:at]), tuple(group[at + 1 :])
        if is_column(self.variable, self.setting) and (left if turned else right or not left):
            return None
        numbers = [f for f in factors if f is not own and is_number(f, self.setting)]
        numbers += [mul(each) for each in groups if each is not group]
        scale = self.scale_of([*outside, *numbers], below)
        if isinstance(scale, Negative):
            scale, negative = scale.body, not negative
        return Term(scale, left, right, turned, negative)

    def _groups(self, factors: list[Node]) -> list[list[Node]]:
        """Factors as products of a row and a column each, where dX is a vector; all together for a matrix."""
        if not is_column(self.variable, self.setting):
            return [factors]
        groups = [factors[:1]]
        for one, other in pairwise(factors):
            if is_column(one, self.setting) and is_row(other, self.setting):
                groups.append([other])
            else:
                groups[-1].append(other)
        return groups


def trace_of(body: Node) -> Node:
    """The trace."""
    return Call(Symbol("tr"), (body,), opening="(")


def moving(node: Node) -> bool:
    """Whether there is a differential in an expression."""
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


def _with_sign(term: Node, around) -> Node:  # type: ignore[no-untyped-def]
    return neg(around(term.body)) if isinstance(term, Negative) else around(term)
