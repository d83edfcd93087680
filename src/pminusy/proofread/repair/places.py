"""The places of a tree at which something can be edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
