"""A derivation as rows in reading order, for every rendering."""

from collections.abc import Iterator
from dataclasses import dataclass

from pminusy.proofread.proof import Definition, FirstWrong, Proof, Step


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
    step : int or None
        The number of the step, from 0.
    """

    entry: Definition | Step
    shows_left: bool = True
    wrong: FirstWrong | None = None
    step: int | None = None


def rows(proof: Proof) -> tuple[Row, ...]:
    """Put definitions and steps into the order of the text; of one line, definitions come first."""
    steps = list(_step_rows(proof))
    return tuple(sorted([*map(Row, proof.definitions), *steps], key=lambda row: row.entry.line))


def _step_rows(proof: Proof) -> Iterator[Row]:
    before: Step | None = None
    for number, step in enumerate(proof.steps):
        goes_on = before is not None and before.chain == step.chain and before.rhs == step.lhs
        first_wrong = proof.first_wrong
        wrong = first_wrong if first_wrong and first_wrong.step == number else None
        yield Row(step, not goes_on, wrong, number)
        before = step
