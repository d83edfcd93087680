r"""Names that are derivatives of others: `y'` and `y''` beside y, `\dot{u}` beside u, `f_{xy}` beside f(x, y)."""

from __future__ import annotations

from collections.abc import Mapping

from pminusy.proofread.meaning.names.definitions import CONSTANTS, FUNCTIONS, Meaning, main_symbols
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.syntax.tree import Call, Derivative, Multiply, Node, Symbol

_DOTS = {r"\dot{": 1, r"\ddot{": 2}
_TIME, _USUAL = "t", ("x", "t")


def as_derivative(node: Node, definitions: Mapping[str, Meaning], families: Families) -> Derivative | None:
    r"""The derivative that a primed or dotted name stands for; None where the page does not say by what.

    It is by the argument of the function, by the only plain name in its definition, or by x (primes) or t (dots) there.
    """
    symbol = node.function if isinstance(node, Call) else node
    if isinstance(symbol, Symbol) and symbol.lower and not symbol.upper:
        return _by_subscript(node, symbol, definitions, families)
    if not isinstance(symbol, Symbol) or not (order := _order(symbol.name)):
        return None
    base = Symbol(_base(symbol.name), symbol.lower, symbol.upper)
    meaning = definitions.get(families.resolve(base)[0])
    if meaning is None:
        return None
    variable = _variable(meaning, symbol.name.startswith("\\"), families)
    if variable is None or (isinstance(node, Call) and node.arguments != (variable,)):
        return None
    body = Call(base, node.arguments) if isinstance(node, Call) else base
    return Derivative(body, (variable,) * order, span=node.span)


def _by_subscript(
    node: Node, symbol: Symbol, definitions: Mapping[str, Meaning], families: Families
) -> Derivative | None:
    """The partial derivative that `f_x` or `f_{xy}` is where f is a function of several variables, these among them."""
    base = Symbol(symbol.name)
    meaning = definitions.get(families.resolve(base)[0])
    if meaning is None or len(meaning.arguments) < 2:
        return None
    variables = tuple(part for index in symbol.lower for part in _factors(index))
    if not variables or not set(variables) <= set(meaning.arguments):
        return None
    arguments = node.arguments if isinstance(node, Call) else meaning.arguments
    if arguments != meaning.arguments:
        return None
    return Derivative(Call(base, arguments), variables, span=node.span)


def _factors(node: Node) -> tuple[Node, ...]:
    return node.factors if isinstance(node, Multiply) else (node,)


def _order(name: str) -> int:
    return next((n for dots, n in _DOTS.items() if name.startswith(dots)), len(name) - len(name.rstrip("'")))


def _base(name: str) -> str:
    return next((name[len(dots) : -1] for dots in _DOTS if name.startswith(dots)), name.rstrip("'"))


def _variable(meaning: Meaning, dotted: bool, families: Families) -> Symbol | None:
    if meaning.arguments:
        return meaning.arguments[0] if len(meaning.arguments) == 1 else None
    plain = {
        symbol.name
        for symbol in main_symbols(meaning.body)
        if not symbol.indices and symbol.name not in families.letters | CONSTANTS | FUNCTIONS
    }
    if dotted:
        return Symbol(_TIME) if _TIME in plain else None
    if len(plain) == 1:
        return Symbol(min(plain))
    return next((Symbol(name) for name in _USUAL if name in plain), None)
