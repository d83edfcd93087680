r"""Entropies of random quantities whose joint distribution has no formula: $H(X \mid Y) = -E[\log p(X \mid Y)]$."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pminusy.proofread.checking.dual import Value
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.expectation import mean_given
from pminusy.proofread.meaning.lines.chance import joint_letter, variable_name
from pminusy.proofread.syntax.chances import (
    ENTROPY,
    base_name,
    conditioned,
    events_of,
    is_conditioned,
    with_arguments,
)
from pminusy.proofread.syntax.tree import Call, Negative, Node, Number, Relation, Symbol

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator


def is_entropy(node: Call, env: Environment) -> bool:
    """Whether a call is the entropy of random quantities whose joint distribution has no formula."""
    if base_name(node.function.name) != ENTROPY or not node.arguments:
        return False
    return bool(joint_letter(_names_in(node), env.model.distributions))


def entropy(evaluator: Evaluator, node: Call, env: Environment) -> Value:
    r"""The mean of $-\log p(X \mid Y)$; given $Y = y$, over X alone."""
    letter = joint_letter(_names_in(node), env.model.distributions)
    before, behind = events_of(node.function.name) if is_conditioned(node.function.name) else ((), ())
    count = sum(event.arity for event in before) if before else len(node.arguments)
    pairs = list(with_arguments(behind, node.arguments[count:]))
    given: list[Node] = [own[-1] for event, own in pairs if not event.operator]
    for event, own in pairs:
        if event.operator:
            value = Number(event.number) if event.number else own[-1]
            given.append(Relation("=", Symbol(event.name), value))
    function, arguments = conditioned(Symbol(letter), (*node.arguments[:count], *given), len(given))
    density = Call(function, arguments, opening="(", closing=")")
    body = Negative(Call(Symbol("log"), (density,), opening="(", closing=")"))
    fixed = tuple(event for event in behind if event.operator)
    values = [value for event, own in pairs if event.operator for value in own]
    return mean_given(evaluator, node, letter, fixed, values, env)(body)


def _names_in(node: Call) -> list[str]:
    """The names of the random quantities that a call is of and given."""
    if not is_conditioned(node.function.name):
        return [a.name if isinstance(a, Symbol) else "" for a in node.arguments]
    before, behind = events_of(node.function.name)
    return [variable_name(event.name, bool(event.operator)) for event in (*before, *behind)]
