"""What proofreading finds: a value that renderers show and compute nothing from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pminusy.proofread.syntax.tree import NOWHERE, Node, Span


class Verdict(StrEnum):
    """On a whole derivation."""

    CORRECT = "correct"
    CORRECT_IF = "correct_if"
    WRONG = "wrong"
    UNDECIDED = "undecided"


class StepVerdict(StrEnum):
    """On one step."""

    HOLDS = "holds"
    HOLDS_IF = "holds_if"
    FAILS = "fails"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Definition:
    """A line that was taken as a definition.

    Attributes
    ----------
    line : int
        Of the text, from 1.
    latex : str
        As written.
    tree : tuple of Node
        Left side and right side.
    """

    line: int
    latex: str
    tree: tuple[Node, Node]


@dataclass(frozen=True)
class Witness:
    """A point at which two sides differ.

    Attributes
    ----------
    left, right : float
        The two sides there (the entry that differs most, of a vector or matrix).
    indices : dict of str to int
        The values of the free indices, from 1.
    values : dict of str to float or nested list
        The values of the symbols that the text leaves free, rounded for reading.
    """

    left: float
    right: float
    indices: dict[str, int]
    values: dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One equality, held against the member before it.

    Attributes
    ----------
    line : int
        Where its right side begins, from 1.
    lhs, rhs : str
        Both sides as written.
    lhs_tree, rhs_tree : Node or None
        The same as trees; None where it could not be read.
    verdict : StepVerdict
        What became of it.
    assumption : str or None
        What it rests on, as in "sum(y)=1".
    inherited : bool
        True where the right side differs from the start of its chain only because of an earlier step.
    residual : float or None
        The relative difference of the two sides.
    witness : Witness or None
        Where they differ.
    reason : str or None
        Why it could not be decided.
    question : str or None
        What to answer so that it can be decided.
    confidence : str or None
        Of a step that fails, "sure" or "likely".
    rests_on : tuple of str
        The choices of reading that the verdict rests on, in words.
    warnings : tuple of str
        What a reader should know, though it is no mistake.
    solves : bool
        Whether it is an equation that its solution was put into, or the solution.
    chain : int
        Steps with the same number belong to one chain of equalities.
    span : Span
        The place of the right side in the text.
    """

    line: int
    lhs: str
    rhs: str
    lhs_tree: Node | None
    rhs_tree: Node | None
    verdict: StepVerdict
    assumption: str | None = None
    inherited: bool = False
    residual: float | None = None
    witness: Witness | None = None
    reason: str | None = None
    question: str | None = None
    confidence: str | None = None
    rests_on: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    solves: bool = False
    chain: int = 0
    span: Span = NOWHERE

    @property
    def holds(self) -> bool:
        """Whether it holds, if need be under an assumption."""
        return self.verdict in (StepVerdict.HOLDS, StepVerdict.HOLDS_IF)


@dataclass(frozen=True)
class Suggestion:
    """Replace `found` by `repair`.

    Attributes
    ----------
    start, end : int
        Characters of the line that `found` takes.
    found, repair : str
        LaTeX: what stands there, what should.
    repaired : str
        The whole right side with the repair in it, as LaTeX.
    slip : str or None
        The name of the usual slip, if it is one.
    explanation : str
        One sentence in plain words.
    link : str or None
        The page of `docs/derivations/` that derives the right form.
    assumption : str or None
        What the repaired step rests on.
    found_tree, repaired_tree : Node
        The wrong node, and the whole right side repaired.
    """

    start: int
    end: int
    found: str
    repair: str
    repaired: str
    slip: str | None
    explanation: str
    link: str | None
    assumption: str | None
    found_tree: Node
    repaired_tree: Node


@dataclass(frozen=True)
class FirstWrong:
    """The first step that fails. Without any suggestion, `start` and `end` take in the whole right side."""

    line: int
    start: int
    end: int
    step: int
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True)
class FinalAnswer:
    """The last member of the chain that answers the page, held against the left side of that chain.

    `right` is None where that could not be decided; `right_if` is the assumption it needs, if any; `correct` the
    right answer as LaTeX where the given one is wrong and a right one was found, and `correct_if` what that one needs;
    `simpler` a shorter form of it that is right under the assumption `simpler_if`. `chain` is the number of the chain.
    """

    latex: str
    right: bool | None
    right_if: str | None = None
    correct: str | None = None
    tree: Node | None = None
    correct_if: str | None = None
    simpler: str | None = None
    simpler_if: str | None = None
    chain: int = -1


@dataclass(frozen=True)
class Proof:
    """A derivation and what was found in it.

    Attributes
    ----------
    text : str
        The page.
    verdict : Verdict
        On the whole.
    assumptions : tuple of str
        What it rests on, where the verdict is "correct_if".
    definitions : tuple of Definition
        Lines that were taken as definitions.
    steps : tuple of Step
        All the others.
    first_wrong : FirstWrong or None
        The first step that fails, and how to repair it.
    final_answer : FinalAnswer or None
        None where there is no step.
    notes : tuple of str
        How ambiguous notation was read.
    """

    text: str
    verdict: Verdict
    assumptions: tuple[str, ...]
    definitions: tuple[Definition, ...]
    steps: tuple[Step, ...]
    first_wrong: FirstWrong | None
    final_answer: FinalAnswer | None
    notes: tuple[str, ...] = ()
