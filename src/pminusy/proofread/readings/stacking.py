"""Whether a page takes the vectors `x_i` for the rows or the columns of X: no line may hold only by the other way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.proof import Step, StepVerdict
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Component, Node, Span, Symbol

Ways: TypeAlias = dict[str, bool]  # by the names of matrices, whether the vectors are their rows
_WHOLE = "·0"


def ways(model: Model, sides: Iterable[Node | None]) -> Ways:
    """How the vectors lie in the matrices that some expressions are made of, where nothing but the letter says so."""
    reached = reached_families(model, tuple(side for side in sides if side is not None))
    found = {name: _numbered(model.definitions[name]) for name in reached & model.definitions.keys()}
    return {name: entry.indices == (Symbol(_WHOLE),) for name, entry in found.items() if entry is not None}


def _numbered(meaning: Meaning) -> Symbol | None:
    """The x_i of a matrix that is made of these; None for any other definition."""
    if meaning.parameters[:1] != (_WHOLE,) or not isinstance(meaning.body, Component):
        return None
    return meaning.body.body if isinstance(meaning.body.body, Symbol) else None


def agreed(steps: list[Step], found: Mapping[Span, Ways], said: Ways) -> list[Step]:
    """The steps, those that hold undecided where some hold with the vectors as rows and others with them as columns.

    `found` has the ways in which each holds, `said` what the text says.
    """
    both: defaultdict[str, set[bool]] = defaultdict(set)
    for step in steps:
        for name, rows in found.get(step.span, {}).items() if step.holds else ():
            both[name] |= {rows, said.get(name, rows)}
    torn = {name for name, each in both.items() if len(each) > 1}
    return [_asked(step, torn & found.get(step.span, {}).keys()) for step in steps]


def _asked(step: Step, names: set[str]) -> Step:
    if not names or not step.holds:
        return step
    matrices = " and ".join(to_latex(Symbol(name)) for name in sorted(names))
    return replace(
        step,
        verdict=StepVerdict.UNDECIDED,
        reason="this holds with vectors as the rows of a matrix, and another line with them as its columns",
        question=f"Are the vectors of which {matrices} is made its rows or its columns?",
        assumption=None,
    )
