"""What to ask about the indices in a step that fails."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.checking.ladder import with_definitions
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.readings.doubts.free import is_entry
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Component,
    Derivative,
    Node,
    Number,
    Symbol,
    has_derivative,
    walk,
)


def questions(left: Node, right: Node, model: Model) -> Iterator[str]:
    """What to ask about the indices in a step, if anything."""
    nodes = [node for side in (left, right) for node in walk(side)]
    if name := _index_and_argument(nodes, model):
        yield f"In the definition, is {name} an index or an argument?"
    if name := _sample_of_whole(nodes, model):
        yield f"Does the definition of {name} without a superscript hold for each of them?"
    if has_derivative(left, right) and (name := _entry_of_whole(left, right, model)):
        yield f"Does the definition of {name} without an index hold for each of them?"
    if name := _moves_through_time(nodes, model):
        yield f"Is the derivative of {name} the total one, or does it leave the earlier {name} fixed?"
    if name := _recurrent(nodes, model):
        yield f"How does the recursion of {name} begin, and up to which index does it go?"
    if any(_is_row_or_column(node, model) for node in nodes):
        yield "Does a single index of the matrix select a row or a column?"


def _index_and_argument(nodes: list[Node], model: Model) -> str:
    """An argument of a function that stands as an index in its definition, as x in `A(x, y) = a_{xx} x + a_{xy} y`."""
    for node in nodes:
        if isinstance(node, Call):
            meaning = model.definitions.get(model.families.resolve(node.function)[0])
            if meaning is not None:
                arguments = {a.name for a in meaning.arguments}
                functions = {id(n.function) for n in walk(meaning.body) if isinstance(n, Call)}
                indices = {
                    i.name
                    for s in main_symbols(meaning.body)
                    for i in s.indices
                    if isinstance(i, Symbol) and id(s) not in functions
                }
                if arguments & indices:
                    return min(arguments & indices)
    return ""


def _sample_of_whole(nodes: list[Node], model: Model) -> str:
    r"""A name with a superscript as index that is defined without one: of `z = w^T x`, the `z^{(i)}`."""
    for node in nodes:
        if isinstance(node, Symbol) and any(isinstance(index, Symbol) for index in node.upper):
            meaning = model.definitions.get(model.families.resolve(node)[0])
            if meaning is not None and not meaning.parameters and not meaning.arguments:
                return node.name
    return ""


def _entry_of_whole(left: Node, right: Node, model: Model) -> str:
    r"""A name with an index that is another quantity than the number of that name: z_i, where the page defines z."""
    derivatives = [n for side in (left, right) for n in walk(side) if isinstance(n, Derivative)]
    moving = {model.families.resolve(s)[0] for n in derivatives for v in n.variables for s in main_symbols(v)}
    for tree in with_definitions(model, (left, right)):
        for node in walk(tree):
            family = model.families.resolve(node)[0] if isinstance(node, Symbol) else ""
            split = family.endswith("·") and family not in model.definitions and family not in moving
            if split and family.rstrip("·") in model.definitions:
                return family.rstrip("·")
    return ""


def _recurrent(nodes: list[Node], model: Model) -> str:
    """A quantity defined by itself at other indices that stands at a neighbouring index, or at a number."""
    for node in nodes:
        if isinstance(node, Symbol) and any(isinstance(index, Add | Number) for index in node.indices):
            family = model.families.resolve(node)[0]
            if family in model.recursive:
                return to_latex(Symbol(node.name))
    return ""


def _moves_through_time(nodes: list[Node], model: Model) -> str:
    r"""A quantity defined by itself at an earlier index that is differentiated by what it is made of each time.

    Some pages write `\frac{\partial h_t}{\partial W}` for how h_t depends on W with h_{t-1} held fixed.
    """
    for node in nodes:
        if isinstance(node, Derivative) and isinstance(node.body, Symbol):
            family = model.families.resolve(node.body)[0]
            variables = {model.families.resolve(s)[0] for v in node.variables for s in main_symbols(v)}
            if family in model.recursive and family not in variables:
                return to_latex(Symbol(node.body.name))
    return ""


def _is_row_or_column(node: Node, model: Model) -> bool:
    r"""Whether a matrix in brackets has one index, as in `(X^\top)_j v`."""
    if not isinstance(node, Component) or len(node.indices) != 1:
        return False
    symbols = (s for s in main_symbols(node.body) if not is_entry(s, model))
    return any(model.rank(model.families.resolve(s)[0]) > 1 for s in symbols)
