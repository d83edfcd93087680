"""The lines between two formulas, each with the rule that leads to it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from pminusy.proofread.rules.build import add, terms_of
from pminusy.proofread.rules.moves import Applied
from pminusy.proofread.rules.search import State
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Node

REARRANGED = "Multiplied out, collected and cancelled, both are the same."
WORKED_OUT = "derivatives worked out"
MOST_BACK = 2  # derivatives read backwards that are shown one by one
MOST_SHOWN, JOINT = 6, ", "  # lines that are shown as they are
SMALL = frozenset(
    [
        "derivative of a sum",
        "constant factor out of a derivative",
        "derivative of the variable",
        "derivative of a constant",
        "contract a delta",
        "value of a delta",
    ]
)
LONGEST = 140  # characters of a formula in a sentence


@dataclass(frozen=True)
class Line:
    """A formula on the way, and the rule that leads to it."""

    rule: str
    sentence: str
    tree: Node


def forwards(state: State) -> list[Line]:
    """The lines from the start to a state."""
    return [line_of(s.by) for s in state.trail() if s.by is not None]


def backwards(state: State) -> list[Line]:
    """The lines from a state to the formula that was to be reached; derivatives are worked out there on one line."""
    steps = [s for s in reversed(state.trail()) if s.by is not None and s.parent is not None]
    lines: list[Line] = []
    for chained, run in itertools.groupby(steps, key=lambda step: step.chained):
        found = [
            Line(s.by.rule.back, sentence_of(s.by, backwards=True), s.parent.tree)
            for s in run
            if s.by is not None and s.parent is not None
        ]
        lines += [worked_out_there(found[-1].tree)] if chained and len(found) > MOST_BACK else found
    return lines


def worked_out_there(goal: Node) -> Line:
    """The line to a formula whose derivatives, worked out, come to the line before."""
    return Line(WORKED_OUT, "Its derivatives, worked out in the same way, come to the line above.", goal)


def line_of(applied: Applied) -> Line:
    """The line that an application leads to."""
    return Line(applied.rule.name, sentence_of(applied), applied.tree)


def sentence_of(applied: Applied, backwards: bool = False) -> str:
    """The sentence of a rule with the formula that it is about."""
    one, other = _without_shared_terms(applied.before, applied.after)
    if backwards:
        one, other = other, one
    formula = f"{to_latex(one)} = {to_latex(other)}"
    return f"{applied.sentence}: ${formula}$." if len(formula) <= LONGEST else f"{applied.sentence}."


def _without_shared_terms(one: Node, other: Node) -> tuple[Node, Node]:
    """The two formulas without the terms that both have, so that the sentence is about what changes."""
    ours, theirs = terms_of(one), terms_of(other)
    if len(ours) < 2:
        return one, other
    for term in list(ours):
        if term in theirs:
            ours.remove(term)
            theirs.remove(term)
    return (add(ours), add(theirs)) if ours and theirs else (one, other)


def shortened(lines: list[Line]) -> list[Line]:
    """A long way with its small steps put together; their names are joined by commas."""
    if len(lines) <= MOST_SHOWN:
        return lines
    short: list[Line] = []
    for line in lines:
        before = short[-1] if short else None
        if before is not None and line.rule in SMALL and set(before.rule.split(JOINT)) <= SMALL:
            names = JOINT.join(dict.fromkeys((*before.rule.split(JOINT), line.rule)))
            sentence = (
                before.sentence if line.sentence in before.sentence else f"{before.sentence} {line.sentence}"
            )
            short[-1] = Line(names, sentence, line.tree)
        else:
            short.append(line)
    return short
