"""What proofreading finds: a value that renderers show and compute nothing from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
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
    """A line that was read as a definition.

    Attributes
    ----------
    line : int
        Line number in the text, from 1.
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
        The two sides there; for vectors and matrices, the entries that differ most.
    indices : dict of str to int
        The values of the free indices, from 1.
    values : dict of str to float or nested list
        The values of the free symbols, rounded for display.
    """

    left: float
    right: float
    indices: dict[str, int]
    values: dict[str, Any]


@dataclass(frozen=True)
class Reason:
    """One rule by which a line follows from the one before.

    Attributes
    ----------
    rule : str
        Its name.
    sentence : str
        What it does here, with formulas between dollar signs.
    latex : str
        The line that it leads to; the last one is the right side of the step.
    tree : Node
        The same as a tree.
    """

    rule: str
    sentence: str
    latex: str
    tree: Node


def _no_reasons() -> tuple[Reason, ...]:
    return ()


@dataclass(frozen=True)
class Step:
    """One equality: a member of a chain compared with the one before it.

    Attributes
    ----------
    line : int
        Line on which the right side begins, from 1.
    lhs, rhs : str
        Both sides as written.
    lhs_tree, rhs_tree : Node or None
        The same as trees; None if a side could not be read.
    verdict : StepVerdict
        Outcome of the check.
    assumption : str or None
        The assumption needed, such as "sum(y)=1".
    inherited : bool
        Whether the right side differs from the start of its chain only because of an earlier wrong step.
    residual : float or None
        The relative difference of the two sides.
    witness : Witness or None
        A point at which the two sides differ.
    reason : str or None
        Why it could not be decided.
    question : str or None
        What to clarify so that it can be decided.
    confidence : str or None
        For a step that fails, "sure" or "likely".
    rests_on : tuple of str
        The choices of interpretation that the verdict depends on.
    choices : tuple of str
        The keys of those of `Proof.choices` that the verdict depends on or that the question is about.
    warnings : tuple of str
        Remarks that are not mistakes.
    solves : bool
        Whether it is an equation into which its solution was substituted, or that solution.
    chain : int
        Number of the chain of equalities that the step belongs to.
    span : Span
        The place of the right side in the text.
    explain : callable
        Looks for the reasons that `why` returns.
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
    choices: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    solves: bool = False
    chain: int = 0
    span: Span = NOWHERE
    explain: Callable[[], tuple[Reason, ...]] = field(default=_no_reasons, compare=False, repr=False)

    def why(self) -> tuple[Reason, ...]:
        """Why the right side follows from the left: rules, with the lines left out; none where no way is found.

        Each line was evaluated and equals the one before it at all points tried. The first call looks for the
        reasons; a step that does not hold has none.
        """
        return self.explain() if self.holds else ()

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
        LaTeX of what is written and of what should be.
    repaired : str
        The corrected right side, as LaTeX.
    slip : str or None
        Name of the common mistake, if it is one; None for a repair that fits without a known reason.
    explanation : str
        What went wrong, in plain words.
    link : str or None
        The page of `docs/derivations/` that derives the right form.
    assumption : str or None
        The assumption that the corrected step needs.
    found_tree, repaired_tree : Node
        The wrong node, and the corrected right side.
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
    """The last member of the chain that answers the page, compared with the left side of that chain.

    `right` is None if that could not be decided; `right_if` is the assumption it needs, if any; `correct` is the
    correct answer as LaTeX if the given one is wrong and a correct one was found, and `correct_if` the assumption that
    one needs; `simpler` is a shorter form of it, valid under the assumption `simpler_if`. `chain` is the number of the
    chain.
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
class Choice:
    """A decision that the notation of a page leaves open.

    Attributes
    ----------
    key : str
        What it is about, such as "f(…)".
    options : tuple of str
        What that may be, such as "a function call" and "a product"; the likeliest first.
    chosen : str or None
        The option that was given to `proofread`.
    """

    key: str
    options: tuple[str, ...]
    chosen: str | None = None


@dataclass(frozen=True)
class Proof:
    """A derivation and the result of checking it.

    Attributes
    ----------
    text : str
        The text that was checked.
    verdict : Verdict
        Overall verdict.
    assumptions : tuple of str
        The assumptions needed, if the verdict is "correct_if".
    definitions : tuple of Definition
        Lines that were read as definitions.
    steps : tuple of Step
        All other equalities.
    first_wrong : FirstWrong or None
        The first wrong step and its suggested corrections.
    final_answer : FinalAnswer or None
        None if there are no steps.
    notes : tuple of str
        How ambiguous notation was interpreted.
    choices : tuple of Choice
        What the notation leaves open, and what was chosen.
    """

    text: str
    verdict: Verdict
    assumptions: tuple[str, ...]
    definitions: tuple[Definition, ...]
    steps: tuple[Step, ...]
    first_wrong: FirstWrong | None
    final_answer: FinalAnswer | None
    notes: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()

    def reasons(self, line: int | None = None) -> dict[int, tuple[Reason, ...]]:
        """Why the steps that hold follow.

        Parameters
        ----------
        line : int or None
            The line that a step's right side begins on; None for all.

        Returns
        -------
        dict of int to tuple of Reason
            By the step's number in `steps`; no reasons where no way was found.
        """
        return {
            number: step.why()
            for number, step in enumerate(self.steps)
            if step.holds and line in (None, step.line)
        }

    def _repr_html_(self) -> str | None:
        """Typeset in a notebook, where the packages that pages need are installed."""
        # What shows proofs stands above what finds them; it is loaded when a notebook asks, and only then.
        try:
            notebook = import_module("pminusy.report.proof.notebook")
        except ImportError:
            return None
        shown: str = notebook.render_notebook(self)
        return shown
