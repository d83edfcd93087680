"""The sentences that the text and the page of a proof share."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from pminusy.proofread.proof import (
    Choice,
    FinalAnswer,
    Proof,
    Step,
    StepVerdict,
    Suggestion,
    Verdict,
    Witness,
)
from pminusy.report.formats import count, number

_MOST_VALUES = 6

Writing: TypeAlias = Callable[[str], str]
"""How an assumption is written: as the command line takes it, or as a formula."""

NO_REASON = "equal at all points tried, but I don't see by which step"


def headline(proof: Proof, written: Writing = str) -> str:
    """Say how the derivation came out, in a few words."""
    if proof.verdict is Verdict.WRONG:
        return f"Line {_wrong_line(proof)} is wrong"
    if proof.verdict is Verdict.UNDECIDED:
        lines = dict.fromkeys(str(s.line) for s in proof.steps if s.verdict is StepVerdict.UNDECIDED)
        word = "line" if len(lines) == 1 else "lines"
        return (
            f"No mistake found, but {word} {', '.join(lines)} could not be decided"
            if lines
            else "Nothing to check"
        )
    if proof.verdict is Verdict.CORRECT_IF:
        return f"Every step holds if {' and '.join(map(written, proof.assumptions))}"
    return "Every step holds"


def _wrong_line(proof: Proof) -> int:
    if proof.first_wrong:
        return proof.first_wrong.line
    return next(step.line for step in proof.steps if step.verdict is StepVerdict.FAILS)


def summary(proof: Proof) -> str:
    """Say how many steps were checked, and how."""
    definitions = count(len(proof.definitions), "definition")
    if not proof.steps:
        return f"Read {definitions}; found no {'other ' if proof.definitions else ''}equation to check."
    steps = count(len(proof.steps), "step")
    return f"Read {definitions}; checked {steps} at random points in several dimensions."


def remarks(step: Step, written: Writing = str) -> Iterator[str]:
    """Say what a reader should know of a step beside its mark."""
    if step.assumption:
        yield f"holds if {written(step.assumption)}"
    if step.inherited and step.holds:
        yield "valid step, but inherits the earlier error"
    if step.reason:
        yield step.reason
    if step.question:
        yield step.question
    yield from step.rests_on
    yield from step.warnings


def choice(found: Choice) -> str:
    """Give what a choice is about, with its options, as the command line takes them.

    Examples
    --------
    >>> choice(Choice("f(…)", ("a function call", "a product")))
    'f(…) = a function call, or a product'
    """
    first, *others = found.options
    return f"{found.key} = {first}{''.join(f', or {other}' for other in others)}"


def witness(found: Witness) -> str:
    """Give the numbers at which two sides differ."""
    at = ", ".join(f"{index} = {value}" for index, value in found.indices.items())
    where = f"At {at} and" if at else "At"
    return (
        f"{where} the values below, the left side is {number(found.left)} and the right side "
        f"{number(found.right)}."
    )


def values(found: Witness) -> Iterator[tuple[str, str]]:
    """Give the name and the value of each symbol at a witness."""
    for name, value in found.values.items():
        yield name, _value(value)


def _value(value: Any) -> str:
    if not isinstance(value, (list, tuple)):
        return number(float(value))
    shown = [_value(item) for item in value[:_MOST_VALUES]]
    return f"({', '.join(shown)}{', …' if len(value) > _MOST_VALUES else ''})"


def repair(suggestion: Suggestion, written: Writing = str) -> str:
    """Say what the corrected step assumes, if anything."""
    return (
        f"The corrected step holds{condition(suggestion.assumption, written)}."
        if suggestion.assumption
        else ""
    )


def final_answer(answer: FinalAnswer, written: Writing = str) -> str:
    """Give the verdict on the final answer."""
    if answer.right is None:
        return "undecided"
    if not answer.right:
        return "wrong"
    return f"correct{condition(answer.right_if, written)}"


def condition(assumption: str | None, written: Writing = str) -> str:
    """Give what something rests on as the end of a phrase; nothing where it rests on nothing."""
    return f" if {written(assumption)}" if assumption else ""


def command(page: str) -> str:
    """Give the command that prints a page of the documentation.

    Examples
    --------
    >>> command("docs/derivations/softmax.md")
    'pminusy docs softmax'
    """
    return f"pminusy docs {Path(page).stem}"
