"""Settings and explainers as the tests of the rules take them."""

from __future__ import annotations

from tests.proofread.reading import Reading, read

from pminusy.proofread.proof import Reason
from pminusy.proofread.rules.keys import Keys
from pminusy.proofread.rules.reason import Explainer
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.tree import Node


def setting_of(reading: Reading, condition: Node | None = None) -> Setting:
    return Setting(reading.model, condition)


def two(left: str, right: str, *formulas: str) -> tuple[Keys, Node, Node]:
    """The keys of a page with two formulas, and both tidied."""
    reading = read(*formulas, f"0 + {left} = {right}")
    tidy = Tidy()
    one, other = tidy(reading.tree(left)), tidy(reading.tree(right))
    return Keys(setting_of(reading), one, other), one, other


def rules_between(left: str, right: str, *formulas: str) -> list[str]:
    """The names of the rules that lead from one formula to the other on a page with those definitions."""
    reading = read(*formulas, f"0 + {left} = {right}")
    explainer = Explainer(setting_of(reading))
    return [reason.rule for reason in explainer.reasons(reading.tree(left), reading.tree(right))]


def reasons_between(left: str, right: str) -> tuple[Reason, ...]:
    """The reasons that lead from one formula to the other on a page without definitions."""
    reading = read(f"0 + {left} = {right}")
    return Explainer(setting_of(reading)).reasons(reading.tree(left), reading.tree(right))


def lines_between(left: str, right: str) -> list[tuple[str, str]]:
    """The rules and the lines, as LaTeX without spaces."""
    return [(reason.rule, "".join(reason.latex.split())) for reason in reasons_between(left, right)]
