"""Doubt: a step that fails is wrong only if everything in it is grounded; otherwise there is a question to ask."""

from __future__ import annotations

from dataclasses import replace

from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.names.definitions import FUNCTIONS
from pminusy.proofread.proof import Step, StepVerdict
from pminusy.proofread.source.page import Page
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Between, Binding, Call, Integral, Node, Symbol, walk

_OPERATORS = frozenset([r"\mathbb{E}", "E", "P", r"\mathbb{P}", "Pr", "Var", "Cov", r"\mathbb{V}"])
_KNOWN_WORDS = names.LOSS_NAMES | frozenset(names.FUNCTIONS) | FUNCTIONS


def doubted(step: Step, view: View, page: Page) -> Step:
    """The step; undecided with a question where it fails on grounds that are not sure."""
    if step.verdict is not StepVerdict.FAILS or step.lhs_tree is None or step.rhs_tree is None:
        return step
    question = _question(step, step.lhs_tree, step.rhs_tree, view, page)
    if not question:
        return replace(step, confidence="sure" if not step.warnings else "likely")
    reason = "the two sides differ as they were read, but that reading is not sure"
    return replace(step, verdict=StepVerdict.UNDECIDED, reason=reason, question=question)


def _question(step: Step, left: Node, right: Node, view: View, page: Page) -> str:
    if word := _unknown_word(left, right, view):
        return f"What is {word}? Say --define '{word} = …'."
    if operator := _operator(left, right):
        return f"{operator} is not evaluated here; what is it of?"
    if name := _one_sided(step, left, right, view, page):
        return f"{name} stands on one side only and is not said to be anything: what is it? Say --define '{name} = …'."
    return ""


def _symbols(*sides: Node) -> list[Symbol]:
    return [node for side in sides for node in walk(side) if isinstance(node, Symbol)]


def bound(node: Node) -> frozenset[str]:
    """The names that integrals, sums and the like inside an expression run over."""
    found = {n.variable.name for n in walk(node) if isinstance(n, Integral)}
    found |= {n.variable.name for n in walk(node) if isinstance(n, Between) and n.variable is not None}
    return frozenset(found | {n.index.name for n in walk(node) if isinstance(n, Binding)})


def _unknown_word(left: Node, right: Node, view: View) -> str:
    """A word in the formulas that is neither a function, nor a loss, nor defined on the page."""
    for symbol in _symbols(left, right):
        word = symbol.name.rstrip("'")
        family = view.model.families.resolve(symbol)[0]
        if (
            len(word) > 1
            and word.isalpha()
            and word not in _KNOWN_WORDS
            and family not in view.model.definitions
        ):
            return word
    return ""


def _operator(left: Node, right: Node) -> str:
    for side in (left, right):
        for node in walk(side):
            if isinstance(node, Call) and node.function.name in _OPERATORS:
                return to_latex(node)
            if isinstance(node, Symbol) and node.name in (r"\mathbb{E}", r"\mathbb{V}", r"\mathbb{P}"):
                return node.name
    return ""


def _one_sided(step: Step, left: Node, right: Node, view: View, page: Page) -> str:
    """A free name on the right that the left side is not made of and that the page did not mention before."""
    model = view.model
    ours = reached_families(model, (left,)) | {symbol.name for symbol in _symbols(left)} | bound(right)
    for symbol in _symbols(right):
        family = model.families.resolve(symbol)[0]
        known = (
            family in ours
            or symbol.name in ours
            or family in model.definitions
            or model.is_letter(symbol.name)
            or symbol.name in model.sizes
            or symbol.name in FUNCTIONS
            or symbol.name in ("", ":", "e", r"\pi", r"\infty", "I", r"\mathbf{1}")
        )
        if not known and not page.mentioned(symbol.name, step.span.start):
            return to_latex(Symbol(symbol.name))
    return ""
