r"""Partial derivatives and gradients at given arguments: `\frac{\partial f}{\partial x}(a, b)`, `\nabla f(0, 0)`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pminusy.proofread.checking.algebra import stacked
from pminusy.proofread.checking.dual import Value
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Call, Derivative, Partial, Symbol, walk

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator


def partial(evaluator: Evaluator, node: Partial, env: Environment) -> Value:
    """The derivative by some arguments of a function, all of which have the given values; the gradient without any."""
    names = _arguments(node, env.model)
    values = [evaluator.number(argument, env) for argument in node.arguments]
    there = replace(env, arguments={**env.arguments, **dict(zip(names, values, strict=True))})
    function = Call(node.function, names, span=node.span)
    if node.by:
        return evaluator.value(Derivative(function, node.by, mark=node.mark), there)
    return stacked([[evaluator.value(Derivative(function, (name,)), there)] for name in names])


def _arguments(node: Partial, model: Model) -> tuple[Symbol, ...]:
    """What the page calls the arguments of a function: as it defines it, or as it calls it elsewhere."""
    meaning = model.definitions.get(model.families.resolve(node.function)[0])
    if meaning is not None and _fit(meaning.arguments, node):
        return meaning.arguments
    calls = (n for tree in model.trees for n in walk(tree) if isinstance(n, Call))
    named = (_names(call) for call in calls if call.function.name == node.function.name)
    found = list(dict.fromkeys(names for names in named if _fit(names, node)))
    places = {tuple(names.index(variable) for variable in node.by) for names in found}
    if len(places) != 1:
        raise Undecidable(f"{to_latex(node)}: which argument of {to_latex(node.function)} is which?")
    return found[0]


def _names(call: Call) -> tuple[Symbol, ...]:
    """The arguments of a call that are names."""
    return tuple(argument for argument in call.arguments if isinstance(argument, Symbol))


def _fit(names: tuple[Symbol, ...], node: Partial) -> bool:
    return len(names) == len(set(names)) == len(node.arguments) and set(node.by) <= set(names)
