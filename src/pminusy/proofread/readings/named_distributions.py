r"""Parts of a page in which the letter of a distribution stands for its density.

`\mathbb{E}_P[\log p(X)]`, `D_{KL}(p \| q)` and `H(p, q)` are written out with the densities $p(x)$ and $q(x)$ of the
page; after $P = \mathcal{N}(\mu, \sigma^2)$, $p(x)$ is that density.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pminusy.proofread.meaning.lines.laws import density_of, law_called, law_of
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.readings.contexts import near
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.chances import ENTROPY, PROBABILITIES, conditioned, is_expectation
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Call,
    Group,
    Integral,
    Multiply,
    Negative,
    Node,
    Symbol,
    transform,
    walk,
)

_ENDLESS = Symbol(r"\infty")
_ON_THE_LINE = frozenset(["normal", "laplace"])  # laws of any number
_VARIABLE = Symbol("x")
Densities = Mapping[str, Call]  # by the letters of distributions


def with_named_distributions(page: Page, chain: Chain) -> tuple[Page, Chain] | None:
    """What is near a chain, with letters of distributions written out; None where that changes nothing."""
    letters = {name for m in chain.members if m.tree is not None for name in _letters_in(m.tree)}
    if not letters:
        return None
    laws = dict(_named(page))
    letters |= laws.keys()
    called = frozenset(each for letter in letters for each in (letter.lower(), letter.upper()))
    called &= {token.text for each in page.chains for m in each.members for token in m.tokens}
    vocabulary = replace(page.vocabulary, functions=page.vocabulary.functions | (called & PROBABILITIES))
    page, chain = near(page, chain, vocabulary)
    densities = _called(page) | laws
    if not densities:
        return None

    def written(tree: Node | None) -> Node | None:
        return None if tree is None else transform(tree, lambda node: _written_out(node, densities, laws))

    members = [m if m.tree is None else m.rewrite(written(m.tree)) for m in chain.members]
    if all(one.tree == other.tree for one, other in zip(members, chain.members, strict=True)):
        return None
    new = replace(chain, members=members, conditions=list(chain.conditions))
    return replace(page, chains=[new if each is chain else each for each in page.chains]), new


def _letters_in(tree: Node) -> Iterator[str]:
    """The letters of distributions by themselves: below an expectation, in a divergence or an entropy."""
    for node in walk(tree):
        if not isinstance(node, Call):
            continue
        under = node.function.lower[1:] if is_expectation(node.function.name) else ()
        inside = (each.function for each in under if isinstance(each, Call))
        if "KL" in to_latex(node.function) or node.function.name == ENTROPY:
            inside = (each for each in node.arguments if isinstance(each, Symbol))
        yield from (each.name for each in inside if each.name in PROBABILITIES)


def _called(page: Page) -> dict[str, Call]:
    """The densities that a page has by name, each of one variable; P is that of p where it has no call of its own."""
    found: dict[str, set[Call]] = {}
    for tree in (m.tree for each in page.chains for m in each.members if m.tree is not None):
        for node in walk(tree):
            if isinstance(node, Call) and node.function.name in PROBABILITIES and len(node.arguments) == 1:
                argument = node.arguments[0]
                small = isinstance(argument, Symbol) and argument.name.islower()
                if small and not node.primes and "." not in to_latex(node):
                    found.setdefault(node.function.name, set()).add(node)
    own = {letter: min(calls, key=to_latex) for letter, calls in found.items() if len(calls) == 1}
    return {letter.upper(): call for letter, call in own.items() if len(letter) == 1} | own


def _named(page: Page) -> Iterator[tuple[str, Call]]:
    r"""The densities of distributions that have a letter: after `P = \mathcal{N}(\mu, v)`, or in words."""
    for draw in page.draws:
        law = law_of(draw)
        letter = "" if draw.variable is None or draw.variable.indices else draw.variable.name
        if law is not None and law.kind in _ON_THE_LINE and letter in PROBABILITIES:
            call = Call(Symbol(draw.law), (_VARIABLE, *draw.parameters), opening="(", closing=")")
            yield from _both_cases(letter, _density(call))
    for chain in page.chains:
        left, right = (chain.members[n].tree if n < len(chain.members) else None for n in (0, 1))
        if not isinstance(left, Symbol) or left.indices or left.name not in PROBABILITIES or right is None:
            continue
        law = law_called(right)
        if isinstance(right, Call) and law is not None and law.kind in _ON_THE_LINE:
            yield from _both_cases(
                left.name, _density(replace(right, arguments=(_VARIABLE, *right.arguments)))
            )


def _both_cases(letter: str, density: Call) -> Iterator[tuple[str, Call]]:
    yield letter, density
    if len(letter) == 1:
        yield letter.swapcase(), density


def _density(call: Call) -> Call:
    """The density at its first argument, the others behind the bar."""
    function, arguments = conditioned(call.function, call.arguments, len(call.arguments) - 1)
    return replace(call, function=function, arguments=arguments)


def _written_out(node: Node, densities: Densities, laws: Densities) -> Node:
    if isinstance(node, Integral) and node.low is None and _has_law(node, laws):
        return replace(node, low=Negative(_ENDLESS), high=_ENDLESS)
    if not isinstance(node, Call):
        return node
    if node.function.name in laws and len(node.arguments) == 1 and not node.primes:
        density = laws[node.function.name]
        return replace(density, arguments=(node.arguments[0], *density.arguments[1:]))
    if is_expectation(node.function.name) and len(node.function.lower) == 2 and len(node.arguments) == 1:
        return _mean(node, densities, laws) or node
    letters = [a.name if isinstance(a, Symbol) and not a.indices else "" for a in node.arguments]
    if not letters or not all(letter in densities for letter in letters):
        return node
    calls = [densities[letter] for letter in letters]
    if "KL" in to_latex(node.function) and len(calls) == 2 and not all(letter in laws for letter in letters):
        return replace(node, arguments=tuple(calls))
    if node.function.name == ENTROPY and len(calls) <= 2 and not node.function.lower:
        return Group(Negative(_under(calls[0], _log(calls[-1]))))
    return node


def _has_law(node: Integral, laws: Densities) -> bool:
    """Whether an integral has a density that a law gives, written out."""
    functions = {call.function for call in laws.values()}
    return any(isinstance(n, Call) and n.function in functions for n in walk(node.body))


def _mean(node: Call, densities: Densities, laws: Densities) -> Node | None:
    r"""`\mathbb{E}_P[f(X)]` as the integral over a density that has a formula, or under the density that it names."""
    under = node.function.lower[1]
    if not isinstance(under, Call) or node.function.name != r"\mathbb{E}":
        return None
    written = density_of(under) is not None  # that of a law, put in before
    density = under if written else densities.get(under.function.name)
    if density is None or not isinstance(variable := density.arguments[0], Symbol):
        return None
    drawn = under.arguments[0] if under.arguments else None
    inside = {s.name for s in main_symbols(node.arguments[0])}
    same = [drawn] if isinstance(drawn, Symbol) else [Symbol(variable.name.upper())]
    if variable.name in inside and any(s.name in inside - {variable.name} for s in same):
        return None
    body = transform(node.arguments[0], lambda each: variable if each in same else each)
    if written or density in laws.values():
        return Integral(variable, Negative(_ENDLESS), _ENDLESS, Multiply((density, Group(body)), ("",)))
    return replace(
        node, function=replace(node.function, lower=(node.function.lower[0], density)), arguments=(body,)
    )


def _under(density: Call, body: Node) -> Call:
    """The mean of something under a density."""
    name = Symbol(to_latex(density.function))
    return Call(Symbol(r"\mathbb{E}", (name, density)), (body,), opening="[", closing="]")


def _log(node: Node) -> Call:
    return Call(Symbol("log"), (node,), opening="(", closing=")")
