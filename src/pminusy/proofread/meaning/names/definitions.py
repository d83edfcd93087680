r"""Definitions: `p_j = …`, `f(x) = …`, `\sigma^2 = …`, and derivatives that are given of a quantity that is not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.chances import PROBABILITIES, base_name, is_conditioned
from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Branch,
    Call,
    Cases,
    Conjunction,
    Derivative,
    Group,
    Node,
    Norm,
    Number,
    Power,
    Symbol,
    Transpose,
    children,
    walk,
)

FUNCTIONS = frozenset(names.FUNCTIONS.values()) | {"!", "!!", "max", "min", "binom"}
SIGMOIDS = (r"\sigma", "sigmoid")
CONSTANTS = names.CONSTANTS
_ORDERS = frozenset(["O", "o", r"\mathcal{O}"])
ONES, IDENTITY, UNIT = r"\mathbf{1}", "I", "e"  # a vector of ones, the unit matrix, and unit vectors e_i

SQUARED = "²"  # marks the family of a symbol that is only known through its square

# A family and the indices of some of its entries: a number, or None for all values.
Entry: TypeAlias = tuple[str, tuple[int | None, ...]]


@dataclass(frozen=True)
class Meaning:
    r"""What a family is: `family(arguments)` with `parameters` as indices equals `body`.

    Where an argument is no name, as in `L(\mu, \sigma^2)`, there are no `arguments`, and `written` is what is there.
    """

    family: str
    parameters: tuple[str, ...]
    arguments: tuple[Symbol, ...]
    body: Node
    written: tuple[Node, ...] = ()

    def is_called_with(self, indices: tuple[Node, ...]) -> bool:
        r"""Whether a call with such indices means this, and not the function behind `\sigma_i = \sigma(z_i)`."""
        return bool(self.arguments or indices or not self.parameters)


@dataclass(frozen=True)
class Rule:
    r"""A given derivative of a family that has no definition: ∂family[rows]/∂variable[columns] = body.

    `condition` restricts the rule, as in `i \ne j`.
    """

    family: str
    rows: tuple[str, ...]
    variable: str
    columns: tuple[str, ...]
    body: Node
    condition: Node | None = None


def defined_by(left: Node, right: Node, families: Families) -> Meaning | None:
    """The definition that `left = right` is by its form; None where it can only be a claim, or holds up to an order."""
    terms = right.terms if isinstance(right, Add) else ()
    if any(isinstance(t, Call) and t.function.name in _ORDERS and len(t.arguments) == 1 for t in terms):
        return None
    while isinstance(left, Group):
        left = left.body
    arguments: tuple[Symbol, ...] = ()
    written: tuple[Node, ...] = ()
    if isinstance(left, Call) and not left.primes:
        if base_name(left.function.name) in FUNCTIONS:
            return _through_logarithm(left, right, families)
        if not all(isinstance(_base(argument), Symbol) for argument in left.arguments):
            return None
        arguments = tuple(argument for argument in left.arguments if isinstance(argument, Symbol))
        written = left.arguments if len(arguments) < len(left.arguments) else ()
        arguments = () if written else arguments
        left = left.function
    square = isinstance(left, Power) and left.exponent == Number("2")
    if isinstance(left, Power) and square:
        left = left.base
    bars = isinstance(left, Norm)
    if isinstance(left, Norm):
        left = left.body
    if not isinstance(left, Symbol) or bars:
        return None
    family, indices = families.resolve(left)
    if square:
        family += SQUARED
    parameters = tuple(index.name for index in indices if isinstance(index, Symbol) and not index.indices)
    if len(parameters) != len(indices) or len(set(parameters)) != len(parameters) or ":" in parameters:
        return None
    if _mentions(right, left, families, bool(arguments)):
        return None
    return Meaning(family, parameters, arguments, right, written)


def relates_probabilities(left: Node, right: Node, families: Families, defined: Collection[str]) -> bool:
    """Whether a probability is said to be made of others without formula, as by Bayes' rule: that is a claim."""
    if not isinstance(left, Call):
        return False
    letter = base_name(left.function.name)
    if not is_conditioned(left.function.name) and letter not in PROBABILITIES:
        return False
    calls = [n for n in walk(right) if isinstance(n, Call) and base_name(n.function.name) == letter]
    return bool(calls) and not all(families.resolve(n.function)[0] in defined for n in calls)


def _base(node: Node) -> Node:
    return node.base if isinstance(node, Power) else node


def _through_logarithm(left: Call, right: Node, families: Families) -> Meaning | None:
    r"""`\log B = …` defines B, if nothing else does."""
    if left.function.name not in ("log", "ln") or left.function.lower or len(left.arguments) != 1:
        return None
    meaning = defined_by(left.arguments[0], right, families)
    if meaning is None:
        return None
    body = Call(Symbol("exp"), (right,), span=right.span)
    return replace(meaning, body=body)


def _mentions(right: Node, left: Symbol, families: Families, applied: bool) -> bool:
    """Whether the right side contains the very thing that it would define, other than at another index."""
    family, indices = families.resolve(left)
    functions = {id(node.function) for node in walk(right) if isinstance(node, Call)} if indices else set()
    for node in main_symbols(right):
        if id(node) in functions and not node.indices:
            continue  # the function behind the family
        other, places = families.resolve(node)
        if other == family and (places == indices or not places) and not (applied and node.name in CONSTANTS):
            return True
    return False


def main_symbols(node: Node) -> Iterator[Symbol]:
    """Symbols that stand for quantities or functions, not as indices or limits."""
    if isinstance(node, Symbol):
        yield node
        for index in node.indices:
            if isinstance(index, Symbol) and index.indices:
                yield index
    elif not isinstance(node, Binding):
        for child in children(node):
            yield from main_symbols(child)


def given_derivative(left: Node, right: Node, families: Families, condition: Node | None) -> Rule | None:
    """The rule that `∂u_j/∂v_i = right` gives for a u without definition; None where it is of another form."""
    if not isinstance(left, Derivative) or len(left.variables) != 1:
        return None
    body, variable = _bare(left.body), _bare(left.variables[0])
    if not isinstance(body, Symbol) or not isinstance(variable, Symbol) or not variable.name:
        return None
    family, rows = families.resolve(body)
    against, columns = families.resolve(variable)
    if any(isinstance(node, Derivative) or _is_primed(node, family, families) for node in walk(right)):
        return None
    if not all(isinstance(index, Symbol) and not index.indices for index in rows + columns):
        return None
    names = [
        tuple(index.name for index in indices if isinstance(index, Symbol)) for indices in (rows, columns)
    ]
    return Rule(family, names[0], against, names[1], right, condition)


def _is_primed(node: Node, family: str, families: Families) -> bool:
    """Whether a node is a derivative of a family that is written with a prime."""
    return isinstance(node, Call) and node.primes > 0 and families.resolve(node.function)[0] == family


def _bare(node: Node) -> Node:
    while isinstance(node, Group | Transpose):
        node = node.body
    plain = isinstance(node, Call) and all(isinstance(_base(argument), Symbol) for argument in node.arguments)
    if isinstance(node, Call) and plain and node.function.name not in FUNCTIONS:
        return node.function
    return node


def by_cases(
    first: Meaning, first_condition: Node, second: Meaning, second_condition: Node | None
) -> Meaning:
    """Two definitions of one thing under different conditions, as one by cases."""
    branches = (
        first.body.branches if isinstance(first.body, Cases) else (Branch(first.body, first_condition),)
    )
    return Meaning(
        first.family,
        first.parameters,
        first.arguments,
        Cases((*branches, Branch(second.body, second_condition))),
    )


def own_variable(body: Node, definitions: dict[str, Meaning], families: Families) -> Node | None:
    r"""What `\nabla L` is taken by: the only argument of L, of an expression what some function is of on the page.

    None if that is not known.
    """
    while isinstance(body, Group | Derivative):
        body = body.body
    if isinstance(body, Call) and body.function.name not in FUNCTIONS:
        return body.arguments[0] if len(body.arguments) == 1 else None
    if not isinstance(body, Symbol):
        arguments = {m.arguments[0] for m in definitions.values() if len(m.arguments) == 1} & set(
            main_symbols(body)
        )
        return arguments.pop() if len(arguments) == 1 else None
    meaning = definitions.get(families.resolve(body)[0])
    return meaning.arguments[0] if meaning is not None and len(meaning.arguments) == 1 else None


def joined(conditions: list[Node]) -> Node | None:
    """Several conditions as one."""
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else Conjunction(tuple(conditions))
