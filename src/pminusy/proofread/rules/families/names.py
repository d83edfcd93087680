"""Definitions put in, results of earlier lines used, and assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pminusy.proofread.meaning.names.primes import as_derivative
from pminusy.proofread.rules.build import ONE, TWO, number, without_groups
from pminusy.proofread.rules.entries import entry_of
from pminusy.proofread.rules.families.operator import wrapped
from pminusy.proofread.rules.letters import put_in
from pminusy.proofread.rules.matching import matched
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import Call, Component, Derivative, Fold, Node, Power, Symbol, walk


def _definition(node: Node, setting: Setting) -> Iterator[Move]:
    symbol = node.function if isinstance(node, Call) else node
    if not isinstance(symbol, Symbol) or (isinstance(node, Call) and node.primes):
        return
    family, indices = setting.model.families.resolve(symbol)
    meaning = setting.model.definitions.get(family)
    if meaning is None:
        return
    values: dict[str, Node] = {}
    if isinstance(node, Call) and (meaning.arguments or not _names_what_is_in(meaning.body, node)):
        if len(meaning.arguments) != len(node.arguments) or not meaning.is_called_with(indices):
            return
        values = {a.name: v for a, v in zip(meaning.arguments, node.arguments, strict=True) if not a.indices}
        if len(values) < len(meaning.arguments):
            if meaning.arguments != node.arguments:
                return
            values = {}
    if len(indices) == len(meaning.parameters) + 1 and isinstance(node, Symbol):
        whole = put_in(
            without_groups(meaning.body), dict(zip(meaning.parameters, indices[:-1], strict=True)), setting
        )
        entry = entry_of(whole, indices[-1], setting)
        if entry is not None:
            yield Move(entry, _defined_as(symbol, family, setting))
        return
    if len(indices) != len(meaning.parameters):
        return
    values |= dict(zip(meaning.parameters, indices, strict=True))
    values = {name: value for name, value in values.items() if value != Symbol(name)}
    body = put_in(without_groups(meaning.body), values, setting)
    yield Move(body, _defined_as(symbol, family, setting))


def _names_what_is_in(body: Node, call: Call) -> bool:
    """Whether `q(t)` is but another way to write q, for q = t^3."""
    inside = set(walk(body))
    return all(isinstance(each, Symbol) and each in inside for each in call.arguments)


def _defined_as(symbol: Symbol, family: str, setting: Setting) -> str:
    line = setting.lines.get(family)
    return f"By the definition of {tex(Symbol(symbol.name))}" + (f" (line {line})" if line else "")


def _component(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Component) and len(node.indices) == 1:
        entry = entry_of(node.body, node.indices[0], setting)
        if entry is not None:
            yield Move(entry, "An entry of a vector, written out")


def _earlier(node: Node, setting: Setting) -> Iterator[Move]:
    for known in reversed(setting.known):
        values = matched(known.left, node, setting)
        if values is not None:
            right = put_in(without_groups(known.right), values, setting)
            yield Move(right, f"As derived in line {known.line}")


def _given(node: Node, setting: Setting) -> Iterator[Move]:
    """A derivative that the page gives of something that it does not define."""
    if not isinstance(node, Derivative):
        return
    body, variable = node.body, node.variables[-1]
    if not isinstance(body, Symbol) or not isinstance(variable, Symbol):
        return
    for rule in setting.model.rules_of(setting.family(body)):
        if rule.variable != setting.family(variable):
            continue
        rows, columns = setting.indices(body), setting.indices(variable)
        if len(rows) != len(rule.rows) or len(columns) != len(rule.columns):
            continue
        values = {
            n: v for n, v in zip(rule.rows + rule.columns, rows + columns, strict=True) if v != Symbol(n)
        }
        yield Move(
            wrapped(put_in(without_groups(rule.body), values, setting), node),
            "The page gives this derivative",
        )


def _prime(node: Node, setting: Setting) -> Iterator[Move]:
    if (
        isinstance(node, Call)
        and node.primes
        and len(node.arguments) == 1
        and isinstance(node.arguments[0], Symbol)
    ):
        body = Call(node.function, node.arguments, node.primes - 1, opening="(")
        new = Derivative(body, (node.arguments[0],), "operator", "d")
        yield Move(new, "A prime is the derivative by the argument")
    elif isinstance(node, Symbol) and node.name.endswith("'"):
        model = setting.model
        derivative = as_derivative(node, model.definitions, model.families)
        if derivative is None and node.applied and model.primed_by is not None:
            base = Symbol(node.name[:-1], node.lower, node.upper, node.applied)
            derivative = Derivative(base, (model.primed_by,), "operator", "d")
        if derivative is not None:
            yield Move(derivative, "A prime is the derivative")


def _stated_sum(node: Node, setting: Setting) -> Iterator[Move]:
    if (
        not isinstance(node, Fold)
        or node.kind != "sum"
        or node.condition is not None
        or len(node.bindings) != 1
    ):
        return
    if not isinstance(node.body, Symbol):
        return
    for assumption in setting.assumptions:
        total = (
            assumption.values[:1]
            if assumption.kind == "sum"
            else (1.0,)
            if assumption.kind == "one-hot"
            else ()
        )
        if total and assumption.family == setting.family(node.body):
            yield Move(
                number(Fraction(total[0]).limit_denominator(1000)),
                f"The entries of ${node.body.name}$ sum to {total[0]:g}",
            )


DEFINITION = Rule(
    "definition put in",
    "definition recognised",
    _definition,
    Example("p_k", r"\frac{e^{z_k}}{\sum_j e^{z_j}}", (r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}",)),
)
GIVEN = Rule(
    "given derivative",
    "given derivative recognised",
    _given,
    Example(r"\frac{\partial u}{\partial w}", "3 w", (r"\frac{\partial u}{\partial w} = 3 w", r"L = u^2")),
)

PRIME = Rule(
    "prime as a derivative",
    "derivative as a prime",
    _prime,
    Example("f'(x)", r"\frac{d}{dx} f(x)", ("f(x) = x^2",)),
)


def _values(node: Node, setting: Setting) -> Iterator[Move]:
    """What the few values of a quantity mean for its square."""
    if not isinstance(node, Power) or node.exponent != TWO or not isinstance(node.base, Symbol):
        return
    for assumption in setting.assumptions:
        if assumption.family != setting.family(node.base):
            continue
        if assumption.kind == "values" and set(assumption.values) == {-1.0, 1.0}:
            yield Move(ONE, f"{tex(node.base)} is −1 or 1, so its square is 1")
        elif assumption.kind == "one-hot" or (
            assumption.kind == "values" and set(assumption.values) == {0.0, 1.0}
        ):
            yield Move(node.base, f"{tex(node.base)} is 0 or 1, so it equals its square")


RULES = (
    DEFINITION,
    Rule(
        "earlier line put in",
        "earlier line read from right to left",
        _earlier,
        Example(r"\frac{df}{dx}", "2 x", ("f = x^2", r"\frac{df}{dx} = 2 x")),
    ),
    GIVEN,
    PRIME,
    Rule(
        "entries that sum to a number",
        "a number as a sum of entries",
        _stated_sum,
        Example(r"\sum_k y_k", "1", text=r"The entries of y sum to one: $\sum_k y_k = 1$."),
    ),
    Rule(
        "square of a label",
        "label as a square",
        _values,
        Example("t^2 x", "x", text=r"The label is $t \in \{-1, 1\}$."),
    ),
    Rule(
        "entry of a vector",
        "vector of entries",
        _component,
        Example("(x + y)_i", "x_i + y_i", (r"q = x^T y",)),
    ),
)
