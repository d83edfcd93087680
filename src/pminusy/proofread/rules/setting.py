"""What rules may know about the page: names, definitions, assumptions, and what earlier lines say."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pminusy.proofread.checking.environment import Layout
from pminusy.proofread.checking.functions import FUNCTIONS
from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import SQUARED, main_symbols
from pminusy.proofread.meaning.names.dependence import reach
from pminusy.proofread.syntax.tree import (
    Call,
    Component,
    Delta,
    Derivative,
    Indicator,
    Inner,
    Matrix,
    Node,
    Norm,
    Number,
    Symbol,
    Transpose,
    children,
    walk,
)

WHOLE = frozenset(["softmax", "diag", r"\sigma", "E", r"\mathbb{E}"])
SCALAR_VALUED = frozenset(["tr", "det", "logsumexp", "KL", "Var", "dim", "max", "min"])


@dataclass(frozen=True)
class Known:
    """An equation of an earlier line that holds, under the assumption if there is one."""

    line: int
    left: Node
    right: Node


@dataclass(frozen=True)
class Setting:
    """The surroundings of a step.

    Attributes
    ----------
    condition : Node or None
        What restricts the indices, such as i ≠ k.
    assumptions : tuple of Assumption
        Those under which the step holds.
    lines : dict of str to int
        For each family that the page defines, the line.
    known : tuple of Known
        What earlier lines say, the nearest last.
    equations : tuple of Known
        The same with the definitions of earlier lines.
    stands_alone : bool
        Whether the step is an equation of its own, and not one of a chain.
    """

    model: Model
    condition: Node | None = None
    assumptions: tuple[Assumption, ...] = ()
    layout: Layout = field(default_factory=Layout)
    lines: dict[str, int] = field(default_factory=dict)
    known: tuple[Known, ...] = ()
    equations: tuple[Known, ...] = ()
    stands_alone: bool = False

    @cached_property
    def _reach(self) -> dict[str, set[str]]:
        return reach(self.model.definitions, self.model.families)

    @cached_property
    def _depends(self) -> dict[tuple[int, str], tuple[Node, bool]]:
        return {}

    @cached_property
    def memory(self) -> dict[str, Any]:
        """What those who work in this setting keep for the next time."""
        return {}

    @cached_property
    def _scalars(self) -> dict[int, tuple[Node, bool]]:
        return {}

    def reached(self, family: str) -> set[str]:
        """The families that a defined one depends on."""
        return self._reach.get(family, set())

    def family(self, symbol: Symbol) -> str:
        """The family that a symbol belongs to."""
        return self.model.families.resolve(symbol)[0]

    def indices(self, symbol: Symbol) -> tuple[Node, ...]:
        """Its indices."""
        return self.model.families.resolve(symbol)[1]

    def depends(self, node: Node, family: str) -> bool:
        """Whether an expression moves with a family, by the definitions of the page."""
        key = (id(node), family)
        if key not in self._depends:
            self._depends[key] = (node, self._moves(node, family))
        return self._depends[key][1]

    def _moves(self, node: Node, family: str) -> bool:
        for symbol in main_symbols(node):
            name = self.family(symbol)
            if name == family or name + SQUARED == family:
                return True
            if name in self.model.opaque and self._may_move(name, family):
                return True
            if family in self._reach.get(name, ()) or family in self._reach.get(name + SQUARED, ()):
                return True
        return False

    def _may_move(self, name: str, family: str) -> bool:
        """Whether something that the page does not define may move with a family."""
        if name in self.model.beside(family):
            return False
        sinks = self.model.sinks.get(name)
        if sinks is None:
            return True
        return family in sinks or any(family in self.reached(sink) for sink in sinks)

    def is_scalar(self, node: Node) -> bool:
        """Whether a factor may be moved among others: on a page without whole vectors, each."""
        if id(node) not in self._scalars:
            self._scalars[id(node)] = (node, self._is_scalar(node))
        return self._scalars[id(node)][1]

    @cached_property
    def _has_vectors(self) -> bool:
        """Whether vectors or matrices stand somewhere as wholes, so that the order of factors matters."""
        return any(map(self._is_of_vectors, (node for tree in self.model.trees for node in walk(tree))))

    def _is_of_vectors(self, node: Node) -> bool:
        if isinstance(node, Transpose | Inner | Matrix) or (isinstance(node, Norm) and node.bar != "|"):
            return True
        if isinstance(node, Derivative) and node.form == "nabla":
            return True
        if isinstance(node, Symbol):
            family, indices = self.model.families.resolve(node)
            return family in self.model.special or self.model.axis_count(family) > len(indices) + 1
        return False

    def _is_scalar(self, node: Node) -> bool:
        return not self._has_vectors or self.is_number(node)

    def is_number(self, node: Node) -> bool:
        """Whether no vector or matrix stands in an expression as a whole but inside of what makes a number of it."""
        if isinstance(node, Number | Norm | Inner | Component | Delta | Indicator):
            return True
        if isinstance(node, Symbol):
            family, indices = self.model.families.resolve(node)
            if not indices and (self.model.is_letter(family) or family in self.model.sizes):
                return True
            return family not in self.model.special and self.model.axis_count(family) <= len(indices)
        if isinstance(node, Call):
            if node.function.name in SCALAR_VALUED:
                return True
            family = self.family(node.function)
            own = self.model.definitions.get(family)
            if own is not None and own.is_called_with(self.indices(node.function)):
                return self.model.axis_count(family) <= len(self.indices(node.function))
            entrywise = node.function.name in FUNCTIONS or node.function.name in WHOLE
            return not entrywise or all(map(self.is_number, node.arguments))
        if isinstance(node, Derivative):
            return self.is_number(node.body) and all(map(self.is_number, node.variables))
        if isinstance(node, Transpose):
            return self.is_number(node.body)
        return all(map(self.is_number, children(node)))
