"""Functions applied: those known by name, the page's own, unknown ones, and their derivatives by primes."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking import algebra
from pminusy.proofread.checking.axes import components
from pminusy.proofread.checking.chances import (
    distribution_of,
    probability,
    values_of,
)
from pminusy.proofread.checking.derivatives import tangent_of
from pminusy.proofread.checking.divergences import divergence, is_divergence
from pminusy.proofread.checking.dual import (
    Dual,
    Value,
    add,
    divide,
    linear,
    multiply,
    negative,
    plain,
    square,
    where,
)
from pminusy.proofread.checking.entropy import entropy, is_entropy
from pminusy.proofread.checking.environment import Environment, Seed
from pminusy.proofread.checking.events import event_probability, is_event
from pminusy.proofread.checking.expectation import expectation
from pminusy.proofread.checking.functions import FUNCTIONS, constant, elementwise, exp, log, power, sigmoid
from pminusy.proofread.checking.laws import density_at
from pminusy.proofread.checking.lookup import as_variable
from pminusy.proofread.meaning.lines.chance import variable_name, variables_of
from pminusy.proofread.meaning.lines.laws import density_of
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.meaning.names.definitions import SIGMOIDS, Meaning
from pminusy.proofread.syntax.chances import base_name, events_of, is_conditioned, is_expectation
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Call, Derivative, Node, Number, Symbol, transform, walk

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

_KINKED = frozenset(["abs", "relu", "sign", "sgn"])


def call(evaluator: Evaluator, node: Call, env: Environment) -> Value:
    """The value of a call."""
    if is_expectation(node.function.name) and not _is_own(node, env):
        return expectation(evaluator, node, env)
    if is_event(node, env) and not _is_own(node, env):
        return event_probability(evaluator, node, env)
    if is_entropy(node, env) and not _is_own(node, env):
        return entropy(evaluator, node, env)
    if is_divergence(node, env) and not _is_own(node, env):
        return divergence(evaluator, node, env)
    if (density := density_of(node)) is not None and not _is_own(node, env):
        return density_at(*density, env, evaluator)
    arguments = [evaluator.value(argument, env) for argument in node.arguments]
    if (
        node.primes
        and len(arguments) == 1
        and algebra.is_scalar(arguments[0])
        and _is_free(node.arguments[0], env)
    ):
        # What f contains beside its argument may depend on it too: the derivative is total.
        body = Call(node.function, node.arguments, 0, span=node.span)
        return evaluator.value(Derivative(body, node.arguments * node.primes, span=node.span), env)
    return _primed(evaluator, node, arguments, node.primes, env)


def _is_own(node: Call, env: Environment) -> bool:
    """Whether the page defines the function itself."""
    return env.model.families.resolve(node.function)[0] in env.model.definitions


def _is_free(variable: Node, env: Environment) -> bool:
    """Whether an argument is a quantity of the page, neither bound nor an index."""
    return (
        isinstance(variable, Symbol)
        and variable not in env.arguments
        and not env.model.is_letter(variable.name)
    )


def _primed(evaluator: Evaluator, node: Call, arguments: list[Value], primes: int, env: Environment) -> Value:
    """The derivative, `primes` times, by the only argument."""
    if not primes:
        return _applied(evaluator, node, arguments, env)
    if len(arguments) != 1:
        raise Undecidable("a prime on a function of several arguments")
    tag = env.next_tag()
    moving = Dual(tag, arguments[0], np.ones((1, 1, 1)))
    value = _primed(evaluator, node, [moving], primes - 1, env.with_seed(Seed(tag, "", ())))
    return tangent_of(value, tag)


def _applied(evaluator: Evaluator, node: Call, arguments: list[Value], env: Environment) -> Value:
    name = node.function.name
    family, nodes = env.model.families.resolve(node.function)
    meaning = env.model.definitions.get(family)
    if meaning is not None and not meaning.is_called_with(nodes):
        return _named(evaluator, name, node, arguments, env)
    if meaning is not None and len(meaning.arguments) == len(arguments) and _averages(meaning, env):
        return _of_random(evaluator, meaning, node, env)
    if meaning is not None and len(meaning.arguments) == len(arguments):
        indices = tuple(evaluator.index(index, env) for index in nodes)
        count = len(meaning.parameters)
        letters = {k: v for k, v in env.letters.items() if k in env.model.dynamic[family]}
        letters |= dict(zip(meaning.parameters, indices, strict=False))
        bound = dict(zip(meaning.arguments, arguments, strict=True))
        inner = replace(env.deeper(), letters=letters, arguments=bound)
        value = components(evaluator.value(meaning.body, inner), indices[count:])
        return as_variable(family, value, indices, env)
    if meaning is not None and len(meaning.written) == len(arguments):
        return _with_some_replaced(evaluator, meaning, node, arguments, env)
    if meaning is not None and isinstance(meaning.body, Symbol) and not meaning.arguments:
        return _alias(evaluator, meaning.body, arguments, env)
    if meaning is None and distribution_of(name, env) is not None:
        return _named(evaluator, name, node, arguments, env)
    if meaning is not None or env.model.is_quantity(family):
        return evaluator.family(family, tuple(evaluator.index(index, env) for index in nodes), env)
    return _named(evaluator, name, node, arguments, env)


def _averages(meaning: Meaning, env: Environment) -> bool:
    r"""Whether a function is of a random quantity that is averaged in it, as `B(T) = E[T] - \theta`."""
    random = {a for a in meaning.arguments if env.model.families.resolve(a)[0] in env.model.random}
    if not random:
        return False
    means = [n for n in walk(meaning.body) if isinstance(n, Call) and is_expectation(n.function.name)]
    return any(
        random & set(walk(a)) for n in means if not is_conditioned(n.function.name) for a in n.arguments
    )


def _of_random(evaluator: Evaluator, meaning: Meaning, node: Call, env: Environment) -> Value:
    """Such a function, with what it is applied to put in: that is random, too."""
    put_in = {a: b for a, b in zip(meaning.arguments, node.arguments, strict=True) if a != b}
    body = transform(meaning.body, lambda n: put_in.get(n, n) if isinstance(n, Symbol) else n)
    indices = tuple(evaluator.index(index, env) for index in env.model.families.resolve(node.function)[1])
    letters = {**env.letters, **dict(zip(meaning.parameters, indices, strict=False))}
    return evaluator.value(body, replace(env.deeper(), letters=letters))


def _with_some_replaced(
    evaluator: Evaluator, meaning: Meaning, node: Call, arguments: list[Value], env: Environment
) -> Value:
    r"""`L(0, \sigma^2)` by the definition of `L(\mu, \sigma^2)`: μ is 0, and what is not replaced is a quantity."""
    bound = dict(env.arguments)
    for name, given, value in zip(meaning.written, node.arguments, arguments, strict=True):
        if given != name and not isinstance(name, Symbol):
            raise Undecidable(f"{to_latex(node)}, which the text does not define")
        if given != name and isinstance(name, Symbol):
            bound[name] = value
    indices = tuple(evaluator.index(index, env) for index in env.model.families.resolve(node.function)[1])
    if bound == env.arguments:
        return evaluator.family(meaning.family, indices, env)
    letters = {**env.letters, **dict(zip(meaning.parameters, indices, strict=False))}
    return evaluator.value(meaning.body, replace(env.deeper(), letters=letters, arguments=bound))


def _by_formula(evaluator: Evaluator, node: Call, arguments: list[Value], env: Environment) -> Value | None:
    """`p(y = 1 | x)` by the formula for `p(y | x)`; None where the page has none, or several."""
    name = node.function.name
    if not is_conditioned(name) or not any(e.number for side in events_of(name) for e in side):
        return None
    given = {variable_name(key, True): value for key, value in values_of(node, arguments).items()}
    about = {variable_name(event.name, True) for event in events_of(name)[0]}
    meanings = [
        meaning
        for family, meaning in env.model.definitions.items()
        if base_name(family) == base_name(name) and meaning.arguments
        if {variable_name(v, True) for v in variables_of(family, meaning.arguments)} == about
    ]
    if len(meanings) != 1:
        return None
    bound = {a: given[v] for a in meanings[0].arguments if (v := variable_name(a.name, True)) in given}
    inner = replace(env.deeper(), arguments={**env.arguments, **bound})
    return evaluator.value(meanings[0].body, inner)


def _alias(evaluator: Evaluator, symbol: Symbol, arguments: list[Value], env: Environment) -> Value:
    r"""A function that is another's name or derivative: `\varphi = \Phi'`."""
    name = symbol.name.rstrip("'")
    node = Call(Symbol(name, symbol.lower, symbol.upper), (Number("0"),) * len(arguments))
    return _primed(evaluator, node, arguments, len(symbol.name) - len(name), env)


def _named(evaluator: Evaluator, name: str, node: Call, arguments: list[Value], env: Environment) -> Value:
    if (value := _by_formula(evaluator, node, arguments, env)) is not None:
        return value
    if distribution_of(name, env) is not None:
        return probability(evaluator, node, arguments, env)
    if not arguments:
        raise Undecidable(f"{to_latex(node)}, which the text does not define")
    first = arguments[0]
    if name in ("log", "sqrt") and node.function.lower:
        base = evaluator.number(node.function.lower[0], env)
        return divide(log(first), log(base)) if name == "log" else power(first, divide(constant(1), base))
    if name in _VECTOR_FUNCTIONS:
        indices = tuple(evaluator.index(index, env) for index in node.function.indices)
        turned = name == "softmax" and env.model.along_rows
        value = _VECTOR_FUNCTIONS[name](algebra.transpose(first) if turned else first)
        return components(algebra.transpose(value) if turned else value, indices)
    if name in ("max", "min"):
        return _extreme(evaluator, arguments, name)
    if name in _KINKED and len(arguments) == 1:
        evaluator.switch(np.asarray(plain(first) > 0))
    function = sigmoid if name in SIGMOIDS else elementwise(env.model.known_as(name))
    if function is not None and len(arguments) == 1:
        return function(first)
    if name == "binom":
        return _binomial(arguments)
    return _unknown(name, arguments, env)


def _extreme(evaluator: Evaluator, arguments: list[Value], name: str) -> Value:
    result = arguments[0]
    if len(arguments) == 1:
        raise Undecidable("a maximum of one argument")
    for other in arguments[1:]:
        a, b = plain(result), plain(other)
        result = where(evaluator.switch(np.asarray(a >= b if name == "max" else a <= b)), result, other)
    return result


def _binomial(arguments: list[Value]) -> Value:
    factorial = elementwise("!")
    assert factorial is not None
    n, k = arguments
    rest = add(n, linear(np.negative, k))
    return divide(factorial(n), multiply(factorial(k), factorial(rest)))


def _unknown(name: str, arguments: list[Value], env: Environment) -> Value:
    """A random smooth function, always the same for a name: what holds for every function holds for it."""
    rng = np.random.default_rng([env.point.seed, zlib.crc32(name.encode())])
    result: Value = constant(rng.uniform(0.2, 0.9))
    shapes = {algebra.shape_of(argument) for argument in arguments} - {(1, 1)}
    if len(shapes) > 1:  # of quantities of several kinds, a number
        arguments = [_weighed(argument) for argument in arguments]
    for argument in arguments:
        a, b, c, d = rng.uniform(0.4, 1.3, 4)
        wave = multiply(constant(a), FUNCTIONS["sin"](add(multiply(constant(b), argument), constant(c))))
        term = add(wave, multiply(constant(d), argument))
        result = add(result, term) if argument is arguments[0] else multiply(result, add(term, constant(1.5)))
    result = add(constant(2), result)
    for argument in arguments if env.point.vanishing else ():
        result = multiply(result, exp(negative(multiply(constant(rng.uniform(0.3, 0.6)), square(argument)))))
    return result


def _weighed(argument: Value) -> Value:
    """The sum of the entries of a vector or matrix, each with another weight."""
    rows, columns = algebra.shape_of(argument)
    weights = np.linspace(0.5, 1.5, rows * columns).reshape(1, rows, columns)
    return algebra.total(multiply(weights, argument))


_VECTOR_FUNCTIONS = {
    "softmax": algebra.softmax,
    "logsumexp": algebra.logsumexp,
    "LSE": algebra.logsumexp,
    "tr": algebra.trace,
    "det": algebra.determinant,
    "diag": algebra.diagonal,
    "vec": algebra.vectorised,
}
