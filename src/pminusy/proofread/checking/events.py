r"""Probabilities of events such as `P(X \le x)`: means of indicators.

Of a quantity with a law, the probability that it lies between limits is an integral over the density, or a sum; of any
other, the share of its many outcomes in which the event happens.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pminusy.proofread.checking.dual import Value, add, divide, negative, plain, where
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.functions import constant
from pminusy.proofread.checking.inverses import UNSOLVED, Between, Inverse
from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.laws import between, lowest
from pminusy.proofread.checking.outcomes import outcomes
from pminusy.proofread.meaning.lines.chance import is_of_inequalities
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.chances import written_out
from pminusy.proofread.syntax.tree import Call, Conjunction, Node, Relation, Symbol

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

_BELOW, _ABOVE = ("<", r"\le"), (">", r"\ge")


def is_event(node: Call, env: Environment) -> bool:
    """Whether a call is the probability that random quantities satisfy inequalities."""
    return is_of_inequalities(node) and bool(
        _random_in(written_out(node.function.name, node.arguments)[0], env)
    )


def event_probability(evaluator: Evaluator, node: Call, env: Environment) -> Value:
    """The probability of an event, if need be given another."""
    before, behind = written_out(node.function.name, node.arguments)
    if (value := _by_law(evaluator, before, env)) is not None and not behind:
        return value
    both = _happens(evaluator, (*before, *behind), env)
    return divide(both, _happens(evaluator, tuple(behind), env)) if behind else both


def _random_in(nodes: list[Node], env: Environment) -> frozenset[str]:
    return reached_families(env.model, tuple(nodes)) & env.model.random


def _happens(evaluator: Evaluator, relations: tuple[Node, ...], env: Environment) -> Value:
    if not all(isinstance(relation, Relation) for relation in relations):
        raise Undecidable("the probability of something that is no comparison")
    if _random_in(list(relations), env) & env.model.laws.keys():
        raise Undecidable(UNSOLVED)
    event = Conjunction(relations)
    found = outcomes((event,), "", frozenset(), env, evaluator)
    return found.mean(evaluator.condition(event, found.env).astype(float))


def _by_law(evaluator: Evaluator, relations: list[Node], env: Environment) -> Value | None:
    """The probability that one quantity with a law lies between limits; None where the event is another."""
    family, low, high = "", list[Value](), list[Value]()
    for relation in relations:
        if not isinstance(relation, Relation):
            return None
        sides = (relation.left, relation.right)
        random = [bool(_random_in([side], env)) for side in sides]
        if random == [False, True]:
            operator = {"<": ">", r"\le": r"\ge", ">": "<", r"\ge": r"\le"}.get(relation.operator, "")
            relation = replace(relation, left=sides[1], right=sides[0], operator=operator)
        elif random != [True, False]:
            return None
        left = _written_out(relation.left, env)
        own = _random_in([left], env)
        if len(own) != 1 or not own <= env.model.laws.keys() or relation.operator not in (*_BELOW, *_ABOVE):
            return None
        above = relation.operator in _ABOVE
        if above and len(relations) == 1 and not isinstance(left, Symbol):
            turned = replace(relation, operator=r"\le")
            below = _by_law(evaluator, [turned], env)
            return None if below is None else add(constant(1.0), negative(below))
        limit = evaluator.number(relation.right, env)
        limits = Between(limit, None) if above else Between(None, limit)
        inverse = Inverse(lambda node: bool(_random_in([node], env)), evaluator, env)
        symbol, between_them = inverse.solved(left, limits)
        if family not in ("", found := env.model.families.resolve(symbol)[0]):
            return None
        family = found
        low += [] if between_them.low is None else [between_them.low]
        high += [] if between_them.high is None else [between_them.high]
    if not family or len(low) > 1 or len(high) > 1:
        return None
    law = env.model.laws[family]
    least = lowest(law, env, evaluator)
    if low and least is not None:
        low[0] = where(plain(low[0]) < plain(least), least, low[0])
    return between(law, [low[0] if low else None, high[0] if high else None], env, evaluator)


def _written_out(node: Node, env: Environment) -> Node:
    """What defines a name without indices, instead of it."""
    while isinstance(node, Symbol) and not node.indices:
        meaning = env.model.definitions.get(env.model.families.resolve(node)[0])
        if meaning is None or meaning.parameters or meaning.arguments:
            break
        node = meaning.body
    return node
