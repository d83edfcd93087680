"""The search for repairs: small edits, likeliest first, tried cheaply and then thoroughly."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.ladder import ladder
from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.proof import Suggestion
from pminusy.proofread.repair.counterpart import counterparts
from pminusy.proofread.repair.derived import FAR, derived, forms
from pminusy.proofread.repair.edits import edits
from pminusy.proofread.repair.neatness import neat
from pminusy.proofread.repair.places import Edit, Repair
from pminusy.proofread.repair.problem import Problem
from pminusy.proofread.repair.reasons import FITS, Because
from pminusy.proofread.repair.scope import Scope
from pminusy.proofread.repair.sieve import Sieve
from pminusy.proofread.repair.slips import (
    COUNTERPART,
    NOT_CARRIED_OUT,
    ORDER,
    POWER,
    SIGN,
    SWAPPED_INDICES,
    TRANSPOSE_ADDED,
    TRANSPOSE_LOST,
    WRONG_INDEX,
    WRONG_ORDER,
    WRONG_VARIABLE,
)
from pminusy.proofread.repair.solving import solved
from pminusy.proofread.repair.style import Style
from pminusy.proofread.repair.wording import suggestion
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import Integral, Node, has_derivative, substitute, walk

MOST_SINGLE, MOST_PAIRED, MOST_PAIRS = 900, 40, 300
MOST_UNDER_ASSUMPTIONS, MOST_RUNGS = 600, 3
MOST_FOUND, MOST_SHOWN = 8, 4
MOST_WORK = 9_000  # nodes evaluated in search of one kind of repair after the other
WORTH_SHOWING = 0.7  # how much less likely than the best an alternative may be
MOST_NODES = 400
UNEXPLAINED = (
    None,
    COUNTERPART.name,
    NOT_CARRIED_OUT.name,
)  # names of slips that say nothing of what went wrong
# Changes that a left side may need which asks for nothing.
ON_THE_LEFT = (SIGN, ORDER, WRONG_INDEX, SWAPPED_INDICES, POWER, TRANSPOSE_LOST, TRANSPOSE_ADDED)
FAR_MORE = (
    20  # characters that a repair may change beyond twice those of another one, and still stand before it
)
COPIED = 0.4  # how much likelier an edit is that restores what the left side has


def suggest(problem: Problem) -> tuple[int, tuple[Suggestion, ...]]:
    """The line to change, and what would make the step true, the likeliest first; nothing where nothing was found.

    Single edits come first, then single edits that need an assumption, then pairs of small ones, then what the left
    side says in place of what differs. The work is bounded by what is evaluated and not by the clock, so that the same
    page always gives the same answer.
    """
    for each in (problem, *_as_written(problem)):
        if placed := _placed(each, _search(each)):
            if _merely_fits(placed[0][1]) or placed[0][1].slip in UNEXPLAINED:
                placed = _of_the_left(problem) or placed
            break
    else:
        placed = _of_the_left(problem)
    if not placed:
        return problem.step.line, ()
    line = placed[0][0]
    shown = (one for where, one in placed if where == line)
    return line, _small_first(sorted(shown, key=_merely_fits))[:MOST_SHOWN]


def _small_first(shown: list[Suggestion]) -> tuple[Suggestion, ...]:
    """The suggestions, with one that changes far less than the first one before it, if it is explained as well."""
    least = min(shown, key=lambda made: (_merely_fits(made) and not _merely_fits(shown[0]), _signs(made)))
    if _signs(shown[0]) <= FAR_MORE + 2 * _signs(least):
        return tuple(shown)
    return (least, *(made for made in shown if made is not least))


def _signs(made: Suggestion) -> int:
    """How many characters a suggestion takes away and puts in."""
    matcher = difflib.SequenceMatcher(None, made.found, made.repair, autojunk=False)
    kept = sum(block.size for block in matcher.get_matching_blocks())
    return len(made.found) + len(made.repair) - 2 * kept + 1


def _placed(problem: Problem, found: list[Repair]) -> list[tuple[int, Suggestion]]:
    """The repairs as suggestions, each with its line."""
    repairs = sorted(found, key=lambda repair: repair.fits)
    tidied = (neat for repair in repairs if (neat := _neat(problem, repair)) is not None)
    because = Because(problem, Style(problem))
    made = (suggestion(problem, repair, because) for repair in tidied)
    worked_out = {bare(form) for form in forms(problem, Scope(problem))}
    return _distinct(_by_rules(one, worked_out) for one in made if one is not None)


def _of_the_left(problem: Problem) -> list[tuple[int, Suggestion]]:
    """Small changes of the left side, where no reason is known for one of the right side."""
    turned = problem.turned()
    search = None if turned is None else Search.of(turned)
    if turned is None or search is None:
        return []
    tried = edits(turned.right, Scope(turned), small=True)
    ranked = _ranked(turned, [edit for edit in tried if _may_be_meant(edit, turned.right)])
    placed = _placed(turned, search.holding(((edit,) for edit in ranked), MOST_WORK))
    return [(line, made) for line, made in placed if not _merely_fits(made)]


def _neat(problem: Problem, repair: Repair) -> Repair | None:
    """The repair, tidied, if the step then still holds; None where nothing but the left side is left of it."""
    tidied = neat(problem.right, repair, Scope(problem).is_scalar)
    if tidied.tree == problem.left != repair.tree:
        return None
    return tidied if problem.equal(repair.tree, tidied.tree) else repair


def _as_written(problem: Problem) -> Iterator[Problem]:
    """The problem with sums that end where a term ends, if the reading that was checked has them reach further."""
    claim = problem.view.claim
    tree = next((member.tree for member in claim.members if member.span == problem.step.span), None)
    if tree is not None and tree != problem.right:
        yield replace(problem, right=tree)


def _search(problem: Problem) -> list[Repair]:
    """The repairs of the first kind that has any; none for a right side of hundreds of signs."""
    if sum(1 for _ in itertools.islice(walk(problem.right), MOST_NODES + 1)) > MOST_NODES:
        return []
    scope = Scope(problem)
    ranked = _ranked(
        problem, [*derived(problem, scope), *solved(problem, scope), *edits(problem.right, scope)]
    )
    singles = [(edit,) for edit in ranked if edit.cost < FAR][:MOST_SINGLE]
    plain, left = Search.of(problem), MOST_WORK
    if plain is not None and (found := plain.holding(singles, left)):
        return found
    left -= 0 if plain is None else plain.sieve.work
    rungs = itertools.islice(ladder(problem.model, problem.left, problem.right, problem.stated), MOST_RUNGS)
    for assumptions in rungs:
        search = Search.of(problem, assumptions)
        if search is not None and (found := search.holding(singles[:MOST_UNDER_ASSUMPTIONS], left)):
            return found
        left -= 0 if search is None else search.sieve.work
    if plain is None:
        return []
    distant = [(edit,) for edit in ranked if edit.cost >= FAR]
    if found := plain.holding(distant, left):
        return found
    pairs = itertools.islice(_pairs(problem.right, ranked[: 4 * MOST_PAIRED]), MOST_PAIRS)
    return plain.holding(pairs, left) or plain.holding(((edit,) for edit in counterparts(problem)), MOST_WORK)


def _ranked(problem: Problem, found: list[Edit]) -> list[Edit]:
    """Edits, the likeliest first: what stands on the left side, in place of what does not, was copied wrongly."""
    there = {bare(node) for node in walk(problem.left)}

    def cost(edit: Edit) -> float:
        copied = bare(edit.new) in there and bare(edit.old) not in there
        return edit.cost - COPIED * copied

    return sorted((edit for edit in found if not _asks_again(problem, edit)), key=cost)


def _asks_again(problem: Problem, edit: Edit) -> bool:
    """Whether an edit brings in a derivative where the step was to carry it out."""
    return has_derivative(edit.new) and has_derivative(problem.left) and not has_derivative(problem.right)


def _may_be_meant(edit: Edit, left: Node) -> bool:
    """Whether a left side may be meant otherwise: what is to be worked out is given, but for the derivative's name."""
    asks = has_derivative(left) or any(isinstance(node, Integral) for node in walk(left))
    return edit.slip in (WRONG_VARIABLE, WRONG_ORDER) or (not asks and edit.slip in ON_THE_LEFT)


@dataclass(frozen=True)
class Search:
    """Candidates tried under some assumptions."""

    problem: Problem
    sieve: Sieve
    assumptions: tuple[Assumption, ...] = ()

    @staticmethod
    def of(problem: Problem, assumptions: tuple[Assumption, ...] = ()) -> Search | None:
        """The search; None where the left side has no value."""
        sieve = Sieve.of(problem, assumptions)
        return None if sieve is None else Search(problem, sieve, assumptions)

    def holding(self, candidates: Iterable[tuple[Edit, ...]], most: int) -> list[Repair]:
        """The first few candidates that make the step true, found by evaluating no more than so many nodes."""
        found: list[Repair] = []
        most += self.sieve.work
        for chosen in candidates:
            if self.sieve.work > most:
                break
            if found and _cost(chosen) > _cost(found[0].edits) + WORTH_SHOWING:
                break
            tree = self.problem.right
            for edit in chosen:
                tree = substitute(tree, edit.old, edit.new)
            if self.sieve.passes(tree) and self._holds(tree):
                found.append(Repair(chosen, tree, " and ".join(map(str, self.assumptions)) or None))
                if len(found) == MOST_FOUND:
                    break
        return found

    def _holds(self, tree: Node) -> bool:
        problem = self.problem
        layout = problem.view.layout
        return bool(compare(problem.model, problem.left, tree, problem.condition, self.assumptions, layout))


def _cost(chosen: tuple[Edit, ...]) -> float:
    return sum(edit.cost for edit in chosen)


def _distinct(placed: Iterable[tuple[int, Suggestion]]) -> list[tuple[int, Suggestion]]:
    """One suggestion for each repaired line: the first, with the first explanation that there is."""
    kept: dict[Node, tuple[int, Suggestion]] = {}
    for line, made in placed:
        where, before = kept.setdefault(made.repaired_tree, (line, made))
        if _merely_fits(before) and not _merely_fits(made):
            slip = made.slip if made.slip not in UNEXPLAINED else before.slip or made.slip
            explained = replace(before, slip=slip, explanation=made.explanation, link=made.link)
            kept[made.repaired_tree] = (where, explained)
    return list(kept.values())


def _by_rules(placed: tuple[int, Suggestion], worked_out: set[Node]) -> tuple[int, Suggestion]:
    """A suggestion that no slip explains, but that the rules of calculus lead to, with that for its reason."""
    line, made = placed
    if _merely_fits(made) and bare(made.repaired_tree) in worked_out:
        made = replace(made, slip=made.slip or NOT_CARRIED_OUT.name, explanation=NOT_CARRIED_OUT.sentence)
    return line, made


def _merely_fits(made: Suggestion) -> bool:
    return made.explanation.startswith(FITS)


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
