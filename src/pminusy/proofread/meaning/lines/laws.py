r"""Distributions that a page names, `X \sim N(\mu, \sigma^2)`, or of which it gives mean and variance."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from pminusy.proofread.meaning.lines.law import COUNTS, KINDS, MOMENTS, Law
from pminusy.proofread.meaning.lines.moments import by_custom, by_moments, said_moments
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.source.draws import Draw
from pminusy.proofread.syntax.chances import (
    ESTIMATES,
    PROBABILITIES,
    base_name,
    conditioned,
    events_of,
    is_conditioned,
    is_expectation,
)
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Group,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    Transpose,
    transform,
    walk,
)

_OF_BETA = ((r"\alpha", r"\beta"), ("a", "b"))  # what its parameters are usually called


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
    own = len(name) > 3 and name != "binom" and name.lower() in KINDS  # and no function such as exp
    named = name == r"\mathcal{N}" or own
    if not conditioned and not named:
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
        if draw.variable is None:
            continue
        family, indices = families.resolve(draw.variable)
        law = law_of(draw) or (_in_words(draw, draws, used, families) if family in random else None)
        if law is not None and family not in found and not _mentions(law, (*random, family), families):
            letters = tuple(index.name if isinstance(index, Symbol) else "" for index in indices)
            found[family] = Law(law.kind, law.parameters, letters)
    found |= _of_entries(draws, set(random) - found.keys(), families)
    free = [draw for draw in draws if _is_of_none(draw, random, families)]
    others = [law_of(draw) for draw in free if draw.parameters]
    others = [law for law in others if law is not None and not _mentions(law, random, families)]
    bare = [draw for draw in free if not draw.parameters]
    if not others:
        others = [by_moments(draw, said_moments(free)) or by_custom(draw, used) for draw in bare]
    kinds = {law for law in others if law is not None}
    if len(kinds) == 1 and (alike or len(random) == 1) and not found.keys() & set(random):
        law = kinds.pop()
        found |= {family: law for family in random if not family.startswith(ESTIMATES)}
    return found


def _of_entries(draws: Sequence[Draw], random: Collection[str], families: Families) -> dict[str, Law]:
    """The laws of quantities with a number as part of their names, X_1, of which the page gives that of any X_i."""
    found: dict[str, Law] = {}
    for draw in draws:
        if draw.variable is None or not draw.variable.indices or (law := law_of(draw)) is None:
            continue
        letters = {index.name for index in draw.variable.indices if isinstance(index, Symbol)}
        if letters & {s.name for p in law.parameters for node in walk(p) for s in _symbols(node)}:
            continue
        own = {family for family in random if family.startswith(draw.variable.name + "_{")}
        found = {family: law for family in own if not _mentions(law, (*random, family), families)} | found
    return found


def _symbols(node: Node) -> tuple[Symbol, ...]:
    return (node, *(i for i in node.indices if isinstance(i, Symbol))) if isinstance(node, Symbol) else ()


def _in_words(draw: Draw, draws: Sequence[Draw], used: Mapping[str, bool], families: Families) -> Law | None:
    """The law that words give to a name, with the moments that they give to the same."""
    if draw.parameters or draw.variable is None:
        return None
    return by_moments(draw, said_moments(_about(draw.variable, draws, families))) or by_custom(draw, used)


def _about(name: Symbol, draws: Sequence[Draw], families: Families) -> list[Draw]:
    family = families.resolve(name)[0]
    return [d for d in draws if d.variable is not None and families.resolve(d.variable)[0] == family]


def _is_of_none(draw: Draw, random: Collection[str], families: Families) -> bool:
    """Whether a statement is about nothing that is random on the page."""
    return draw.variable is None or families.resolve(draw.variable)[0] not in random


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
    said = [draw for draw in draws if draw.parameters and law_of(draw) is not None]
    return laws.pop() if len(laws) == 1 and all(draw.variable is None for draw in said) else None


def with_indices(node: Node, places: Mapping[Node, Node]) -> Node:
    """A parameter with other indices."""
    return transform(node, lambda each: places.get(each, each) if isinstance(each, Symbol) else each)


def law_of(draw: Draw) -> Law | None:
    """The law that a statement is about; None where it is none that is known, or its parameters are not."""
    name = draw.law.removeprefix(r"\mathcal{").removeprefix(r"\mathrm{").removeprefix(r"\mathbb{")
    kind = KINDS.get(name.removesuffix("}").lower(), "")
    parameters = draw.parameters
    if kind == "binomial" and tuple(_symbol(node).name for node in parameters) in _OF_BETA:
        kind = "beta"  # of which B is a short name, too
    if kind == "binomial" and len(parameters) == 1:
        kind = "bernoulli"
    if not kind or len(parameters) != COUNTS.get(kind, 1):
        return None
    if kind in ("normal", "lognormal") and _symbol(parameters[1]).name == r"\sigma":
        parameters = (
            parameters[0],
            Power(parameters[1], Number("2")),
        )  # the standard deviation, not its square
    if kind == "gamma" and _symbol(parameters[1]).name == r"\theta":
        parameters = (parameters[0], Divide(Number("1"), parameters[1]))  # the scale, not the rate
    if kind == "chi":  # squared
        kind, parameters = (
            "gamma",
            (Divide(Group(parameters[0]), Number("2")), Divide(Number("1"), Number("2"))),
        )
    return Law(kind, parameters)


def drawn_capitals(draws: Iterable[Draw], families: Families) -> frozenset[str]:
    """The families with capital letters of which a page names a law."""
    known = (draw.variable for draw in draws if draw.variable is not None and law_of(draw) is not None)
    return frozenset(families.resolve(variable)[0] for variable in known if variable.name[:1].isupper())


def _symbol(node: Node) -> Symbol:
    return node if isinstance(node, Symbol) else Symbol("")


def _mentions(law: Law, random: Iterable[str], families: Families) -> bool:
    """Whether a parameter contains something random."""
    inside = {families.resolve(symbol)[0] for p in law.parameters for symbol in main_symbols(p)}
    return bool(inside & set(random))


def moments_of(
    draws: Sequence[Draw], equations: Sequence[tuple[Node, Node]], random: Collection[str], families: Families
) -> dict[str, Law]:
    r"""Laws of which the page gives the mean and maybe the variance, in words or as in `E[X_i] = \mu`."""
    free = [draw for draw in draws if _is_of_none(draw, random, families)]
    found: dict[str, Law] = {}
    for family in random:
        stated = _stated(family, equations, families)
        own = [d for d in draws if d.variable is not None and families.resolve(d.variable)[0] == family]
        said = said_moments(own)
        if not any(said.values()):
            said = said_moments(free)
        mean, letters = stated.get("E", (said["mean"], ()))
        variance, _ = stated.get("Var", (said["variance"], ()))
        if variance is None and mean is not None and "square" in stated:
            square, _ = stated["square"]
            variance = (
                square if mean == Number("0") else Add((square, Negative(Power(Group(mean), Number("2")))))
            )
        if variance is not None and mean is None and "Var" in stated:
            mean, letters = Symbol("·" + family), stated["Var"][1]  # free
        parameters = tuple(each for each in (mean, variance) if each is not None)
        law = Law(MOMENTS, parameters, letters)
        if mean is not None and not _mentions(law, random, families):
            found[family] = law
    return found


def _squared(node: Node) -> Node | None:
    r"""What a square is of, as X in $X^2$ or $X X^T$; None for anything else."""
    if isinstance(node, Power) and node.exponent == Number("2"):
        return node.base
    if isinstance(node, Multiply) and len(node.factors) == 2:
        one, other = map(bare, node.factors)
        return one if isinstance(other, Transpose) and bare(other.body) == one else None
    return None


def _stated(
    family: str, equations: Sequence[tuple[Node, Node]], families: Families
) -> Mapping[str, tuple[Node, tuple[str, ...]]]:
    """The mean, the variance and the mean square of a family as equations give them, and its indices there."""
    found: dict[str, tuple[Node, tuple[str, ...]]] = {}
    for left, right in equations:
        if not isinstance(left, Call) or not is_expectation(left.function.name) or len(left.arguments) != 1:
            continue
        argument = left.arguments[0]
        base = _squared(argument)
        squared = base is not None
        argument = argument if base is None else base
        if not isinstance(argument, Symbol) or families.resolve(argument)[0] != family:
            continue
        if any(isinstance(node, Call) and is_expectation(node.function.name) for node in walk(right)):
            continue
        of_spread = left.function.name in ("Var", "Cov")
        if of_spread and squared:
            continue
        kind = "Var" if of_spread else "square" if squared else "E"
        indices = families.resolve(argument)[1]
        letters = tuple(index.name if isinstance(index, Symbol) else "" for index in indices)
        found.setdefault(kind, (right, letters))
    return found
