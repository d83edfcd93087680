"""What typesets the parts of a node, and marks those that are to stand out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pminusy.proofread.syntax.tree import Node
from pminusy.report.mathml.elements import element

Handlers: TypeAlias = Mapping[type[Node], Callable[..., str]]


@dataclass(frozen=True)
class Show:
    """Typesets a node with the function for its kind.

    Attributes
    ----------
    handlers : dict of type to function
        Each is given a node and this object, for the parts of the node.
    marked : Node or None
        The node (the object itself) that gets the class `mark`.
    mark : str
    """

    handlers: Handlers
    marked: Node | None
    mark: str

    def __call__(self, node: Node) -> str:
        """Typeset a node."""
        return self.marking(node, self.handlers[type(node)](node, self))

    def marking(self, node: Node, text: str) -> str:
        """Mark what a node was typeset as, if it is the one."""
        return element("mrow", text, class_=self.mark) if node is self.marked else text
