"""What a check of many pages has to say about each: findings with a rule, a place and a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pminusy.proofread.proof import FirstWrong, Proof, Step, StepVerdict, Suggestion
from pminusy.report.mathml import plain
from pminusy.report.proof import words


class Level(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Rule:
    """A kind of finding.

    Attributes
    ----------
    id : str
        Its name in logs, which does not change.
    level : Level
    title : str
        A few words.
    help : str
        What it means, and what to do.
    """

    id: str
    level: Level
    title: str
    help: str


WRONG = Rule(
    "wrong-step",
    Level.ERROR,
    "A step is wrong",
    "The two sides differ at random points, in every plausible reading of the page. Where a repair is suggested, "
    "it makes the step hold. `pminusy proofread FILE` shows the values at which the sides differ.",
)
UNDECIDED = Rule(
    "undecided-step",
    Level.WARNING,
    "A step could not be decided",
    "Something that the step needs is missing from the page, or could not be read. Answer the question in the "
    "text, or with --define, --assume or --reading.",
)
CONDITIONAL = Rule(
    "conditional-step",
    Level.NOTE,
    "A step holds only under an assumption",
    "The two sides are equal under the assumption that is named, and differ without it. State it in the text, or "
    "pass it with --assume.",
)
UNREADABLE = Rule(
    "unreadable-file",
    Level.ERROR,
    "A file cannot be checked",
    "It is missing, no text in UTF-8, or no valid notebook.",
)
RULES = (WRONG, UNDECIDED, CONDITIONAL, UNREADABLE)


@dataclass(frozen=True)
class Place:
    """Where a finding is: lines and columns count from 1, and the end column is behind the last character.

    Attributes
    ----------
    line : int
    column, end_line, end_column : int or None
        None where only the line is known.
    """

    line: int
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


@dataclass(frozen=True)
class Finding:
    """One thing to say about a page.

    Attributes
    ----------
    rule : Rule
    message : str
        In one line, without markup.
    place : Place or None
        None where nothing is known but the file.
    repair : str or None
        LaTeX to put in the place, if that makes the step hold.
    """

    rule: Rule
    message: str
    place: Place | None = None
    repair: str | None = None


def findings(proof: Proof) -> Iterator[Finding]:
    r"""Yield what there is to say about a page, step by step; a step that only inherits an error is passed over.

    Parameters
    ----------
    proof : Proof

    Yields
    ------
    Finding

    Examples
    --------
    >>> from pminusy.proofread import proofread
    >>> [found] = findings(proofread("$$f(x) = x^2$$\n\n$$f'(x) = 3x$$"))
    >>> found.rule.id, found.place.line
    ('wrong-step', 3)
    """
    for number, step in enumerate(proof.steps):
        first = proof.first_wrong
        if first is not None and first.step == number:
            yield _mistake(step, first)
        elif step.verdict is StepVerdict.FAILS and not step.inherited:
            yield Finding(WRONG, _differ(step), _right_side(proof, step))
        elif step.verdict is StepVerdict.UNDECIDED:
            yield Finding(UNDECIDED, _said(step) or UNDECIDED.title, _right_side(proof, step))
        elif step.verdict is StepVerdict.HOLDS_IF:
            yield Finding(CONDITIONAL, f"Holds only if {step.assumption}", _right_side(proof, step))


def _mistake(step: Step, wrong: FirstWrong) -> Finding:
    place = Place(wrong.line, wrong.start + 1, wrong.line, wrong.end + 1)
    if not wrong.suggestions:
        return Finding(WRONG, _differ(step), place)
    best = wrong.suggestions[0]
    return Finding(WRONG, _should_be(best), place, best.repair)


def _should_be(best: Suggestion) -> str:
    slip = f" ({best.slip})" if best.slip else ""
    return _one_line(f"{best.found} should be {best.repair}{slip}. {plain(best.explanation)}")


def _differ(step: Step) -> str:
    if step.witness is None:
        return "The two sides differ."
    at = ", ".join(f"{name} = {value}" for name, value in words.values(step.witness))
    return _one_line(words.witness(step.witness).replace("the values below", at or "every point"))


def _said(step: Step) -> str:
    return _one_line(plain(" ".join(map(_sentence, words.remarks(step)))))


def _sentence(remark: str) -> str:
    return remark[:1].upper() + remark[1:] + ("" if remark.endswith((".", "?", "!", "…")) else ".")


def _right_side(proof: Proof, step: Step) -> Place:
    """The right side of a step, without the blanks around it."""
    start, end = step.span.start, step.span.end
    written = proof.text[max(start, 0) : max(end, 0)]
    if not written.strip():
        return Place(step.line)
    start += len(written) - len(written.lstrip())
    end -= len(written) - len(written.rstrip())
    return Place(*_line_and_column(proof.text, start), *_line_and_column(proof.text, end))


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def _one_line(text: str) -> str:
    return " ".join(text.split())
