r"""Why a repair is one: the slip told with the names of the line at hand.

Each rule of the table knows one mistaken application of a rule of calculus or algebra. It looks at what the repair puts
in place of what, and at the left side of the step, and says its sentence only if the slip leads from the right form to
the wrong one. What no rule of the table explains fits, but nobody can say why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pminusy.proofread.checking.compare import INTERNAL
from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.repair import slips
from pminusy.proofread.repair.derived import meaning_of
from pminusy.proofread.repair.mistakes import mistake
from pminusy.proofread.repair.mistakes.mistake import Mistake
from pminusy.proofread.repair.places import Edit, Place, parts, places
from pminusy.proofread.repair.problem import Problem
from pminusy.proofread.repair.scope import SIGMOIDS
from pminusy.proofread.repair.slips import Slip
from pminusy.proofread.repair.style import Style
from pminusy.proofread.rules.tidying import tidy
from pminusy.proofread.rules.tidying.numbers import factors_of
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Derivative,
    Divide,
    Fold,
    Integral,
    Negative,
    Node,
    Power,
    Symbol,
    walk,
)

FITS = "It fits, but I can't say why."
# Kinds of changes that say what is different, but not which rule went wrong.
MERE: frozenset[Slip] = frozenset(
    (
        slips.FACTOR_LOST, slips.FACTOR_ADDED, slips.WRONG_FACTOR, slips.INNER_LOST, slips.NUMBER_LOST,
        slips.NUMBER_WRONG, slips.TERM_LOST, slips.TERM_ADDED, slips.FUNCTION, slips.FUNCTION_LOST,
        slips.FUNCTION_ADDED, slips.COUNTERPART,
    )
)  # fmt: skip
# Names of changes that the rule that went wrong tells more about.
GENERAL: frozenset[Slip] = frozenset((slips.SIGN, slips.POWER, slips.NOT_CARRIED_OUT))


@dataclass(frozen=True)
class Change:
    """An edit of a step, with what surrounds it."""

    problem: Problem
    edit: Edit
    style: Style

    @property
    def old(self) -> Node:
        """What stands there."""
        return bare(self.edit.old)

    @cached_property
    def new(self) -> Node:
        """What should."""
        return bare(tidy(self.edit.new))

    @cached_property
    def place(self) -> Place:
        """Where it stands."""
        found = (place for place in places(self.problem.right) if place.node is self.edit.old)
        return next(found, Place(self.edit.old))

    @cached_property
    def variable(self) -> Node | None:
        """What the left side differentiates by; None where it does not."""
        for side in (self.problem.left, self.problem.start):
            for node in walk(side):
                if isinstance(node, Derivative):
                    return node.variables[0]
                if isinstance(node, Call) and node.primes and len(node.arguments) == 1:
                    return node.arguments[0]
        return None

    @cached_property
    def reached(self) -> tuple[Node, ...]:
        """Everything that is differentiated on the left side, through definitions."""
        problem = self.problem
        defined = (problem.model.definitions.get(name) for name in problem.families)
        trees = [problem.left, problem.start, *(meaning.body for meaning in defined if meaning is not None)]
        return tuple(node for tree in trees for node in walk(tree))

    @cached_property
    def factor(self) -> Node | None:
        """What the repair multiplies by, if it does."""
        quotient = tidy(Divide(self.new, self.old))
        return None if isinstance(quotient, Divide) and quotient.denominator == self.old else quotient

    def write(self, node: Node) -> str:
        """A part of the line in the author's style, as a formula."""
        return f"${self.style.latex(bare(node))}$"


@dataclass(frozen=True)
class Because:
    """The reasons of repairs of one step."""

    problem: Problem
    style: Style

    @cached_property
    def mistake(self) -> Mistake | None:
        """The rule that, applied wrongly, gives the very line that stands there."""
        return mistake(self.problem, self.style)

    def of(self, edit: Edit) -> tuple[Slip | None, str | None]:
        """The slip that an edit mends, and the sentence about it; None for each where none is known."""
        change = Change(self.problem, edit, self.style)
        said = None if edit.fits else _said(change, TELLING)
        if said is None and self.mistake is not None:
            general = edit.fits or edit.slip in MERE | GENERAL
            return self.mistake.slip if general else edit.slip, self.mistake.sentence
        if edit.fits:
            return None, None
        return edit.slip, said or _said(change, OTHERS) or (None if edit.slip in MERE else edit.slip.sentence)


def _said(change: Change, rules: Sequence[Callable[[Change], Iterator[str]]]) -> str | None:
    for rule in rules:
        try:
            said = next(rule(change), None)
        except INTERNAL:
            continue
        if said is not None:
            return said
    return None


def _wrong_index(change: Change) -> Iterator[str]:
    """`p_k` for `p_i` under a sum over k."""
    old, new = change.old, change.new
    if (
        change.edit.slip is not slips.WRONG_INDEX
        or not isinstance(old, Symbol)
        or not isinstance(new, Symbol)
    ):
        return
    pairs = [(a, b) for a, b in zip(old.indices, new.indices, strict=True) if a != b]
    if len(pairs) != 1:
        return
    was, should = map(change.write, pairs[0])
    runs = isinstance(pairs[0][0], Symbol) and pairs[0][0].name in change.place.bound
    by = change.variable
    wanted = by is not None and pairs[0][1] in getattr(by, "indices", ())
    ought = change.write(new)
    if runs and wanted:
        yield f"In the sum, {was} is the index that runs and {should} the one you differentiate by, so it is {ought}."
    elif runs:
        yield f"In the sum, {was} is the index that runs; what is meant here is {ought}."
    elif wanted:
        yield f"You differentiate by {change.write(by)}, so the index is {should} here and not {was}."  # type: ignore[arg-type]


def _sign_of_the_whole(change: Change) -> Iterator[str]:
    """The minus with which the left side, or its definition, begins."""
    if change.edit.slip is not slips.SIGN or change.edit.old is not change.problem.right:
        return
    left = bare(change.problem.left)
    if isinstance(left, Negative) and isinstance(change.new, Negative):
        yield "The left side begins with a minus, which was lost."
        return
    body = bare(left.body) if isinstance(left, Derivative) else left
    meaning = meaning_of(body, change.problem)
    if meaning is not None and isinstance(bare(meaning), Negative) and isinstance(change.new, Negative):
        yield f"{change.write(body)} is minus what follows it in its definition; that minus was lost."


def _complement(change: Change) -> Iterator[str]:
    if change.edit.slip is not slips.COMPLEMENT:
        return
    sigmoid = next((n for n in (change.old, *walk(change.old)) if isinstance(n, Call)), None)
    if sigmoid is not None and sigmoid.function.name in SIGMOIDS:
        name = change.style.latex(sigmoid.function)
        yield f"${name}(-u) = 1 - {name}(u)$: the minus was lost, so {change.write(change.new)} stands here."


def _copied(change: Change) -> Iterator[str]:
    """Something that the left side has, written as something else."""
    problem = change.problem
    left, right = (Counter(bare(n) for n in walk(side)) for side in (problem.left, problem.right))
    telling = change.edit.slip in (MERE | {slips.POWER, slips.SIGN}) - {slips.TERM_LOST, slips.TERM_ADDED}
    alike = isinstance(change.new, type(change.old))
    if telling and alike and left[change.new] > right[change.new] and right[change.old] > left[change.old]:
        yield f"The left side has {change.write(change.new)} where {change.write(change.old)} stands here."


def _lost_term(change: Change) -> Iterator[str]:
    """A term of the left side that does not come up again."""
    if change.edit.slip is not slips.TERM_LOST or not isinstance(change.new, Add):
        return
    terms = change.old.terms if isinstance(change.old, Add) else (change.old,)
    more = [term for term in change.new.terms if bare(term) not in {bare(each) for each in terms}]
    of_left = {bare(term) for n in walk(change.problem.left) if isinstance(n, Add) for term in n.terms}
    if len(more) == 1 and bare(more[0]) in of_left:
        yield f"The term {change.write(more[0])} of the left side was left out."


def _lost_factor(change: Change) -> Iterator[str]:
    """A factor of the left side that does not come up again."""
    factor = change.factor
    if change.edit.slip not in MERE or factor is None:
        return
    of_left = {bare(each) for node in _carried(change.problem.left) for each in factors_of(node)}
    if bare(factor) in of_left and bare(factor) not in {bare(each) for each in factors_of(change.old)}:
        yield f"The factor {change.write(factor)} of the left side was left out."


def _carried(node: Node) -> Iterator[Node]:
    """The parts of an expression that are still factors or terms of it as a whole."""
    yield node
    if not isinstance(node, Power | Call):
        for part in parts(node):
            yield from _carried(part)


def _limits(change: Change) -> Iterator[str]:
    new = change.new
    if change.edit.slip is slips.LIMITS_SWAPPED and isinstance(new, Integral) and new.low and new.high:
        yield (
            f"The integral runs from {change.write(new.low)} to {change.write(new.high)}; "
            "the other way round, its sign turns."
        )


def _exclusion(change: Change) -> Iterator[str]:
    new = change.edit.new
    if change.edit.slip is slips.EXCLUSION_LOST and isinstance(new, Fold) and new.condition is not None:
        index = new.bindings[0].index
        others = free_letters(new.condition, change.problem.model.families) - {index.name}
        if len(others) == 1:
            equal = f"${index.name} = {next(iter(others))}$"
            yield f"The term with {equal} is counted elsewhere, so this sum leaves it out."


# What says more about the line than the rule that went wrong, and what is said where no rule is found.
TELLING: tuple[Callable[[Change], Iterator[str]], ...] = (
    _wrong_index, _complement, _limits, _exclusion, _sign_of_the_whole,
)  # fmt: skip
OTHERS: tuple[Callable[[Change], Iterator[str]], ...] = (_copied, _lost_term, _lost_factor)
