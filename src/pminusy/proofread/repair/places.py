"""The places of a tree at which something can be edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pminusy.proofread.repair.slips import Slip
from pminusy.proofread.syntax.tree import (
    Add,
    Between,
    Binding,
    Branch,
    Call,
    Cases,
    Component,
    Conjunction,
    Delta,
    Derivative,
    Divide,
    Fold,
    Group,
    Indicator,
    Integral,
    Matrix,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Relation,
    Symbol,
    Transpose,
)

TIGHT = (Symbol, Number, Group, Call, Divide, Power, Transpose, Delta, Indicator, Norm, Derivative, Component)


@dataclass(frozen=True)
class Place:
    """A node that has a value, what it stands in (nearest last), and the letters that sums around it bind."""

    node: Node
    above: tuple[Node, ...] = ()
    bound: tuple[str, ...] = ()

    @property
    def parent(self) -> Node | None:
        """What the node stands in directly."""
        return self.above[-1] if self.above else None

    @property
    def is_term(self) -> bool:
        """Whether a factor put before this node belongs to a whole term."""
        if isinstance(self.parent, Power):
            return self.parent.exponent is self.node and not isinstance(self.node, Number)
        inside = Multiply | Group | Transpose | Component | Norm | Derivative
        return not isinstance(self.node, Negative) and not isinstance(self.parent, inside)


@dataclass(frozen=True)
class Edit:
    """Put `new` where `old` stands, a node of the tree; `size` is its cost beyond that of the slip.

    `fits` where it was solved for, so that it is right, but no slip is known that explains it.
    """

    old: Node
    new: Node
    slip: Slip
    size: float = 0.0
    fits: bool = False

    @property
    def cost(self) -> float:
        """What it is ranked by: the lower the likelier."""
        return self.slip.cost + self.size


@dataclass(frozen=True)
class Repair:
    """Edits that make the step true together, the right side that they lead to, and what it rests on."""

    edits: tuple[Edit, ...]
    tree: Node
    assumption: str | None = None

    @property
    def fits(self) -> bool:
        """Whether no slip explains it."""
        return any(edit.fits for edit in self.edits)


def places(node: Node, above: tuple[Node, ...] = (), bound: tuple[str, ...] = ()) -> Iterator[Place]:
    """All places of a tree, parents first; indices, bindings and conditions are none."""
    yield Place(node, above, bound)
    inner = bound
    if isinstance(node, Integral):
        inner = (*bound, node.variable.name)
    if isinstance(node, Fold):
        inner = (*bound, *(binding.index.name for binding in node.bindings))
    for child in parts(node):
        yield from places(child, (*above, node), inner)


def parts(node: Node) -> tuple[Node, ...]:
    """The nodes under this one that have a value: no indices, bindings or conditions."""
    match node:
        case Add():
            return node.terms
        case Multiply():
            return node.factors
        case Divide():
            return (node.numerator, node.denominator)
        case Power():
            return (node.base, node.exponent)
        case Call():
            return node.arguments
        case Cases():
            return tuple(branch.value for branch in node.branches)
        case Matrix():
            return tuple(entry for row in node.rows for entry in row)
        case Integral() | Between():
            limits = (node.low, node.high)
            return (node.body, *(limit for limit in limits if limit is not None))
        case Negative() | Group() | Transpose() | Fold() | Norm() | Component() | Derivative():
            return (node.body,)
        case Symbol() | Number() | Delta() | Indicator() | Binding() | Branch() | Relation() | Conjunction():
            return ()
        case _:
            return ()


def bare(node: Node) -> Node:
    """The node without the parentheses around it."""
    return bare(node.body) if isinstance(node, Group) else node


def grouped(node: Node) -> Node:
    """In parentheses, where a product needs them."""
    return node if isinstance(node, TIGHT) else Group(node)


def product(*factors: Node) -> Node:
    """The product, without factors of 1 and in one level."""
    flat: list[Node] = []
    for factor in factors:
        if factor == Number("1"):
            continue
        flat.extend(factor.factors if isinstance(factor, Multiply) else (factor,))
    if not flat:
        return Number("1")
    tight = [f if _may_stand(f, f is flat[-1]) else Group(f) for f in flat]
    return tight[0] if len(tight) == 1 else Multiply(tuple(tight), ("",) * (len(tight) - 1))


def _may_stand(factor: Node, last: bool) -> bool:
    r"""Whether a factor needs no parentheses: `\log p` and sums reach on, so they may stand last only."""
    if isinstance(factor, Fold) or (isinstance(factor, Call) and not factor.opening):
        return last
    return isinstance(factor, TIGHT)


def without(node: Multiply, n: int) -> Node:
    """The product without its nth factor."""
    factors = node.factors[:n] + node.factors[n + 1 :]
    if len(factors) == 1:
        return factors[0]
    signs = node.signs[: max(n - 1, 0)] + node.signs[max(n, 1) :] if n else node.signs[1:]
    return Multiply(factors, signs)


def negated(node: Node) -> Node:
    """Minus the node; a minus that stands in it, before a factor or above a fraction, goes instead."""
    if isinstance(node, Negative):
        return node.body
    if isinstance(node, Number) and node.text.startswith("-"):
        return Number(node.text[1:])
    if isinstance(node, Divide) and _has_sign(node.numerator):
        return replace(node, numerator=negated(bare(node.numerator)))
    if isinstance(node, Multiply):
        for n, factor in enumerate(node.factors):
            if _has_sign(factor):
                positive = negated(bare(factor))
                if positive == Number("1"):
                    return without(node, n)
                return replace(node, factors=(*node.factors[:n], grouped(positive), *node.factors[n + 1 :]))
    return Negative(Group(node) if isinstance(node, Add) else node)


def _has_sign(node: Node) -> bool:
    """Whether a minus can be taken from an expression."""
    node = bare(node)
    if isinstance(node, Divide):
        return _has_sign(node.numerator)
    if isinstance(node, Multiply):
        return any(map(_has_sign, node.factors))
    return isinstance(node, Negative) or (isinstance(node, Number) and node.text.startswith("-"))
