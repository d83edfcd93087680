"""A proof with its first wrong step marked and repaired; what no small repair explains is not called wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pminusy.proofread.checking.compare import INTERNAL
from pminusy.proofread.proof import FinalAnswer, FirstWrong, Proof, Step, StepVerdict, Suggestion
from pminusy.proofread.readings.check import Checked, inherited
from pminusy.proofread.readings.doubts.unknown import ONE_SIDED
from pminusy.proofread.readings.findings import as_proof
from pminusy.proofread.repair.answer import with_right_answer
from pminusy.proofread.repair.derived import alike
from pminusy.proofread.repair.gradients import with_gradients
from pminusy.proofread.repair.places import Edit, Repair
from pminusy.proofread.repair.problem import Problem, problem_of
from pminusy.proofread.repair.reasons import Because
from pminusy.proofread.repair.search import suggest
from pminusy.proofread.repair.slips import COUNTERPART, NOT_CARRIED_OUT
from pminusy.proofread.repair.style import Style
from pminusy.proofread.repair.wording import suggestion
from pminusy.proofread.syntax.tree import Binding, Call, Derivative, Symbol, has_derivative, is_literal, walk

WEAK = (
    None,
    COUNTERPART.name,
    NOT_CARRIED_OUT.name,
)  # slips of repairs that are no evidence of a slip by themselves
MOST_SEARCHES = 8  # steps of a page for which repairs are sought


@dataclass(frozen=True)
class Mended:
    """A step that fails, with the repairs that explain it."""

    problem: Problem
    line: int
    suggestions: tuple[Suggestion, ...]


def marked(checked: Checked) -> Proof:
    """The proof with its first wrong step, what would repair it, and the right answer where the given one is wrong.

    A step that fails though no small change would make it hold was more likely misread: it stays undecided.
    """
    try:
        return _marked(checked)
    except INTERNAL:
        steps = [_unexplained(s) if s.verdict is StepVerdict.FAILS else s for s in checked.steps]
        return as_proof(replace(checked, steps=tuple(inherited(steps))))


def _marked(checked: Checked) -> Proof:
    first: Mended | None = None
    steps: list[Step] = []
    searches = 0
    for step in checked.steps:
        if (named := _named(checked, step)) is not None:
            first = first or named
            steps.append(named.problem.step)
            continue
        if step.verdict is not StepVerdict.FAILS:
            steps.append(step)
            continue
        searches += 1
        mended = _mended(checked, step) if searches <= MOST_SEARCHES else None
        mended = mended or _mistaken(checked, step) or _sure(checked, step)
        first = first or mended
        steps.append(step if mended is not None else _unexplained(step))
    if _is_misread(steps):
        first, steps = None, [_unexplained(s) if s.verdict is StepVerdict.FAILS else s for s in steps]
    proof = as_proof(replace(checked, steps=tuple(inherited(steps))))
    return proof if first is None else _with_place(proof, first)


def _sure(checked: Checked, step: Step) -> Mended | None:
    """A step that is wrong though no small change mends it: nothing in it can well be read otherwise."""
    problem = problem_of(checked, step)
    if problem is None or step.confidence != "sure" or (_restates(checked, step) and not step.solves):
        return None
    return Mended(problem, step.line, ())


def _named(checked: Checked, step: Step) -> Mended | None:
    """A step that is only in doubt for a name that one side lacks, where a rule applied wrongly has lost just that."""
    if (
        step.verdict is not StepVerdict.UNDECIDED
        or step.witness is None
        or ONE_SIDED not in (step.question or "")
    ):
        return None
    failing = replace(step, verdict=StepVerdict.FAILS, confidence="likely", reason=None, question=None)
    return _mistaken(checked, failing)


def _mistaken(checked: Checked, step: Step) -> Mended | None:
    """A step that no small change mends, but of which a rule, applied wrongly, gives the right side."""
    problem = problem_of(checked, step)
    if problem is None or step.confidence is None:
        return None
    because = Because(problem, Style(problem))
    try:
        if because.mistake is None:
            return None
        edit = Edit(problem.right, problem.left, because.mistake.slip, fits=True)
        made = suggestion(problem, Repair((edit,), problem.left, None), because)
    except INTERNAL:
        return None
    return None if made is None else Mended(problem, made[0], (made[1],))


def _is_misread(steps: list[Step]) -> bool:
    """Whether far more chains of a page fail than steps of it hold: then it is the reading that is wrong."""
    fails = {step.chain for step in steps if step.verdict is StepVerdict.FAILS}
    holds = sum(step.holds for step in steps)
    return len(fails) > max(2, holds + 1)


def _restates(checked: Checked, step: Step) -> bool:
    """Whether a line only says again what a name is, which may be another thing of that name."""
    members = checked.views[step.chain].claim.members
    left = step.lhs_tree
    left = left.function if isinstance(left, Call) and not left.primes else left
    return len(members) == 2 and isinstance(left, Symbol) and not step.lhs.rstrip().endswith("'")


def _mended(checked: Checked, step: Step) -> Mended | None:
    """The repairs that explain a step; None where there is none but to write the left side again."""
    problem = problem_of(checked, step)
    if problem is None:
        return None
    try:
        line, suggestions = suggest(problem)
    except INTERNAL:
        return None
    explaining = tuple(
        each
        for each in suggestions
        if not _says_the_left_again(each, problem)
        and not _sums_over_a_label(each, problem)
        and (each.slip not in WEAK or step.confidence == "sure" or _is_derived_nearby(each, problem))
    )
    if not explaining and suggestions and (answer := _right_answer(problem, suggestions[0])) is not None:
        explaining = (answer,)
    return Mended(problem, line, explaining) if explaining else None


def _is_derived_nearby(suggestion: Suggestion, problem: Problem) -> bool:
    """Whether the gradient by a vector or matrix, worked out, is a line of which most stands there."""
    repaired = suggestion.repaired_tree
    return (
        suggestion.slip == NOT_CARRIED_OUT.name
        and not has_derivative(repaired)
        and alike(repaired, problem.right)
        and bool(with_gradients(problem.left, problem.setting))
    )


def _sums_over_a_label(suggestion: Suggestion, problem: Problem) -> bool:
    """Whether a repair sums over a letter that only tells names apart, or over what a probability is of.

    A sum over x where pairs (x, y) are meant is a way of writing.
    """
    families = problem.model.families
    labels = {name for each in problem.model.distributions.values() for name in each.variables}
    for symbol in (n for n in walk(suggestion.repaired_tree) if isinstance(n, Symbol)):
        if symbol.name in families.layered:
            labels |= {index.name for index in symbol.indices if isinstance(index, Symbol)}
    written = {b.index.name for b in walk(problem.right) if isinstance(b, Binding)}
    added = {b.index.name for b in walk(suggestion.repaired_tree) if isinstance(b, Binding)} - written
    return bool(added & labels)


def _right_answer(problem: Problem, again: Suggestion) -> Suggestion | None:
    """The right answer in a short form in place of a repair that says the left side again."""
    try:
        _, repair = with_right_answer(FinalAnswer(again.repaired, False), problem, again)
    except INTERNAL:
        return None
    return None if repair == again or _says_the_left_again(repair, problem) else repair


def _says_the_left_again(suggestion: Suggestion, problem: Problem) -> bool:
    """Whether a repair puts what is asked for in place of the answer, or something in place of a mere number."""
    repaired = suggestion.repaired_tree
    if is_literal(problem.right) and not is_literal(repaired):
        return suggestion.slip != NOT_CARRIED_OUT.name
    if any(node == problem.left for node in walk(repaired)) and not _changes_little(suggestion, problem):
        return not isinstance(problem.left, Symbol) or problem.left not in set(walk(problem.right))
    whole = suggestion.found_tree == problem.right and suggestion.slip == COUNTERPART.name
    return whole and repaired not in problem.later and any(isinstance(n, Derivative) for n in walk(repaired))


def _changes_little(suggestion: Suggestion, problem: Problem) -> bool:
    """Whether a repair replaces a part of the right side, and not what holds all of it."""
    part = suggestion.found_tree
    return part != problem.right and 2 * len(list(walk(part))) <= len(list(walk(problem.right)))


def _unexplained(step: Step) -> Step:
    left = " ".join(step.lhs.split())
    return replace(
        step,
        verdict=StepVerdict.UNDECIDED,
        confidence=None,
        reason="the two sides differ under this interpretation, but no small correction makes them equal",
        question=f"Is the right side meant to equal {left}? "
        "If a name in it is an abbreviation, what is it short for?",
    )


def _with_place(proof: Proof, mended: Mended) -> Proof:
    """The proof with its first wrong step, from the start of the right side to the end of its line."""
    problem = mended.problem
    number = next(n for n, step in enumerate(proof.steps) if step.span == problem.step.span)
    if not mended.suggestions:
        line, start = problem.line_of(problem.step.span.start)
        width = len(proof.text.splitlines()[line - 1])
        end = min(width, start + problem.step.span.end - problem.step.span.start)
        return replace(proof, first_wrong=FirstWrong(line, start, end, number))
    best, *others = mended.suggestions
    answer = proof.final_answer
    try:
        if answer is not None and _led_to(answer, proof, problem) and _is_of_the_right(mended):
            answer, best = with_right_answer(answer, problem, best)
    except INTERNAL:
        pass  # the repair stands without the right answer
    place = FirstWrong(mended.line, best.start, best.end, number, (best, *others))
    return replace(proof, first_wrong=place, final_answer=answer)


def _is_of_the_right(mended: Mended) -> bool:
    """Whether the first repair changes the right side of its step."""
    left, found = mended.problem.step.lhs_tree, mended.suggestions[0].found_tree
    return left is None or not any(node is found for node in walk(left))


def _led_to(answer: FinalAnswer, proof: Proof, problem: Problem) -> bool:
    """Whether the chain that the wrong step stands in led to the wrong answer."""
    own = answer.chain == problem.step.chain
    earlier = all(s.verdict is not StepVerdict.FAILS for s in proof.steps if s.chain < problem.step.chain)
    return answer.right is False and own and earlier
