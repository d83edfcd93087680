"""The search for repairs: small edits, likeliest first, tried cheaply and then thoroughly."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from pminusy.proofread.checking.problem import Problem
from pminusy.proofread.proof import Suggestion
from pminusy.proofread.repair.counterpart import counterparts
from pminusy.proofread.repair.edits import edits
from pminusy.proofread.repair.places import Edit
from pminusy.proofread.repair.scope import Scope
from pminusy.proofread.repair.sieve import Sieve
from pminusy.proofread.repair.wording import suggestion
from pminusy.proofread.syntax.tree import Node, substitute, walk

MOST_SINGLE, MOST_PAIRED, MOST_PAIRS = 1600, 40, 500
MOST_FOUND = 4


def suggest(problem: Problem) -> tuple[int, tuple[Suggestion, ...]]:
    """The line to change, and what would make the step true, the likeliest first; nothing where nothing was found.

    Single edits come first, then pairs of small ones, then what the left side says in place of what differs. The
    number of candidates is bounded, so that the same page always gives the same answer.
    """
    sieve = Sieve.of(problem)
    if sieve is None:
        return problem.step.line, ()
    ranked = edits(problem.right, Scope(problem))
    found = list(_distinct(_holding(problem, sieve, ((edit,) for edit in ranked[:MOST_SINGLE]))))
    if not found:
        pairs = itertools.islice(_pairs(problem.right, ranked[: 4 * MOST_PAIRED]), MOST_PAIRS)
        found = list(_distinct(_holding(problem, sieve, pairs)))
    if not found:
        found = list(_distinct(_holding(problem, sieve, ((edit,) for edit in counterparts(problem)))))
    placed = [each for chosen, tree in found if (each := suggestion(problem, chosen, tree)) is not None]
    line = placed[0][0] if placed else problem.step.line
    return line, tuple(each for where, each in placed if where == line)


def _holding(
    problem: Problem, sieve: Sieve, candidates: Iterable[tuple[Edit, ...]]
) -> Iterator[tuple[tuple[Edit, ...], Node]]:
    """The first few candidates that make the step true."""
    count = 0
    for chosen in candidates:
        tree = problem.right
        for edit in chosen:
            tree = substitute(tree, edit.old, edit.new)
        if sieve.passes(tree) and problem.equal(problem.left, tree, thorough=True):
            yield chosen, tree
            count += 1
            if count == MOST_FOUND:
                return


def _distinct(
    found: Iterable[tuple[tuple[Edit, ...], Node]],
) -> Iterator[tuple[tuple[Edit, ...], Node]]:
    seen: set[Node] = set()
    for chosen, tree in found:
        if tree not in seen:
            seen.add(tree)
            yield chosen, tree


def _pairs(tree: Node, ranked: list[Edit]) -> Iterator[tuple[Edit, ...]]:
    """Pairs of edits at places of which neither contains the other, the likeliest first."""
    least = ranked[:MOST_PAIRED]
    inside = {id(node): {id(below) for below in walk(node)} for node in walk(tree)}
    pairs = [
        (a, b)
        for a, b in itertools.combinations(least, 2)
        if id(b.old) not in inside[id(a.old)] and id(a.old) not in inside[id(b.old)]
    ]
    yield from sorted(pairs, key=lambda pair: pair[0].cost + pair[1].cost)
