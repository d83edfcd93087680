"""Formulas and pages as the parts of the proofreader take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.proofread import proofread
from pminusy.proofread.checking.compare import Comparison, compare, environment
from pminusy.proofread.checking.dual import plain
from pminusy.proofread.checking.environment import Environment, Layout
from pminusy.proofread.checking.evaluate import Evaluator
from pminusy.proofread.checking.sampling import points
from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.meaning.model.build import build_model
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.families import Families, find_families
from pminusy.proofread.source.page import Page
from pminusy.proofread.source.reader import read_page
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.parser import parse, parse_condition
from pminusy.proofread.syntax.tree import Node
from pminusy.proofread.syntax.vocabulary import Vocabulary

# Tells that i, j and k are indices: a subscript that nothing runs over is part of a name.
INDICES = r"\xi + 0 = \sum_i \sum_j \sum_k \zeta_{ijk}"


def tree(latex: str, vocabulary: Vocabulary | None = None) -> Node:
    return parse(tokenize(latex), vocabulary, len(latex))


def condition(latex: str) -> Node:
    return parse_condition(tokenize(latex), Vocabulary(), len(latex))


def families(*formulas: str) -> Families:
    return find_families([tree(formula) for formula in formulas], ())


def page(*formulas: str, text: str = "") -> Page:
    """A page with some words and displayed formulas."""
    return read_page("\n".join([text, *(f"$${formula}$$" for formula in formulas)]))


@dataclass(frozen=True)
class Reading:
    """A page and its model."""

    page: Page
    model: Model

    def tree(self, latex: str) -> Node:
        """A formula in the words of the page."""
        return tree(latex, self.page.vocabulary)


def read(*formulas: str, text: str = "") -> Reading:
    """A page with those formulas, on which i, j and k are indices."""
    own = page(*formulas, INDICES, text=text)
    return Reading(own, build_model(own)[0])


def model(*formulas: str, text: str = "") -> Model:
    return read(*formulas, text=text).model


def evaluated(
    formula: str, of: Reading, *, kind: str = "real", layout: Layout | None = None, digits: int = 0
) -> tuple[NDArray[Any], Environment]:
    """The value of a formula at a random point, axes (letters …, sample, row, column); and where."""
    node = of.tree(formula)
    point = next(points(of.model, kind, (), range(1), 2, digits))
    env, _ = environment(of.model, (node,), point, layout)
    return plain(Evaluator().value(node, env)), env


def compared(
    left: str, right: str, *formulas: str, text: str = "", assume: tuple[Assumption, ...] = (), when: str = ""
) -> Comparison:
    """Two sides of a claim on a page with those definitions."""
    of = read(*formulas, f"0 + {left} = {right}", text=text)
    sides = of.tree(left), of.tree(right)
    return compare(of.model, *sides, condition(when) if when else None, assume)


def number(formula: str, *formulas: str) -> float:
    """The value of a formula without free quantities."""
    values, _ = evaluated(formula, read(*formulas, f"0 + {formula} = z_0"))
    assert np.ptp(values) == 0
    return float(values.ravel()[0])


def verdicts(*formulas: str, text: str = "") -> list[str]:
    """What becomes of each step of a page with some words and displayed formulas."""
    shown = "\n".join([text, *(f"$${formula}$$" for formula in formulas)])
    return [step.verdict.value for step in proofread(shown).steps]
