"""Integrals without limits, expectations and probabilities: what is said of them in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pminusy.proofread.checking.chances import sides_of
from pminusy.proofread.checking.integrals import antiderivatives, outside_integrals
from pminusy.proofread.checking.ladder import with_definitions
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.chance import distribution_letter, is_conditional, variable_name
from pminusy.proofread.meaning.lines.laws import density_of
from pminusy.proofread.meaning.lines.randomness import says_identical, says_independent
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.readings.doubts import constants
from pminusy.proofread.readings.doubts.free import free_names, integrated_over
from pminusy.proofread.readings.doubts.grounds import Grounds
from pminusy.proofread.syntax.chances import base_name, is_conditioned, is_expectation
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Derivative,
    Divide,
    Fold,
    Group,
    Integral,
    Limit,
    Multiply,
    Negative,
    Node,
    Power,
    Symbol,
    is_literal,
    walk,
)

_OPERATORS = frozenset([r"\mathbb{E}", "E", "P", r"\mathbb{P}", "Pr", "Var", "Cov", r"\mathbb{V}"])
# Words, in several languages, that say how something is distributed.
_DISTRIBUTED = re.compile(
    r"distrib|verteil|распред|分布|normal|gau(ss|ß)|poisson|bernoulli|uniform|zero.mean|mean.(zero|0)|unbiased|noise|moment"
    r"|\\sim\b|correlat|正态|正規|given|condition",
    re.IGNORECASE,
)


def _is_doubtful(limit: Limit, nodes: Sequence[Node]) -> bool:
    """Whether a limit may reach over the terms behind it, or is of something with changing signs."""
    for node in nodes:
        if isinstance(node, Add) and limit in [n for term in node.terms[:-1] for n in walk(term)]:
            return True
        if (
            isinstance(node, Power)
            and isinstance(bare(node.base), Negative)
            and limit.variable in walk(node.exponent)
        ):
            return True
    return False


def questions(left: Node, right: Node, view: View, grounds: Grounds) -> Iterator[str]:
    """What to ask about the integrals and expectations in a step that fails, if anything."""
    nodes = [node for side in (left, right) for node in walk(side)]
    if any(isinstance(node, Limit) and _is_doubtful(node, nodes) for node in nodes):
        yield "How far does what the limit is of reach?"
    if _has_chances(nodes, grounds) and not _is_closed(left, right, view, grounds):
        yield (
            "Does the text say in words how the random variables are distributed, "
            "or that they are independent?"
        )
    if name := _maybe_random(nodes, view):
        yield f"Which of the quantities that {name} is made of are random?"
    if operator := _operator(left, right, view):
        yield f"{operator} is not evaluated here; what is its argument?"
    if functional := _of_what_it_runs_over(left, right, view):
        yield f"{functional} is an integral or sum over its argument: is it a mean, and what is it of anything else?"
    if density := _without_formula(left, right, view):
        yield f"What is {density}? The page gives no formula for it. Define it: {density} = …"
    if len(variables := antiderivatives((left, right))) > 1:
        yield f"What do {' and '.join(sorted(map(to_latex, variables)))} depend on?"
    if variable := _without_range(left, right):
        yield f"What range of {variable} is integrated over?"
    if name := next(filter(None, map(_set_integrated_over, nodes)), ""):
        yield f"Which set is {name}? Write the limits of the integrals over it."
    if any(isinstance(node, Integral) and _is_over_an_expression(node) for node in nodes):
        yield "Are the limits of the integral over an expression values of that, or of the variable in it?"
    constant = _constant_of_integration(left, right, view, grounds)
    if constant and not constants.differ_otherwise(left, right, constant, view):
        yield f"Is {constant} a constant of integration? Two of them need not be equal."


def _has_chances(nodes: list[Node], grounds: Grounds) -> bool:
    """Whether probabilities under conditions occur, or expectations on a page that says something of distributions."""
    names_called = {n.function.name for n in nodes if isinstance(n, Call)}
    symbols = {n.name for n in nodes if isinstance(n, Symbol)}
    if any(map(is_conditioned, names_called | symbols)) or any(density_of(n) is not None for n in nodes):
        return True
    text = grounds.page.text
    said = bool(_DISTRIBUTED.search(text)) or says_independent(text) or says_identical(text)
    return any(map(is_expectation, names_called)) and said


def _maybe_random(nodes: list[Node], view: View) -> str:
    """What an expectation is of that is random only by what defines it, or stands alone in it and is not random."""
    model = view.model
    arguments = [
        a for n in nodes if isinstance(n, Call) and is_expectation(n.function.name) for a in n.arguments
    ]
    for argument in arguments:
        for symbol in main_symbols(argument):
            family = model.families.resolve(symbol)[0]
            if family in model.definitions and len(free_names(symbol, model)) > 1:
                return to_latex(symbol)
        alone = isinstance(argument, Symbol) and model.families.resolve(argument)[0]
        if alone and alone not in model.random | model.definitions.keys():
            return to_latex(argument)
    return ""


def _is_closed(left: Node, right: Node, view: View, grounds: Grounds) -> bool:
    """Whether a step is about one distribution without formula, of which the page says nothing else.

    That a joint distribution is a product is no claim of that kind but an assumption about it.
    """
    model = view.model
    calls = [
        n
        for side in (left, right)
        for n in walk(side)
        if isinstance(n, Call) and is_conditioned(n.function.name)
    ]
    letters = {distribution_letter(call.function.name) for call in calls}
    spoken_of = {distribution_letter(name) for name in model.definitions if is_conditioned(name)}
    if (
        not letters <= model.distributions.keys()
        or not all(map(is_conditional, calls))
        or letters & spoken_of
        or says_independent(grounds.page.text)
    ):
        return False
    if any(
        is_expectation(n.function.name) for side in (left, right) for n in walk(side) if isinstance(n, Call)
    ):
        return False
    return not _factorises(left, right) and not _factorises(right, left)


def _factorises(left: Node, right: Node) -> bool:
    """Whether a probability is a product of others that are together of the same things."""
    if not isinstance(left, Call) or any(isinstance(n, Add | Divide) for n in walk(right)):
        return False
    calls = [n for n in walk(right) if isinstance(n, Call)]
    return sorted(_of(left)) == sorted(name for call in calls for name in _of(call))


def _of(call: Call) -> list[str]:
    """The names of what a probability is of."""
    return [variable_name(event.name, bool(event.operator)) for event in sides_of(call)[0]]


def _operator(left: Node, right: Node, view: View) -> str:
    """An expectation or a probability that stands on one side only: its distribution may be said in words."""
    calls = [chances(side, view) for side in (left, right)]
    if all(calls) or not any(calls):
        return ""
    return to_latex((calls[0] or calls[1])[0])


def _without_formula(left: Node, right: Node, view: View) -> str:
    """A probability without formula that one side is made of, by its definitions, and the other is not."""
    made = [
        {
            to_latex(n)
            for tree in with_definitions(view.model, (side,))
            for n in walk(tree)
            if isinstance(n, Call) and distribution_letter(n.function.name) in view.model.distributions
        }
        for side in (left, right)
    ]
    return "" if all(made) else min(made[0] | made[1], default="")


def chances(side: Node, view: View) -> list[Node]:
    """The expectations and probabilities in an expression that the page does not define."""
    found: list[Node] = []
    for node in walk(side):
        name = node.function if isinstance(node, Call) else node
        if not isinstance(name, Symbol) or name.upper or base_name(name.name) not in _OPERATORS:
            continue
        called = isinstance(node, Call) or name.name.startswith(r"\mathbb")
        if called and view.model.families.resolve(name)[0] not in view.model.definitions:
            found.append(node)
    return found


def _of_what_it_runs_over(left: Node, right: Node, view: View) -> str:
    r"""A function whose definition integrates or sums over its own argument, as `E(x) = \int x f(x) dx` does."""
    for tree in with_definitions(view.model, (left, right)):
        for call in walk(tree):
            if not isinstance(call, Call):
                continue
            meaning = view.model.definitions.get(view.model.families.resolve(call.function)[0])
            if meaning and any(_runs_over(node, a) for a in meaning.arguments for node in walk(meaning.body)):
                return to_latex(call.function)
    return ""


def _runs_over(node: Node, variable: Symbol) -> bool:
    if isinstance(node, Fold):
        return any(binding.index == variable for binding in node.bindings)
    return isinstance(node, Integral) and node.variable == variable and node.low is not None


def _without_range(left: Node, right: Node) -> str:
    """The variable of an integral without limits where nothing else depends on it, so that limits were left out."""
    variables = antiderivatives((left, right))
    outside = {s for side in (left, right) for s in outside_integrals(side)}
    return min((to_latex(v) for v in variables - outside), default="")


def _set_integrated_over(node: Node) -> str:
    low = node.low if isinstance(node, Integral) else None
    named = isinstance(low, Symbol) and low.name.startswith(r"\inf ")
    return low.name.removeprefix(r"\inf ") if named and isinstance(low, Symbol) else ""


def _is_over_an_expression(node: Integral) -> bool:
    r"""Whether an integral has limits and is over an expression, as in `\int_0^1 x \, d(x^2)`."""
    last = node.body.factors[-1] if isinstance(node.body, Multiply) else node.body
    return node.low is not None and isinstance(last, Derivative) and last.form == "differential"


def _constant_of_integration(left: Node, right: Node, view: View, grounds: Grounds) -> str:
    """A free name on one side only, on a page with antiderivatives; or an antiderivative in the middle of a side."""
    if not grounds.antiderivatives:
        return ""
    if any(isinstance(side, Integral) and side.low is None for side in (left, right)):
        return ""  # compared up to a constant
    ours, theirs = (free_names(side, view.model) for side in (left, right))
    one_sided = (ours ^ theirs) - integrated_over(left, right)
    if one_sided or (ours & grounds.constants):
        return min(one_sided or ours & grounds.constants)
    for side in (left, right):
        terms = side.terms if isinstance(side, Add) else (side,)
        if any(antiderivatives((term,)) and not _is_antiderivative(term) for term in terms):
            return "the constant of the integral"
    return ""


def _is_antiderivative(term: Node) -> bool:
    """Whether a term is an antiderivative, but for its sign and a number."""
    while isinstance(term, Negative | Group):
        term = term.body
    if isinstance(term, Multiply):
        rest = [factor for factor in term.factors if not isinstance(factor, Integral)]
        return len(rest) == len(term.factors) - 1 and all(is_literal(factor) for factor in rest)
    return isinstance(term, Integral)
