"""`python -m benchmarks.proofreading derive [--unseen] [NAME…]`: losses derived, and compared with known closed forms.

A result counts if `proofread` finds it equal to the derivative, which it takes with dual numbers through the
definitions, if it reads the whole derivation back and finds every line right, and if the closed form is no longer than
the known one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.proofreading.losses import LOSSES, UNSEEN, Loss
from pminusy.errors import PminusyError
from pminusy.proofread import derive, proofread
from pminusy.proofread.deriving.length import length
from pminusy.proofread.proof import Step
from pminusy.proofread.rules.tidy import Tidy

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Derived:
    """How one loss fared; `length` and `known_length` are those of the closed forms, `seconds` of CPU time."""

    name: str
    result: str
    right: bool
    reads_back: bool
    length: float
    known_length: float
    lines: int
    seconds: float
    note: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is right throughout and as short as the known form."""
        return self.right and self.reads_back and self.length <= self.known_length + _ROUNDING


def examine(loss: Loss) -> Derived:
    """Derive one and compare it."""
    known = _claim(loss, loss.known)
    if known is None or not known.holds or known.rhs_tree is None:
        raise ValueError(f"{loss.name}: the known form {loss.known} is not the derivative")
    size = length(Tidy()(known.rhs_tree))
    start = time.process_time()
    try:
        derivation = derive(loss.given, loss.by, assume=loss.assume)
    except PminusyError as error:
        return Derived(loss.name, "", False, False, 0.0, size, 0, time.process_time() - start, str(error))
    seconds = time.process_time() - start
    claim = _claim(loss, derivation.result) if derivation.finished else None
    return Derived(
        loss.name,
        derivation.result,
        claim is not None and claim.holds,
        all(step.holds for step in derivation.proof.steps) and bool(derivation.proof.steps),
        length(derivation.tree),
        size,
        sum(len(part.lines) for part in derivation.parts),
        seconds,
        derivation.stopped or "",
    )


def _claim(loss: Loss, form: str) -> Step | None:
    """The step that says that the derivative is a form, on a page with the definitions and assumptions."""
    top = loss.given[0].split("=")[0].strip()
    pieces = [*(f"$${each}$$" for each in loss.given), *(f"Assume that ${each}$." for each in loss.assume)]
    derivative = rf"\frac{{\partial {top}}}{{\partial {loss.by}}}"
    steps = proofread("\n\n".join([*pieces, "Then", f"$${derivative} = {form}$$"])).steps
    return steps[-1] if steps else None


def report(found: Iterable[Derived]) -> str:
    """The results as a table in Markdown, and below it how many count."""
    rows = [
        "| loss or layer | closed form | length | known | lines | CPU seconds | |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    every = list(found)
    for one in every:
        form = f"${one.result}$".replace("|", r"\vert ") if one.right else f"– {one.note}"
        faults = [
            word
            for word, bad in (
                ("wrong or not finished", not one.right),
                ("a line that is not read back", not one.reads_back),
                ("longer", one.right and one.length > one.known_length + _ROUNDING),
            )
            if bad
        ]
        name, verdict = one.name.replace("|", r"\vert "), ", ".join(faults) or "counts"
        numbers = f"{one.length:.2f} | {one.known_length:.2f} | {one.lines} | {one.seconds:.1f}"
        rows.append(f"| {name} | {form} | {numbers} | {verdict} |")
    total = sum(one.counts for one in every)
    return "\n".join([*rows, "", f"{total} of {len(every)} count."])


def main(arguments: Sequence[str]) -> int:
    """Run it; 0 if all count."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proofreading derive", description=__doc__)
    parser.add_argument("name", nargs="*", help="parts of the names of those to run; all if left out")
    parser.add_argument("--unseen", action="store_true", help="those that were set aside")
    options = parser.parse_args(arguments)
    losses = UNSEEN if options.unseen else LOSSES
    chosen = [loss for loss in losses if not options.name or any(part in loss.name for part in options.name)]
    found = [examine(loss) for loss in chosen]
    print(report(found))
    return 0 if all(one.counts for one in found) else 1
