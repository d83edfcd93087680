r"""Distributions that a page names, `X \sim N(\mu, \sigma^2)`, or of which it gives mean and variance."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.source.draws import Draw
from pminusy.proofread.syntax.chances import (
    PROBABILITIES,
    base_name,
    conditioned,
    events_of,
    is_conditioned,
    is_expectation,
)
from pminusy.proofread.syntax.tree import Call, Divide, Group, Node, Number, Power, Symbol, transform, walk

MOMENTS = "moments"
STATED = "stated"
_NAMES = {
    "normal": ("n", "normal", "gaussian", "norm", "gauss"),
    "exponential": ("exp", "exponential", "expo", "exponencial", "exponentiel", "expon"),
    "poisson": ("poisson", "poiss", "pois", "poi", "po"),
    "bernoulli": ("bernoulli", "ber", "bern"),
    "binomial": ("binomial", "bin", "binom", "b", "bi"),
    "uniform": ("u", "unif", "uniform", "uni"),
    "gamma": ("gamma", r"\gamma", "ga", "gam"),
    "beta": ("beta", "be"),
    "geometric": ("geometric", "geometricdist", "geom", "geo", "ge"),
}
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names}
_COUNTS = {
    "normal": 2,
    "binomial": 2,
    "uniform": 2,
    "gamma": 2,
    "beta": 2,
    MOMENTS: 2,
}  # of parameters; else 1
# Names that parameters have by custom, where the text names a distribution alone.
_CUSTOMARY = {
    "normal": ((r"\mu",), (r"\sigma",)),
    "exponential": ((r"\lambda", r"\theta"),),
    "poisson": ((r"\lambda", r"\theta", r"\mu"),),
    "bernoulli": (("p", r"\theta", r"\mu", r"\phi"),),
}


@dataclass(frozen=True)
class Formula:
    """The density of a variable between two limits, or the probabilities of the integers between them."""

    variable: Symbol
    density: Node
    low: Node
    high: Node
    discrete: bool = False


@dataclass(frozen=True)
class Law:
    """How a random quantity is distributed.

    Attributes
    ----------
    kind : str
        The name of a distribution, "moments" where only mean and variance are known, "stated" where a formula is given.
    parameters : tuple of Node
        Of a normal distribution mean and variance; of an exponential and a gamma distribution the rate (last).
    letters : tuple of str
        The indices of the quantity, which parameters may have as well.
    formula : Formula or None
        The density of a law that is stated.
    """

    kind: str
    parameters: tuple[Node, ...]
    letters: tuple[str, ...] = ()
    formula: Formula | None = None


def law_called(node: Node) -> Law | None:
    r"""The law that a call such as `\mathcal{N}(\mu, \sigma^2)` names."""
    if not isinstance(node, Call) or node.primes or is_conditioned(node.function.name):
        return None
    return law_of(Draw(None, node.function.name, node.arguments, 0))


def as_density(left: Node, right: Node) -> Node:
    r"""The right side of `q(x) = \mathcal{N}(\mu, \sigma^2)` as the density at x that it stands for."""
    if not isinstance(left, Call) or not left.arguments or base_name(left.function.name) not in PROBABILITIES:
        return right
    law = law_called(right)
    if law is None or not isinstance(right, Call):
        return right
    function, arguments = conditioned(
        right.function, (left.arguments[0], *right.arguments), len(right.arguments)
    )
    return replace(right, function=function, arguments=arguments)


def density_of(node: Node) -> tuple[Law, Node] | None:
    r"""The law whose density a call such as `\mathcal{N}(x \mid \mu, \sigma^2)` is, and what it is taken at."""
    if not isinstance(node, Call) or node.primes or len(node.arguments) < 2:
        return None
    name, conditioned = base_name(node.function.name), is_conditioned(node.function.name)
    if not conditioned and name != r"\mathcal{N}":
        return None
    before = events_of(node.function.name)[0] if conditioned else ()
    if len(before) > 1 or any(event.operator for event in before):
        return None
    law = law_of(Draw(None, name, node.arguments[1:], 0))
    return None if law is None else (law, node.arguments[0])


def named_laws(
    draws: Sequence[Draw],
    random: Collection[str],
    used: Mapping[str, bool],
    families: Families,
    at: int,
    alike: bool = False,
) -> dict[str, Law]:
    """The laws of random families that a page names, those said last before a character first.

    `used` are the names on the page, with whether each is known to be an average.
    A law that words give to nothing in particular is that of the only random family, or of all if these are `alike`,
    if it is the only law.
    """
    found: dict[str, Law] = {}
    for draw in sorted(draws, key=lambda each: (each.at > at, abs(at - each.at))):
        if draw.variable is None or (law := law_of(draw)) is None:
            continue
        family, indices = families.resolve(draw.variable)
        if family not in found and not _mentions(law, (*random, family), families):
            letters = tuple(index.name if isinstance(index, Symbol) else "" for index in indices)
            found[family] = Law(law.kind, law.parameters, letters)
    others = [law_of(draw) for draw in draws if draw.variable is None and draw.parameters]
    others = [law for law in others if law is not None and not _mentions(law, random, families)]
    bare = [draw for draw in draws if draw.variable is None and not draw.parameters]
    if not others:
        others = [_by_moments(draw, said_moments(draws)) or _by_custom(draw, used) for draw in bare]
    kinds = {law for law in others if law is not None}
    if len(kinds) == 1 and (alike or len(random) == 1) and not found.keys() & set(random):
        found |= dict.fromkeys(random, kinds.pop())
    return found


def law_named(draws: Sequence[Draw], names: Collection[str], indices: Sequence[Node]) -> Law | None:
    r"""The law that a page names for a quantity of some name, with its index: of $x_n$ after $x_i \sim N(m_i, v)$.

    A law that words give to nothing in particular is that of every quantity, if it is the only law.
    """
    for draw in draws:
        if draw.variable is None or draw.variable.name not in names or (law := law_of(draw)) is None:
            continue
        places = dict(zip(draw.variable.indices, indices, strict=False))
        return replace(law, parameters=tuple(with_indices(p, places) for p in law.parameters))
    laws = {law for draw in draws if draw.parameters and (law := law_of(draw)) is not None}
    return laws.pop() if len(laws) == 1 and all(draw.variable is None for draw in draws) else None


def with_indices(node: Node, places: Mapping[Node, Node]) -> Node:
    """A parameter with other indices."""
    return transform(node, lambda each: places.get(each, each) if isinstance(each, Symbol) else each)


def law_of(draw: Draw) -> Law | None:
    """The law that a statement is about; None where it is none that is known, or its parameters are not."""
    name = draw.law.removeprefix(r"\mathcal{").removeprefix(r"\mathrm{").removeprefix(r"\mathbb{")
    kind = _KINDS.get(name.removesuffix("}").lower(), "")
    parameters = draw.parameters
    if kind == "binomial" and len(parameters) == 1:
        kind = "bernoulli"
    if not kind or len(parameters) != _COUNTS.get(kind, 1):
        return None
    if kind == "normal" and _symbol(parameters[1]).name == r"\sigma":
        parameters = (
            parameters[0],
            Power(parameters[1], Number("2")),
        )  # the standard deviation, not its square
    if kind == "gamma" and _symbol(parameters[1]).name == r"\theta":
        parameters = (parameters[0], Divide(Number("1"), parameters[1]))  # the scale, not the rate
    return Law(kind, parameters)


def _symbol(node: Node) -> Symbol:
    return node if isinstance(node, Symbol) else Symbol("")


def _by_moments(draw: Draw, said: Mapping[str, Node | None]) -> Law | None:
    """The law of that name with the mean, and the variance, that the text gives."""
    kind, mean, variance = _KINDS.get(draw.law, ""), said["mean"], said["variance"]
    if mean is None:
        return None
    if kind == "normal":
        return None if variance is None else Law(kind, (mean, variance))
    if kind in ("poisson", "bernoulli"):
        return Law(kind, (mean,))
    return Law(kind, (Divide(Number("1"), mean),)) if kind in ("exponential", "geometric") else None


def said_moments(draws: Sequence[Draw]) -> dict[str, Node | None]:
    """The mean and the variance that the text gives in words; None where it does not."""
    said = {
        kind: next((d.parameters[0] for d in draws if d.law == kind and d.variable is None), None)
        for kind in ("mean", "variance", "deviation")
    }
    if said["variance"] is None and said["deviation"] is not None:
        said["variance"] = Power(Group(said["deviation"]), Number("2"))
    return said


def _by_custom(draw: Draw, used: Mapping[str, bool]) -> Law | None:
    r"""The law of that name whose parameters have the names that the page uses of those that they have by custom.

    A name that is an average, as in `\theta = E[X_i]`, follows from the parameter, which has no name then.
    """
    kind = _KINDS.get(draw.law, "")
    choices = [[name for name in names if name in used] for names in _CUSTOMARY.get(kind, ())]
    if not choices or not all(choices):
        return None
    parameters: list[Node] = [Symbol("·" + names[0] if used[names[0]] else names[0]) for names in choices]
    if kind == "normal":
        parameters[1] = Power(parameters[1], Number("2"))
    return Law(kind, tuple(parameters))


def _mentions(law: Law, random: Iterable[str], families: Families) -> bool:
    """Whether a parameter contains something random."""
    inside = {families.resolve(symbol)[0] for p in law.parameters for symbol in main_symbols(p)}
    return bool(inside & set(random))


def moments_of(
    draws: Sequence[Draw], equations: Sequence[tuple[Node, Node]], random: Collection[str], families: Families
) -> dict[str, Law]:
    r"""Laws of which the page gives the mean and maybe the variance, in words or as in `E[X_i] = \mu`."""
    said = said_moments(draws)
    found: dict[str, Law] = {}
    for family in random:
        stated = _stated(family, equations, families)
        mean, letters = stated.get("E", (said["mean"], ()))
        variance, _ = stated.get("Var", (said["variance"], ()))
        if variance is not None and mean is None and "Var" in stated:
            mean, letters = Symbol("·" + family), stated["Var"][1]  # free
        parameters = tuple(each for each in (mean, variance) if each is not None)
        law = Law(MOMENTS, parameters, letters)
        if mean is not None and not _mentions(law, random, families):
            found[family] = law
    return found


def _stated(
    family: str, equations: Sequence[tuple[Node, Node]], families: Families
) -> Mapping[str, tuple[Node, tuple[str, ...]]]:
    """The mean and the variance of a family as equations give them, and its indices there."""
    found: dict[str, tuple[Node, tuple[str, ...]]] = {}
    for left, right in equations:
        if not isinstance(left, Call) or not is_expectation(left.function.name) or len(left.arguments) != 1:
            continue
        argument = left.arguments[0]
        if not isinstance(argument, Symbol) or families.resolve(argument)[0] != family:
            continue
        if any(isinstance(node, Call) and is_expectation(node.function.name) for node in walk(right)):
            continue
        kind = "Var" if left.function.name in ("Var", "Cov") else "E"
        indices = families.resolve(argument)[1]
        letters = tuple(index.name if isinstance(index, Symbol) else "" for index in indices)
        found.setdefault(kind, (right, letters))
    return found
