r"""Named distributions: their densities, and points with weights that stand for them in expectations.

The mean of $f(X)$ over one quantity is its integral, or series, over the density. Over several quantities, each has
three values with weights such that polynomials of low degree have the right means; of a distribution without such
values, those of a random one with the same mean and variance.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from pminusy.proofread.checking.algebra import (
    aligned,
    determinant,
    eye,
    inverse,
    is_scalar,
    matmul,
    shape_of,
    transpose,
)
from pminusy.proofread.checking.axes import axis
from pminusy.proofread.checking.dual import Array, Value, add, divide, multiply, negative
from pminusy.proofread.checking.environment import Environment
from pminusy.proofread.checking.functions import FUNCTIONS, constant
from pminusy.proofread.checking.integrals import COARSE, range_of
from pminusy.proofread.meaning.lines.law import MOMENTS, Formula, Law
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.parser import parse
from pminusy.proofread.syntax.tree import (
    Binding,
    Fold,
    Group,
    Integral,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    transform,
)
from pminusy.proofread.syntax.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from pminusy.proofread.checking.evaluate import Evaluator

SERIES = 150  # values of a quantity that has no largest one
MOST_VALUES = 60
THREE = 3
_X, _A, _B = Symbol("x"), Symbol("a"), Symbol("b")
_LOW, _HIGH = Symbol("·l"), Symbol("·h")
_ENDLESS = Symbol(r"\infty")
_BOTTOM = Negative(_ENDLESS)


@dataclass(frozen=True)
class _Formulas:
    """Density or probabilities of x with parameters a and b, limits, mean and variance, in LaTeX."""

    density: str
    low: str
    high: str
    mean: str
    variance: str
    discrete: bool = False


_LAWS = {
    "normal": _Formulas(
        r"\frac{1}{\sqrt{6.283185307179586 b}}\exp\left(-\frac{(x-a)^2}{2b}\right)",
        r"-\infty",
        r"\infty",
        "a",
        "b",
    ),
    "exponential": _Formulas(r"a\exp(-a x)", "0", r"\infty", r"\frac{1}{a}", r"\frac{1}{a^2}"),
    "lognormal": _Formulas(
        r"\frac{1}{x\sqrt{6.283185307179586 b}}\exp\left(-\frac{(\log(x)-a)^2}{2b}\right)",
        "0",
        r"\infty",
        r"\exp\left(a+\frac{b}{2}\right)",
        r"(\exp(b)-1)\exp(2a+b)",
    ),
    "laplace": _Formulas(
        r"\frac{1}{2b}\exp\left(-\frac{|x-a|}{b}\right)", r"-\infty", r"\infty", "a", "2b^2"
    ),
    "rayleigh": _Formulas(
        r"\frac{x}{a^2}\exp\left(-\frac{x^2}{2a^2}\right)",
        "0",
        r"\infty",
        r"1.2533141373155003 a",
        r"0.42920367320510344 a^2",
    ),
    "uniform": _Formulas(r"\frac{1}{b-a}", "a", "b", r"\frac{a+b}{2}", r"\frac{(b-a)^2}{12}"),
    "gamma": _Formulas(
        r"\frac{b^a}{\Gamma(a)} x^{a-1}\exp(-b x)", "0", r"\infty", r"\frac{a}{b}", r"\frac{a}{b^2}"
    ),
    "beta": _Formulas(
        r"\frac{\Gamma(a+b)}{\Gamma(a)\Gamma(b)} x^{a-1} (1-x)^{b-1}",
        "0",
        "1",
        r"\frac{a}{a+b}",
        r"\frac{ab}{(a+b)^2(a+b+1)}",
    ),
    "rademacher": _Formulas(r"\frac{x^2}{2}", "-1", "1", "0", "1", True),
    "poisson": _Formulas(r"\frac{a^x\exp(-a)}{x!}", "0", r"\infty", "a", "a", True),
    "bernoulli": _Formulas(r"a x + (1-a)(1-x)", "0", "1", "a", r"a(1-a)", True),
    "binomial": _Formulas(r"\binom{a}{x} b^x (1-b)^{a-x}", "0", "a", "ab", r"ab(1-b)", True),
    "geometric": _Formulas(r"a(1-a)^{x-1}", "1", r"\infty", r"\frac{1}{a}", r"\frac{1-a}{a^2}", True),
}


@lru_cache(maxsize=256)
def _formula(latex: str) -> Node:
    tokens = tokenize(latex)
    return parse(tokens, read_vocabulary([tokens]), len(latex))


def _with_parameters(law: Law, env: Environment, evaluator: Evaluator) -> Environment:
    """The environment in which a and b are the parameters."""
    values = {name: evaluator.number(node, env) for name, node in zip((_A, _B), law.parameters, strict=False)}
    return replace(env, arguments=values)


@dataclass(frozen=True)
class Density:
    """A quantity's values along a new axis, the weight of each, and how they are summed."""

    values: Value
    weights: Value
    count: int
    rule: str


def _formula_of(law: Law, env: Environment, evaluator: Evaluator) -> tuple[Formula, Environment]:
    """The density of a law, and the environment that has what it is made of."""
    if law.formula is not None:
        return law.formula, replace(env, arguments={})
    found = _LAWS[law.kind]
    density, low, high = map(_formula, (found.density, found.low, found.high))
    return Formula(_X, density, low, high, found.discrete), _with_parameters(law, env, evaluator)


def density(law: Law, env: Environment, evaluator: Evaluator) -> Density | None:
    """All values of one quantity; None where only its mean and variance are known."""
    if law.kind == MOMENTS:
        return None
    found, inner = _formula_of(law, env, evaluator)
    if not found.discrete:
        node = Integral(found.variable, found.low, found.high, found.density)
        values, speed = COARSE.places(range_of(evaluator, node, inner), inner.level)
        count, rule = COARSE.count, "integral"
    else:
        low, high, last = _integers(found, inner, evaluator)
        values = axis(np.arange(low, high + 1).astype(float), env.level)
        speed = (values <= last).astype(float)
        count, rule = high + 1 - low, "series" if found.high == _ENDLESS else ""
    inner = inner.with_letter(f"·{env.level}", axis(np.arange(count), env.level))
    inner = replace(inner, arguments={**inner.arguments, found.variable: values})
    return Density(values, multiply(evaluator.value(found.density, inner), speed), count, rule)


def _integers(found: Formula, env: Environment, evaluator: Evaluator) -> tuple[int, int, Array]:
    """The least and the largest value of a discrete quantity, and the largest in each sample; of a series, enough."""
    low = int(evaluator.index(found.low, env).ravel()[0])
    if found.high == _ENDLESS:
        return low, low + SERIES - 1, np.full((1, 1, 1), np.inf)
    last = evaluator.index(found.high, env)
    if last.ndim > 3 or not low <= last.min() <= last.max() <= MOST_VALUES:
        raise Undecidable("a distribution over too many values")
    return low, int(last.max()), last


def written_out(law: Law, place: Node) -> Node | None:
    """The formula of a law's density at a place; None where the law has none."""
    if law.kind not in _LAWS:
        return None
    put_in = dict(zip((_X, _A, _B), (place, *law.parameters), strict=False))
    return Group(
        transform(
            _formula(_LAWS[law.kind].density),
            lambda n: Group(put_in[n]) if isinstance(n, Symbol) and n in put_in else n,
        )
    )


def density_at(law: Law, place: Node, env: Environment, evaluator: Evaluator) -> Value:
    """The density of a law at one place; of a normal distribution, maybe of vectors."""
    at = evaluator.value(place, env)
    if not is_scalar(at) and law.kind == "normal":
        return _normal_density(at, *(evaluator.value(node, env) for node in law.parameters))
    found, inner = _formula_of(law, env, evaluator)
    inner = replace(inner, arguments={**inner.arguments, found.variable: evaluator.number(place, env)})
    return evaluator.value(found.density, inner)


def _normal_density(at: Value, mean: Value, covariance: Value) -> Value:
    r"""$|2\pi\Sigma|^{-1/2} \exp(-(x - \mu)^T \Sigma^{-1} (x - \mu) / 2)$."""
    rows, columns = shape_of(at)
    size = max(rows, columns)
    if is_scalar(covariance):
        covariance = multiply(covariance, eye(size))
    if is_scalar(mean):
        mean = multiply(mean, np.ones((1, rows, columns)))
    aligned(at, mean)
    away = add(at, negative(mean))
    away = away if columns == 1 else transpose(away)
    power = matmul(transpose(away), matmul(inverse(covariance), away))
    scale = determinant(multiply(constant(2 * np.pi), covariance))
    return divide(FUNCTIONS["exp"](multiply(constant(-0.5), power)), FUNCTIONS["sqrt"](scale))


def lowest(law: Law, env: Environment, evaluator: Evaluator) -> Value | None:
    """The least value of a quantity; None where there is none."""
    if law.kind == MOMENTS:
        return None
    found, inner = _formula_of(law, env, evaluator)
    return None if found.low == _BOTTOM else evaluator.number(found.low, inner)


def between(law: Law, limits: Sequence[Value | None], env: Environment, evaluator: Evaluator) -> Value:
    """The probability of the values between two limits, of which one may be missing."""
    if law.kind == MOMENTS:
        raise Undecidable("the probability of an event of which only mean and variance are known")
    found, inner = _formula_of(law, env, evaluator)
    if found.discrete:
        raise Undecidable("the probability that a discrete quantity lies between limits")
    low, high = (
        end if limit is None else symbol
        for end, limit, symbol in zip((found.low, found.high), limits, (_LOW, _HIGH), strict=True)
    )
    bound = {s: limit for s, limit in zip((_LOW, _HIGH), limits, strict=True) if limit is not None}
    inner = replace(inner, arguments={**inner.arguments, **bound})
    return evaluator.value(Integral(found.variable, low, high, found.density), inner)


def _moment(law: Law, order: int, env: Environment, evaluator: Evaluator) -> Value:
    """The mean of a power of a quantity whose density is stated."""
    found, inner = _formula_of(law, env, evaluator)
    term = Multiply((Power(found.variable, Number(str(order))), Group(found.density)), ("",))
    if found.discrete:
        index = Symbol("·k")
        body = transform(term, lambda node: index if node == found.variable else node)
        return evaluator.value(Fold("sum", (Binding(index, found.low, found.high),), body), inner)
    return evaluator.value(Integral(found.variable, found.low, found.high, term), inner)


def location(law: Law, env: Environment, evaluator: Evaluator) -> Value:
    """The mean."""
    if law.kind == MOMENTS:
        return evaluator.number(law.parameters[0], env)
    if law.formula is not None:
        return _moment(law, 1, env, evaluator)
    return evaluator.number(_formula(_LAWS[law.kind].mean), _with_parameters(law, env, evaluator))


def scale(law: Law, env: Environment, evaluator: Evaluator) -> Value:
    """The standard deviation; of a variance that is a square, its root without regard to the sign."""
    if law.kind == MOMENTS and len(law.parameters) < 2:
        return constant(1.0)
    if law.kind in (MOMENTS, "normal"):
        variance = law.parameters[1]
        if isinstance(variance, Power) and variance.exponent == Number("2"):
            return evaluator.number(variance.base, env)
        return FUNCTIONS["sqrt"](evaluator.number(variance, env))
    if law.formula is not None:
        mean = _moment(law, 1, env, evaluator)
        return FUNCTIONS["sqrt"](add(_moment(law, 2, env, evaluator), negative(multiply(mean, mean))))
    inner = _with_parameters(law, env, evaluator)
    return FUNCTIONS["sqrt"](evaluator.number(_formula(_LAWS[law.kind].variance), inner))


def standard_values(law: Law, family: str, seed: int) -> tuple[Array, Array]:
    """Three values of mean 0 and variance 1, and their probabilities."""
    if law.kind in _QUADRATURES:
        values, weights = _QUADRATURES[law.kind]
        return values, weights / weights.sum()
    rng = np.random.default_rng([seed, zlib.crc32(family.encode())])
    weights = rng.dirichlet(np.full(THREE, 3.0))
    values = rng.uniform(-1.5, 1.5, THREE)
    values = values - weights @ values
    return values / np.sqrt(weights @ values**2), weights


def _standardised(values: Array, weights: Array) -> tuple[Array, Array]:
    weights = weights / weights.sum()
    values = values - weights @ values
    return values / np.sqrt(weights @ values**2), weights


_QUADRATURES = {
    "normal": _standardised(*np.polynomial.hermite_e.hermegauss(THREE)),
    "uniform": _standardised(*np.polynomial.legendre.leggauss(THREE)),
    "exponential": _standardised(*np.polynomial.laguerre.laggauss(THREE)),
}
