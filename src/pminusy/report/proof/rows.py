"""A derivation as rows in reading order, for every rendering."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pminusy.proofread.proof import Definition, FirstWrong, Proof, Reason, Step

Reasons: TypeAlias = Mapping[int, tuple[Reason, ...]]
"""Why steps follow, by their numbers in the proof."""


@dataclass(frozen=True)
class Row:
    """A definition or a step, and what is to be shown with it.

    Attributes
    ----------
    entry : Definition or Step
    shows_left : bool
        The left side isn't the right side of the row before, so it is shown.
    wrong : FirstWrong or None
        Where the step is the first that fails.
    reasons : tuple of Reason or None
        Why the step follows; None where nobody asks.
    step : int or None
        The number of the step, from 0.
    """

    entry: Definition | Step
    shows_left: bool = True
    wrong: FirstWrong | None = None
    reasons: tuple[Reason, ...] | None = None
    step: int | None = None


def rows(proof: Proof, reasons: Reasons | None = None) -> tuple[Row, ...]:
    """Put definitions and steps into the order of the text; of one line, definitions come first."""
    steps = list(_step_rows(proof, reasons or {}))
    return tuple(sorted([*map(Row, proof.definitions), *steps], key=lambda row: row.entry.line))


def _step_rows(proof: Proof, reasons: Reasons) -> Iterator[Row]:
    before: Step | None = None
    for number, step in enumerate(proof.steps):
        goes_on = before is not None and before.chain == step.chain and before.rhs == step.lhs
        first_wrong = proof.first_wrong
        wrong = first_wrong if first_wrong and first_wrong.step == number else None
        yield Row(step, not goes_on, wrong, reasons.get(number), number)
        before = step
