"""The assumptions worth trying on a step that does not hold as it stands, weakest first."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.meaning.lines.chance import is_of_inequalities
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.syntax.chances import written_out
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Fold,
    Integral,
    Multiply,
    Node,
    Number,
    Power,
    Symbol,
    walk,
)

TARGET_NAMES = frozenset(["y", "t", "Y", "T"])


def ladder(
    model: Model, left: Node, right: Node, stated: tuple[Assumption, ...]
) -> Iterator[tuple[Assumption, ...]]:
    """Assumptions on what two sides depend on: stated, Σy = 1, one-hot, y² = 1, symmetric, positive, all stated."""
    reached = reached_families(model, (left, right))
    tried: set[tuple[Assumption, ...]] = set()

    def fresh(*assumptions: Assumption) -> Iterator[tuple[Assumption, ...]]:
        fitting = all(a.family in reached and _fits(a, model) for a in assumptions)
        if assumptions and assumptions not in tried and fitting:
            tried.add(assumptions)
            yield assumptions

    counted = _counted(model, (left, right))
    weights = [name for name in sorted(reached) if _is_target(name, model) and name not in counted]
    sums = [Assumption("sum", name, (1.0,)) for name in weights]
    for assumption in stated:
        if assumption.kind == "sum":
            yield from fresh(assumption)
    for assumption in sums:
        yield from fresh(assumption)
    for assumption in stated:
        yield from fresh(assumption)
    for name in weights:
        yield from fresh(Assumption("one-hot", name))
    for name in _multiplied_by_itself(model, (left, right)):
        yield from fresh(Assumption("values", name, (-1.0, 1.0)))
    for name in sorted(reached):
        if _is_square_matrix(name, model):
            yield from fresh(Assumption("symmetric", name))
    for name in _signless(model, with_definitions(model, (left, right))):
        yield from fresh(Assumption("nonnegative", name))
    in_events = [Assumption("nonnegative", name) for name in _in_events(model, (left, right))]
    for assumption in in_events:
        yield from fresh(assumption)
    yield from fresh(*(a for a in stated if a.family in reached and _fits(a, model)))


def _counted(model: Model, sides: tuple[Node, ...]) -> set[str]:
    """Families of whose entries a factorial is taken: they count something, and are no probabilities."""
    calls = [n for tree in with_definitions(model, sides) for n in walk(tree) if isinstance(n, Call)]
    inside = [a for call in calls if call.function.name == "!" for a in call.arguments]
    return {model.families.resolve(n)[0] for a in inside for n in walk(a) if isinstance(n, Symbol)}


def _multiplied_by_itself(model: Model, sides: tuple[Node, ...]) -> list[str]:
    r"""Targets that a product has twice, on one side only: labels −1 and 1, maybe, of which the square is 1."""
    twice = []
    for side in sides:
        products = [
            [f for f in n.factors if isinstance(f, Symbol)] for n in walk(side) if isinstance(n, Multiply)
        ]
        found = {s.name for factors in products for s in factors if factors.count(s) > 1}
        found |= {n.base.name for n in walk(side) if isinstance(n, Power) and isinstance(n.base, Symbol)}
        twice.append(found & TARGET_NAMES)
    moving = {v.name for tree in model.trees for v in _moving(tree) if isinstance(v, Symbol)}
    return sorted((twice[0] ^ twice[1]) - model.definitions.keys() - moving)


def _moving(tree: Node) -> Iterator[Node]:
    """What an expression differentiates or integrates by."""
    for node in walk(tree):
        if isinstance(node, Derivative):
            yield from node.variables
        elif isinstance(node, Integral):
            yield node.variable


def _signless(model: Model, sides: tuple[Node, ...]) -> list[str]:
    r"""Free numbers that stand in an even power, and are positive if that has a root: `\sqrt{\sigma^2} = \sigma`."""
    even = (n.base for side in sides for n in walk(side) if isinstance(n, Power) and _is_even(n.exponent))
    found = {model.families.resolve(base)[0] for base in even if isinstance(base, Symbol)}
    known = model.definitions.keys() | model.positive | model.integers
    return sorted(name for name in found - known if model.rank(name) == 0)


def _in_events(model: Model, sides: tuple[Node, ...]) -> list[str]:
    r"""Free numbers in events such as `P(a X \ge a t)`, whose order is the same only for a positive a."""
    calls = [
        node for side in sides for node in walk(side) if isinstance(node, Call) and is_of_inequalities(node)
    ]
    written = [side for c in calls for both in written_out(c.function.name, c.arguments) for side in both]
    found = reached_families(model, tuple(written))
    known = model.definitions.keys() | model.positive | model.random | model.integers
    return sorted(name for name in found - known if name in model.shapes.ranks and model.rank(name) == 0)


def _is_even(exponent: Node) -> bool:
    return isinstance(exponent, Number) and exponent.text.isdigit() and int(exponent.text) % 2 == 0


def hinges(model: Model, nodes: tuple[Node, ...]) -> Iterator[Node]:
    r"""The u of every `\max(0, u)` in what some expressions are made of."""
    for tree in with_definitions(model, nodes):
        for node in walk(tree):
            if isinstance(node, Call) and node.function.name == "max" and Number("0") in node.arguments:
                yield from (argument for argument in node.arguments if argument != Number("0"))


def reached_families(model: Model, nodes: tuple[Node, ...]) -> frozenset[str]:
    """Families that some expressions contain or depend on."""
    found: set[str] = set()
    stack = list(nodes)
    while stack:
        for node in walk(stack.pop()):
            if isinstance(node, Symbol):
                for family in (model.families.resolve(node)[0], model.families.resolve(node)[0] + "²"):
                    if family not in found:
                        found.add(family)
                        if family in model.definitions:
                            stack.append(model.definitions[family].body)
                        stack.extend(rule.body for rule in model.rules if rule.family == family)
    return frozenset(found)


def with_definitions(model: Model, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Some expressions, and what defines the names that they are made of."""
    reached = reached_families(model, nodes)
    return (*nodes, *(model.definitions[name].body for name in reached if name in model.definitions))


def _is_target(family: str, model: Model) -> bool:
    """Whether a free family plays the part of target probabilities: it weighs logarithms, or is called y or t."""
    if family in model.definitions or model.rank(family) < 1 or family in model.integers:
        return False
    if family.rstrip("'") in TARGET_NAMES:
        return True
    return any(_weighs_logarithm(tree, family, model) for tree in model.trees)


def _weighs_logarithm(tree: Node, family: str, model: Model) -> bool:
    for node in walk(tree):
        if isinstance(node, Fold) and node.kind == "sum":
            below = list(walk(node.body))
            logs = [n for n in below if isinstance(n, Call) and n.function.name in ("log", "ln")]
            inside = {id(n) for log in logs for n in walk(log)}
            if logs and any(
                isinstance(n, Symbol) and id(n) not in inside and model.families.resolve(n)[0] == family
                for n in below
            ):
                return True
    return False


def _fits(assumption: Assumption, model: Model) -> bool:
    """Whether a family is of the shape that an assumption on it needs."""
    if assumption.kind not in ("symmetric", "orthogonal"):
        return True
    family, rank = assumption.family, model.rank(assumption.family)
    slots = [model.shapes.slot(family, n) for n in range(rank)]
    allowed = (2,) if assumption.kind == "orthogonal" else (2, 3)  # one matrix, or one for each index
    return rank in allowed and model.shapes.lengths.same(*slots[-2:])


def _is_square_matrix(family: str, model: Model) -> bool:
    if family in model.definitions or model.rank(family) not in (2, 3) or family in model.special:
        return False
    return family in model.shapes.squares
