r"""Probabilities of events such as `P(X \le x)`: means of indicators.

Of a quantity with a law, the probability that it lies between limits is an integral over the density, or a sum; of any
other, the share of its many outcomes in which the event happens.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pminusy.proofread.checking.dual import Value, divide
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.laws import between
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
        raise Undecidable("the probability of this event of a quantity with a known distribution")
    event = Conjunction(relations)
    found = outcomes((event,), "", frozenset(), env, evaluator)
    return found.mean(evaluator.condition(event, found.env).astype(float))


def _by_law(evaluator: Evaluator, relations: list[Node], env: Environment) -> Value | None:
    """The probability that one quantity with a law lies between limits; None where the event is another."""
    family, low, high = "", None, None
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
        if not isinstance(relation.left, Symbol):
            return None
        own = env.model.families.resolve(relation.left)[0]
        if family not in ("", own) or _random_in([relation.right], env) or own not in env.model.laws:
            return None
        family = own
        if relation.operator in _BELOW and high is None:
            high = relation
        elif relation.operator in _ABOVE and low is None:
            low = relation
        else:
            return None
    if not family:
        return None
    limits = [None if each is None else evaluator.number(each.right, env) for each in (low, high)]
    return between(env.model.laws[family], limits, env, evaluator)
