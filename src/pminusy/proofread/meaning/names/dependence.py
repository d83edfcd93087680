"""What depends on what, by the definitions of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pminusy.proofread.meaning.names.definitions import FUNCTIONS, SQUARED, Meaning, main_symbols
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import Call, Derivative, Group, Node, Power, Symbol, Transpose, walk

Reach = dict[str, set[str]]


def reach(definitions: dict[str, Meaning], families: Families) -> Reach:
    """For each defined family, all families that it depends on."""
    direct = {
        family: {
            name + SQUARED if name + SQUARED in definitions and name not in definitions else name
            for name in (families.resolve(symbol)[0] for symbol in main_symbols(meaning.body))
        }
        for family, meaning in definitions.items()
    }
    return transitive(direct)


def transitive(direct: Reach) -> Reach:
    """For each family, all that it depends on, from what each depends on directly."""
    reached = {family: set(others) for family, others in direct.items()}
    grown = True
    while grown:
        grown = False
        for family, others in reached.items():
            more = set[str]().union(*(reached[other] for other in others if other in reached)) - others
            if more:
                reached[family] = others | more
                grown = True
    return reached


def differentiated(
    trees: Iterable[Node], families: Families, definitions: dict[str, Meaning]
) -> defaultdict[str, set[str]]:
    """For each family without definition that the page differentiates, the families that it is differentiated by.

    A function that has primes somewhere is no such quantity: of `f(g(x))`, it is known how it depends on x.
    """
    variables: defaultdict[str, set[str]] = defaultdict(set)
    nodes = [node for tree in trees for node in walk(tree)]
    primed = {families.resolve(n.function)[0] for n in nodes if isinstance(n, Call) and n.primes}
    for node in nodes:
        if not isinstance(node, Derivative) or (body := head(node.body)) is None:
            continue
        family = families.resolve(body)[0]
        if family in definitions or family + SQUARED in definitions:
            continue
        if family in primed and isinstance(bare(node.body), Call):
            continue
        for variable in node.variables:
            against = variable_of(variable, families, definitions)
            if against and against != family:
                variables[family].add(against)
    return variables


def variable_of(variable: Node, families: Families, definitions: dict[str, Meaning]) -> str:
    """The family that a derivative is taken by; empty if it is none."""
    symbol = head(variable)
    if symbol is None or not symbol.name:
        return ""
    family = families.resolve(symbol)[0]
    return family + SQUARED if isinstance(variable, Power) and family + SQUARED in definitions else family


def nearest(variables: set[str], reached: Reach) -> set[str]:
    """Of some families, those that none of the others depends on: what a quantity depends on directly."""
    above = set[str]().union(*(reached.get(name, set()) for name in variables))
    return variables - above


def head(node: Node) -> Symbol | None:
    """The symbol that a node is, brackets, transposes, powers and arguments taken off."""
    while isinstance(node, Group | Transpose):
        node = node.body
    if isinstance(node, Power) and node.base != Symbol("e"):
        node = node.base
    if isinstance(node, Call):
        node = node.function
    return node if isinstance(node, Symbol) and node.name not in FUNCTIONS else None
