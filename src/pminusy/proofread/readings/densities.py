"""Laws by the densities that a page states, over the range on which these add up to 1."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Hashable, Iterator
from dataclasses import replace
from typing import TypeAlias

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.functions import elementwise
from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.laws import written_out
from pminusy.proofread.meaning.lines.densities import (
    VARIABLE,
    Stated,
    known_law,
    limits_on,
    place_of,
    stated_densities,
)
from pminusy.proofread.meaning.lines.law import STATED, Formula, Law
from pminusy.proofread.meaning.lines.laws import density_of
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import FUNCTIONS, main_symbols
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.tree import (
    Binding,
    Call,
    Fold,
    Integral,
    Negative,
    Node,
    Number,
    Symbol,
    is_literal,
    transform,
    walk,
)

MOST_RANGES, MOST_PARAMETERS = 14, 3
_ENDLESS, _INDEX = Symbol(r"\infty"), Symbol("·k")
_ZERO, _ONE = Number("0"), Number("1")
_USUAL = ((_ZERO, _ENDLESS), (Negative(_ENDLESS), _ENDLESS), (_ZERO, _ONE))
_USUAL_OF_INTEGERS = ((_ZERO, _ENDLESS), (_ONE, _ENDLESS), (_ZERO, _ONE))


Totals: TypeAlias = dict[Hashable, bool]


def stated_laws(
    page: Page, inside: Collection[str], model: Model, claim: Chain, totals: Totals
) -> dict[str, Law]:
    """The laws of random families in a claim of which the page states the density, in another line if it has one.

    `totals` are the formulas of which it is known whether they add up to 1.
    """
    found: dict[str, Law] = {}
    stated = stated_densities(page.chains)
    own = claim.members[0].span.start
    others = [each for each in stated if each.at != own]
    for family in sorted(inside):
        fitting = _of(family, others, inside) or _of(family, stated, inside)
        for each in sorted(fitting, key=lambda each: (each.derived, each.at > own, abs(each.at - own))):
            if (law := _law(each, page, model, totals)) is not None:
                found[family] = law
                break
    return found


def _of(family: str, stated: list[Stated], inside: Collection[str]) -> list[Stated]:
    """What is stated of a family; what bears no name in particular is about the only one there is."""
    name = family.split("_{")[0]
    exact = [each for each in stated if name in each.names]
    if exact or len(inside) > 1:
        return exact
    free = [each for each in stated if len(each.names) > 1]
    subjects = {each.names for each in free}
    return free if len(subjects) == 1 and len(free) == len(stated) else []


def with_known_densities(part: tuple[Page, Chain]) -> tuple[Page, Chain] | None:
    r"""A part of a page with the densities of quantities whose law it names written out; None where there are none.

    After $x_i \sim \mathcal{N}(\mu, \sigma^2)$, $p(x_i \mid \mu)$ is the density of that law.
    """
    page, chain = part
    made = {id(each): _rewritten(each, page, each is chain) for each in page.chains}
    if all(made[id(each)] is each for each in page.chains):
        return None
    return replace(page, chains=list(made.values())), made[id(chain)]


def _rewritten(chain: Chain, page: Page, whole: bool) -> Chain:
    """A chain with densities written out; of another line than the one at hand, not those that it says something of."""
    members = list(chain.members)
    for n, member in enumerate(members):
        stated = n == 0 and not whole and isinstance(member.tree, Call) and place_of(member.tree) is not None
        members[n] = member if stated else member.rewrite(_with_densities(member.tree, page))
    same = all(one is other for one, other in zip(members, chain.members, strict=True))
    return chain if same else replace(chain, members=members)


def _with_densities(tree: Node | None, page: Page) -> Node | None:
    return None if tree is None else transform(tree, lambda node: _written_out(node, page))


def _written_out(node: Node, page: Page) -> Node:
    if not isinstance(node, Call) or (found := place_of(node)) is None:
        return node
    names, place = found
    indices = place.indices if isinstance(place, Symbol) else ()
    law = known_law(page, names, indices)
    return (None if law is None else written_out(law, place)) or node


def _law(stated: Stated, page: Page, model: Model, totals: Totals) -> Law | None:
    """The law with a stated density; None where it does not add up to 1 over any range at hand."""
    if _has_unknown_function(stated.density, model):
        return None
    for discrete in (True,) if stated.discrete else (False, True):
        for low, high in _ranges(stated, page, discrete):
            formula = Formula(VARIABLE, stated.density, low, high, discrete)
            if _adds_up(formula, model, totals):
                return Law(STATED, (), stated.letters, formula)
    return None


def _adds_up(formula: Formula, model: Model, totals: Totals) -> bool:
    """Whether a density adds up to 1, by what the page says of the names in it."""
    names = reached_families(model, (formula.density, formula.low, formula.high))
    known = tuple((f, model.definitions[f].body) for f in sorted(names) if f in model.definitions)
    if (formula, known) not in totals:
        totals[formula, known] = bool(compare(model, _total(formula), _ONE, trials=1, exact=False))
    return totals[formula, known]


def _has_unknown_function(density: Node, model: Model) -> bool:
    """Whether something is called that the page does not define: then nothing can be said of what it adds up to."""
    functions = [n.function for n in walk(density) if isinstance(n, Call) and density_of(n) is None]
    unknown = [f for f in functions if f.name not in FUNCTIONS and elementwise(f.name) is None]
    return any(model.families.resolve(f)[0] not in model.definitions for f in unknown)


def _ranges(stated: Stated, page: Page, discrete: bool) -> Iterator[tuple[Node, Node]]:
    usual = _USUAL_OF_INTEGERS if discrete else _USUAL
    own = _of_parameters(stated.density, discrete)
    every = dict.fromkeys((*stated.limits, *usual, *limits_on(page.chains), *own))
    yield from itertools.islice(every, MOST_RANGES)


def _of_parameters(density: Node, discrete: bool) -> Iterator[tuple[Node, Node]]:
    """Ranges that begin or end at a parameter of a density."""
    functions = {node.function for node in walk(density) if isinstance(node, Call)}
    names = [s for s in dict.fromkeys(main_symbols(density)) if s not in functions and not s.indices]
    parameters = [s for s in names if s != VARIABLE and not is_literal(s)][:MOST_PARAMETERS]
    for each in parameters:
        yield _ZERO, each
        if discrete:
            yield _ONE, each
        else:
            yield each, _ENDLESS
            yield Negative(each), each
    if not discrete:
        yield from itertools.permutations(parameters, 2)


def _total(formula: Formula) -> Node:
    """The integral of a density, or the sum of probabilities."""
    if not formula.discrete:
        return Integral(formula.variable, formula.low, formula.high, formula.density)
    body = transform(formula.density, lambda node: _INDEX if node == formula.variable else node)
    return Fold("sum", (Binding(_INDEX, formula.low, formula.high),), body)
