"""The names in an expression that the page leaves free."""

from __future__ import annotations

from pminusy.proofread.checking.functions import elementwise
from pminusy.proofread.checking.ladder import reached_families, with_definitions
from pminusy.proofread.meaning.lines.chance import distribution_letter
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import FUNCTIONS, SIGMOIDS, main_symbols
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.chances import is_expectation
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Between,
    Binding,
    Call,
    Integral,
    Limit,
    Negative,
    Node,
    Norm,
    Number,
    Symbol,
    is_literal,
    walk,
)

OWN_LETTER = "·"  # of names that no page has
KNOWN_WORDS = names.LOSS_NAMES | frozenset(names.FUNCTIONS) | FUNCTIONS


def symbols_in(*sides: Node) -> list[Symbol]:
    """The symbols in some expressions, those in indices included."""
    return [node for side in sides for node in walk(side) if isinstance(node, Symbol)]


def bound(node: Node) -> frozenset[str]:
    """The names that integrals, sums and the like inside an expression run over."""
    found = {n.variable.name for n in walk(node) if isinstance(n, Integral | Limit)}
    found |= {n.variable.name for n in walk(node) if isinstance(n, Between) and n.variable is not None}
    found |= {n.order.name for n in walk(node) if isinstance(n, Norm) and isinstance(n.order, Symbol)}
    return frozenset(found | {n.index.name for n in walk(node) if isinstance(n, Binding)})


def free_names(node: Node, model: Model) -> frozenset[str]:
    """The names that an expression is made of and the page leaves free."""
    return frozenset(
        family
        for family in reached_families(model, (node,))
        if family not in model.definitions
        and not family.endswith("²")
        and family not in FUNCTIONS
        and not model.is_letter(family)
        and family + "²" not in model.definitions
        and family not in model.sizes
        and family not in names.CONSTANTS | {"", ":", r"\infty"} | model.special
        and not family.startswith(OWN_LETTER)
        and family not in bound(node)
    )


def written(node: Node, model: Model) -> frozenset[str]:
    """The free names that are written in an expression, those of its definitions left out."""
    written = {model.families.resolve(symbol)[0] for symbol in main_symbols(node)}
    called = {model.families.resolve(n.function)[0] for n in walk(node) if isinstance(n, Call)}
    return free_names(node, model) & (written - called)


def is_entry(symbol: Symbol, model: Model) -> bool:
    """Whether a symbol stands with all its indices, so that it is a number."""
    family, indices = model.families.resolve(symbol)
    return len(indices) >= model.axis_count(family) and Symbol(":") not in indices


def undefined_functions(node: Node, model: Model) -> frozenset[str]:
    """Functions in an expression and its definitions that are neither known nor defined on the page."""
    return frozenset(
        to_latex(Symbol(n.function.name))
        for tree in with_definitions(model, (node,))
        for n in walk(tree)
        if isinstance(n, Call)
        and n.function.name not in FUNCTIONS | KNOWN_WORDS
        and not is_expectation(n.function.name)
        and distribution_letter(n.function.name) not in model.distributions
        and elementwise(model.known_as(n.function.name)) is None
        and n.function.name not in SIGMOIDS
        and not _takes(model, n)
    )


def _takes(model: Model, node: Call) -> bool:
    """Whether the page defines a function of so many arguments."""
    meaning = model.definitions.get(model.families.resolve(node.function)[0])
    return (
        meaning is not None
        and len(meaning.arguments) in (0, len(node.arguments))
        and (bool(meaning.arguments) or not meaning.parameters)
    )


def integrated_over(left: Node, right: Node) -> frozenset[str]:
    r"""Names that `[F]_a^b` has from the integral on the other side, and constants beside an antiderivative."""
    sides = (left, right)
    found: set[str] = set()
    bars = [n for side in sides for n in walk(side) if isinstance(n, Between) and n.variable is None]
    if bars:
        found |= {n.variable.name for side in sides for n in walk(side) if isinstance(n, Integral)}
    for bar in bars:
        inside = {s.name for s in main_symbols(bar.body) if not is_literal(s)} - FUNCTIONS
        found |= inside if len(inside) == 1 else set()
    if any(isinstance(side, Integral) and side.low is None for side in sides):
        found |= {side.variable.name for side in sides if isinstance(side, Integral)}
        terms = [term for side in sides if isinstance(side, Add) for term in side.terms]
        found |= {term.name for term in terms if isinstance(term, Symbol)}
    return frozenset(found)


def entries(node: Node, model: Model) -> frozenset[str]:
    """Entries at a number, such as y_0, of quantities that the page leaves free or defines step by step."""
    found = set()
    for symbol in main_symbols(node):
        family, indices = model.families.resolve(symbol)
        if any(isinstance(i, Number | Negative) for i in indices):
            meaning = model.definitions.get(family)
            if meaning is None or not meaning.parameters or family in model.recursive:
                found.add(to_latex(symbol))
    return frozenset(found)
