r"""Random quantities taken to be independent where the page does not say that they are, nor that they are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.checking.ladder import with_definitions
from pminusy.proofread.meaning.lines.chance import is_of_inequalities
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.syntax.chances import base_name, is_expectation
from pminusy.proofread.syntax.tree import Call, Node, walk


def independent(model: Model, *sides: Node) -> Iterator[tuple[Model, str]]:
    """The model with independent quantities, then with independent ones that are distributed alike; and its words.

    A page that speaks of covariances takes its quantities to be dependent, but for those that a step has and leaves
    out.
    """
    if not any(map(_is_of_chance, with_definitions(model, sides))):
        return
    several = sorted(family for family in model.random if model.own_entries(family))
    dependent = model.dependent and not any(map(_has_covariance, sides))
    if model.independent or dependent or not (several or len(model.random) > 1):
        return
    names = ", ".join(sorted(model.random))
    yield replace(model, independent=True), f"{names} independent"
    if several and not model.identical:
        alike = replace(model, independent=True, identical=True)
        yield alike, f"{names} independent and identically distributed"


def _is_of_chance(side: Node) -> bool:
    """Whether an expression contains an expectation, or the probability of an event."""
    calls = (node for node in walk(side) if isinstance(node, Call))
    return any(is_expectation(call.function.name) or is_of_inequalities(call) for call in calls)


def _has_covariance(side: Node) -> bool:
    calls = (node for node in walk(side) if isinstance(node, Call))
    return any(base_name(call.function.name) == "Cov" for call in calls)
