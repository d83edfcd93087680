r"""Which free symbols are numbers, vectors or matrices: the cheapest choice that the page's formulas agree with."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.meaning.names.dependence import Reach, reach
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.meaning.shapes.evidence import Evidence, options_of, with_row
from pminusy.proofread.meaning.shapes.fit import Fit, Fitting
from pminusy.proofread.meaning.shapes.options import Option, by_cost, rows_first
from pminusy.proofread.meaning.shapes.shapes import Shapes
from pminusy.proofread.syntax.tree import Node, Symbol, walk

MOST_TRIES, FEW_TRIES, MOST_MENDING, MOST_ROWS = 250, 40, 60, 300
# Nodes whose shapes are found for a page, and how many choices of ranks are tried at least, for a page and in brief.
MOST_WORK, FEW_FITS, FEWEST_FITS = 60_000, 12, 6
FEW = 6  # names with a choice of ranks that are few enough to try all together


def settle(
    families: Families,
    definitions: dict[str, Meaning],
    chains: Sequence[Sequence[Node]],
    evidence: Evidence,
    effort: float = 1.0,
) -> Shapes:
    """The shapes for the best choice of ranks: of all choices by cost, and then where the formulas do not fit.

    What then still does not fit is tried with row vectors, first a few and then all, and with vectors that are added
    to every column or row of a matrix. `effort` is how much of the usual work may go into it.
    """
    names = sorted(evidence.used)
    options = [options_of(name, evidence) for name in names]
    with_rows = [with_row(each, evidence.used[name]) for name, each in zip(names, options, strict=True)]
    fitted = Fitting(families, definitions, chains, evidence, names, with_rows)
    work = 1 + sum(1 for chain in chains for node in chain for _ in walk(node))
    room = max(FEW_FITS if effort == 1 else FEWEST_FITS, int(effort * MOST_WORK) // work)
    tries = MOST_TRIES if sum(len(each) > 1 for each in options) <= FEW else FEW_TRIES
    budget = Budget(2 * room)
    best = _cheapest(fitted((0,) * len(names)), fitted, options, min(room, tries), budget)
    best = _mended(best, fitted, options, min(room, MOST_MENDING), budget)
    if not best.doubtful or with_rows == options:
        return best.shapes
    turned = [rows_first(each) for each in with_rows]
    for spread in (False, True):
        fitted = replace(fitted, spread=spread)
        best = min(best, fitted(best.choice), key=_total) if spread else best
        best = _mended(best, fitted, with_rows, min(room, MOST_ROWS), budget)
        if best.misfits and budget.left:
            start = _cheapest(fitted(next(by_cost(turned))[1]), fitted, turned, min(room, FEW_TRIES), budget)
            start = _mended(start, fitted, turned, min(room, MOST_MENDING), budget)
            best = min(best, start, key=_total)
        if not best.doubtful or not budget.left:
            break
    return best.shapes


@dataclass
class Budget:
    """How many more choices are tried on a page."""

    left: int


def _cheapest(best: Fit, fitted: Fitting, options: list[list[Option]], most: int, budget: Budget) -> Fit:
    """The best of the choices that cost least, of which so many are tried."""
    for cost, choice in itertools.islice(by_cost(options), 1, most):
        if cost >= best.total or not budget.left:
            break
        budget.left -= 1
        best = min(best, fitted(choice), key=_total)
    return best


def _mended(best: Fit, fitted: Fitting, options: list[list[Option]], most: int, budget: Budget) -> Fit:
    """Other ranks for the names of the formulas that do not fit, one formula after the other, while that helps."""
    places = {name: n for n, name in enumerate(fitted.names) if len(options[n]) > 1}
    reached = reach(fitted.definitions, fitted.families)
    tried = set[tuple[int, ...]]()
    while fresh := [own for own in _in_doubt(best, fitted, places, reached) if own not in tried]:
        own = fresh[0]
        tried.add(own)
        start = best
        for cost, part in itertools.islice(by_cost([options[n] for n in own]), most):
            if not budget.left:
                return best
            if cost >= best.total:
                break
            budget.left -= 1
            choice = list(start.choice)
            for n, k in zip(own, part, strict=True):
                choice[n] = k
            best = min(best, fitted(tuple(choice)), key=_total)
    return best


def _in_doubt(fit: Fit, fitted: Fitting, places: dict[str, int], reached: Reach) -> Iterator[tuple[int, ...]]:
    """For each formula that does not fit, or has a name of an odd rank, the places of the names that leave a choice.

    With few names, those that its names are made of count, too.
    """
    families = fitted.families
    for nodes in (*fit.misfits, *(fitted.chains if fit.odd else ())):
        direct = {families.resolve(s)[0] for node in nodes for s in walk(node) if isinstance(s, Symbol)}
        through = direct.union(*(reached[name] for name in direct & reached.keys()))
        if any(nodes is each for each in fit.misfits) or through & fit.odd:
            for found in (through, direct):
                own = tuple(sorted(places[name] for name in found & places.keys()))
                if 0 < len(own) <= FEW:
                    yield own
                    break


def _total(fit: Fit) -> float:
    return fit.total
