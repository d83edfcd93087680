"""The choices of a page that was checked, and the steps that depend on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pminusy.proofread.checking.environment import Layout
from pminusy.proofread.proof import Choice, Proof, Step
from pminusy.proofread.readings.check import Checked
from pminusy.proofread.readings.layouts import LAYOUTS
from pminusy.proofread.readings.options import LAYOUT, read_as
from pminusy.proofread.readings.settling import Interest, Open, open_choices


def with_choices(proof: Proof, checked: Checked, chosen: Mapping[str, str]) -> Proof:
    """A proof with what its page leaves open, and each step with the choices that it depends on or asks about."""
    found = {each.key: each for each in open_choices(checked.page)}
    told = {read_as(key, name): key for key, each in found.items() for name in each.ways}
    steps = tuple(_with_keys(step, found, told) for step in proof.steps)
    needed = {key for step in steps for key in step.choices} | chosen.keys()
    vectors = any(rank > 0 for view in checked.views for rank in view.model.shapes.ranks.values())
    choices = (
        Choice(each.key, _likeliest_first(each, checked), chosen.get(each.key))
        for each in found.values()
        if each.key in needed or _is_of_interest(each, vectors)
    )
    return replace(proof, steps=steps, choices=tuple(choices))


def _with_keys(step: Step, found: Mapping[str, Open], told: Mapping[str, str]) -> Step:
    rested = (told[each] for each in step.rests_on if each in told)
    asked = (key for key in step.choices if key in found)
    return replace(step, choices=tuple(dict.fromkeys((*asked, *rested))))


def _likeliest_first(choice: Open, checked: Checked) -> tuple[str, ...]:
    """The options, the one that the page was read with first where the formulas around it decided."""
    names, view = list(choice.ways), next(iter(checked.views), None)
    if view is None or choice.interest is not Interest.WITH_VECTORS:
        return tuple(names)
    at = _number(view.layout) if choice.key == LAYOUT else min(view.model.rank(choice.key), len(names) - 1)
    return (names[at], *names[:at], *names[at + 1 :])


def _number(layout: Layout) -> int:
    """Which of the layouts it is, whatever it makes of derivatives by matrices."""
    return next(n for n, each in enumerate(LAYOUTS) if replace(layout, matrix=each.matrix) == each)


def _is_of_interest(choice: Open, vectors: bool) -> bool:
    return choice.interest is Interest.ALWAYS or (vectors and choice.interest is Interest.WITH_VECTORS)
