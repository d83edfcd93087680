"""Formulas with the setting that rules work in."""

from __future__ import annotations

from dataclasses import replace

from pminusy.proofread.deriving.problem import read_problem
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.tree import Node


def formula(latex: str, *definitions: str, by: str = "x") -> tuple[Node, Setting]:
    """A formula, tidied, in the setting of a derivation by x with further definitions."""
    problem = read_problem([f"q = {latex} + 0 x", *definitions], by, None, ())
    added = problem.definitions[0].tree[1]
    tree = added.terms[0] if len(added.terms) == 2 else type(added)(added.terms[:-1])  # type: ignore[attr-defined]
    equations = tuple(k for k in problem.setting.equations if k.left != problem.definitions[0].tree[0])
    return Tidy()(tree), replace(problem.setting, equations=equations)
