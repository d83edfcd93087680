r"""Readings in which names are the moments that they usually are: $\mu_X$ the mean of X, $\sigma_X$ its deviation.

With two quantities, $\sigma_{XY}$ and $\Sigma_{XY}$ are the covariance, and $\rho_{XY}$ and $r_{XY}$ the correlation.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.readings.contexts import defines
from pminusy.proofread.source.page import Page
from pminusy.proofread.syntax.tree import Call, Divide, Multiply, Node, Symbol, walk

_NAME = re.compile(r"(\\?[A-Za-z]+)_\{([A-Za-z]+)\}(?:_\{([A-Za-z]+)\})?")
_CORRELATIONS = (r"\rho", "r")


def with_customary_moments(view: View, page: Page) -> View | None:
    """The reading with moments for the names that no line of the page defines; None where there are none."""
    model = view.model
    if not model.random:
        return None
    symbols = {n for tree in model.trees for n in walk(tree) if isinstance(n, Symbol)}
    known = {model.families.resolve(symbol)[0] for symbol in symbols if defines(page, symbol)}
    free = sorted(model.shapes.ranks.keys() - model.definitions.keys() - known - model.random)
    found = {family: meaning for family in free if (meaning := _moment(family, model)) is not None}
    if not found:
        return None
    choice = f"{' and '.join(found)} read as the moments of these quantities"
    covariances = any(_is_covariance(node) for meaning in found.values() for node in walk(meaning.body))
    changed = replace(model.given(found), dependent=model.dependent or covariances)
    return replace(view, model=changed, choices=(*view.choices, choice))


def _is_covariance(node: Node) -> bool:
    return isinstance(node, Call) and node.function.name == "Cov"


def _moment(family: str, model: Model) -> Meaning | None:
    """What a name with one or two random quantities below it stands for."""
    parts = _NAME.fullmatch(family)
    quantities = None if parts is None else _quantities(parts[2], parts[3] or "", model)
    body = None if parts is None or not quantities else _body(parts[1], quantities)
    if parts is None or not quantities or body is None:
        return None
    rank = model.rank(quantities[0].name)
    fits = model.rank(family) == {r"\mu": rank, r"\Sigma": 2 * rank}.get(parts[1], 0)
    return Meaning(family, (), (), body) if fits else None


def _quantities(one: str, other: str, model: Model) -> list[Symbol]:
    """The random quantities that are named below a letter, as X and Y in ρ_{XY}; empty where others are."""
    names = [name for name in (one, other) if name]
    if len(names) == 1 and len(one) == 2 and _random(one, model) is None:
        names = [*one]
    found = [symbol for name in names if (symbol := _random(name, model)) is not None]
    return found if len(found) == len(names) else []


def _random(name: str, model: Model) -> Symbol | None:
    """The random quantity that is meant by a name, be it written small or large."""
    if name in model.random:
        return Symbol(name)
    other = name.swapcase()
    return Symbol(other) if other in model.random and name not in model.shapes.ranks else None


def _body(letter: str, quantities: list[Symbol]) -> Node | None:
    first, last = quantities[0], quantities[-1]
    if letter == r"\mu" and len(quantities) == 1:
        return Call(Symbol(r"\mathbb{E}"), (first,), opening="[", closing="]")
    if letter == r"\Sigma" or (letter == r"\sigma" and len(quantities) == 2):
        return _covariance(first, last)
    if letter == r"\sigma":
        return _deviation(first)
    if letter in _CORRELATIONS and len(quantities) == 2:
        scales = Multiply((_deviation(first), _deviation(last)), ("",))
        return Divide(_covariance(first, last), scales)
    return None


def _covariance(one: Symbol, other: Symbol) -> Call:
    return Call(Symbol("Cov"), (one, other), opening="(", closing=")")


def _deviation(quantity: Symbol) -> Call:
    variance = Call(Symbol("Var"), (quantity,), opening="(", closing=")")
    return Call(Symbol("sqrt"), (variance,), opening="(", closing=")")
