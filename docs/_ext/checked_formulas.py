"""Marks below the formulas of the derivations: ✓ where the build has proofread each line, and why it follows.

A step that fails or cannot be decided is a warning, with which the build fails.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util import logging

from pminusy.proofread import proofread
from pminusy.proofread.proof import Definition, Step
from pminusy.report.mathml import latex_math
from pminusy.report.proof.assumptions import in_latex
from pminusy.report.proof.html import render_reasons

_LOGGER = logging.getLogger(__name__)
_FOLDER = "derivations/"
_DEFINITION = '<p class="checked">definition</p>'
_Line = TypeVar("_Line", Step, Definition)


def _mark(app: Sphinx, doctree: nodes.document) -> None:
    docname = app.env.docname
    if not docname.startswith(_FOLDER) or docname.endswith("README"):
        return
    page = Path(app.env.doc2path(docname))
    given = json.loads((page.parent / "given.json").read_text(encoding="utf-8")).get(page.stem, ())
    proof = proofread(page.read_text(encoding="utf-8"), define=given)
    blocks = [block for block in doctree.findall(nodes.math_block) if block.line]
    starts = [block.line or 0 for block in blocks]
    steps = _by_block(proof.steps, starts)
    for number, own in steps.items():
        for step in own:
            if not step.holds:
                _LOGGER.warning("line %d does not hold: %s", step.line, step.rhs, location=blocks[number])
        _put_below(blocks[number], _shown(own))
    for number in _by_block(proof.definitions, starts).keys() - steps.keys():
        _put_below(blocks[number], _DEFINITION)


def _put_below(block: nodes.math_block, html: str) -> None:
    block.parent.insert(block.parent.index(block) + 1, nodes.raw("", html, format="html"))


def _by_block(lines: Sequence[_Line], starts: list[int]) -> dict[int, list[_Line]]:
    """The lines of each display, by its number; those in the running text after it count as its own."""
    found: dict[int, list[_Line]] = defaultdict(list)
    for line in lines:
        number = bisect_right(starts, line.line) - 1
        if number >= 0:
            found[number].append(line)
    return found


def _shown(steps: list[Step]) -> str:
    conditions = list(dict.fromkeys(step.assumption for step in steps if step.assumption))
    lines = "1 line" if len(steps) == 1 else f"{len(steps)} lines"
    under = Markup(" if ") + Markup(" and ").join(map(_condition, conditions)) if conditions else Markup()
    parts = [_why(step) for step in steps]
    return (
        Markup(
            '<details class="checked"><summary><span class="tick">✓</span> {} checked{}<span class="why">why?</span>'
            "</summary>"
        ).format(lines, under)
        + Markup("").join(parts)
        + Markup("</details>")
    )


def _condition(assumption: str) -> Markup:
    return latex_math(in_latex(assumption).strip("$"), block=False)


def _why(step: Step) -> Markup:
    line = latex_math(f"{step.lhs} = {step.rhs}", block=True)
    return Markup('<div class="step">{}{}</div>').format(line, render_reasons(step.why()))


def _contents(_app: Sphinx, docname: str, source: list[str]) -> None:
    """The derivations in the order of their list, which is read elsewhere, too, and so has no directives."""
    if docname == f"{_FOLDER}README":
        pages = dict.fromkeys(re.findall(r"\]\((\w+)\.md\)", source[0]))
        source[0] += "\n\n```{toctree}\n:hidden:\n\n" + "\n".join(pages) + "\n```\n"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("source-read", _contents, priority=400)  # before links are rewritten
    app.connect("doctree-read", _mark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
