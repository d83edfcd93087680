"""From an edit to a suggestion: which characters to replace by what, so that the line then reads right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pminusy.errors import InputError
from pminusy.proofread.proof import Suggestion
from pminusy.proofread.repair.difference import Difference, differences
from pminusy.proofread.repair.places import Repair
from pminusy.proofread.repair.problem import Problem
from pminusy.proofread.repair.reasons import FITS, Because
from pminusy.proofread.repair.style import FENCE, Style, read_alone
from pminusy.proofread.source.reader import read_page
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Add, Group, Negative, Node

_MINUS = ("-", "–", "−")


@dataclass(frozen=True)
class Replacement:
    """Characters of the page and the LaTeX to put there; `old` is the node that stands there."""

    start: int
    end: int
    latex: str
    old: Node


def suggestion(problem: Problem, repair: Repair, because: Because) -> tuple[int, Suggestion] | None:
    """The line and the suggestion that an edit makes; None where the line cannot be written so that it reads right."""
    place = _place(problem, repair, because.style)
    if place is None:
        return None
    line, start = problem.line_of(place.start)
    told = [because.of(edit) for edit in repair.edits]
    slip, said = told[0][0], [sentence for _, sentence in told]
    why = FITS if None in said else " ".join(dict.fromkeys(each for each in said if each is not None))
    rests = f" It then holds if {repair.assumption}." if repair.assumption else ""
    return line, Suggestion(
        start=start,
        end=start + place.end - place.start,
        found=problem.text[place.start : place.end],
        repair=place.latex,
        repaired=to_latex(repair.tree),
        slip=None if slip is None else slip.name,
        explanation=why + rests,
        link=None if slip is None or why == FITS else slip.link,
        assumption=repair.assumption,
        found_tree=place.old,
        repaired_tree=repair.tree,
    )


def _place(problem: Problem, repair: Repair, style: Style) -> Replacement | None:
    """The smallest part of the text whose replacement makes the step true; the whole right side as a last resort."""
    for difference in differences(problem.right, repair.tree):
        for place in _ways(problem, difference, style):
            if _is_whole(problem.text[place.start : place.end]) and _reads_right(
                problem, place, repair.tree, style
            ):
                return place
    return None


def _is_whole(found: str) -> bool:
    """Whether characters lie in one line and close what they open."""
    plain = re.sub(r"\\[{}]", "", found)
    return "\n" not in found and plain.count("{") == plain.count("}")


def _ways(problem: Problem, difference: Difference, style: Style) -> Iterator[Replacement]:
    """How the new expression may be written: as it is, with its sign, in parentheses."""
    text, start, end = problem.text, difference.span.start, difference.span.end
    old, new = difference.old, difference.new
    latex = style.latex(new)
    fence = FENCE.search(text, 0, start)
    if fence:
        start = fence.start()
    if not difference.starts_sum:
        before = text[:start].rstrip()
        if before.endswith("+"):
            if _begins_with_minus(new):
                yield Replacement(len(before) - 1, end, f"- {latex[1:]}", old)
        elif not _begins_with_minus(new) and text[start:end].lstrip().startswith(_MINUS):
            yield Replacement(start, end, f"+ {latex}", old)
    yield Replacement(start, end, latex, old)
    if not isinstance(new, Group):
        yield Replacement(start, end, rf"\left({latex}\right)", old)


def _begins_with_minus(node: Node) -> bool:
    return isinstance(node.terms[0] if isinstance(node, Add) else node, Negative)


def _reads_right(problem: Problem, place: Replacement, repaired: Node, style: Style) -> bool:
    """Whether the right side, read anew with the replacement in it, is the repaired one.

    By itself, if it is read like that without the replacement, too; otherwise with the page around it.
    """
    if style.reads_alone:
        tree = read_alone(problem, place.start, place.end, place.latex)
        return tree is not None and bool(problem.equal(repaired, tree))
    text = f"{problem.text[: place.start]} {place.latex} {problem.text[place.end :]}"
    start = min(problem.step.span.start, place.start)
    try:
        page = read_page(text)
    except InputError:
        return False
    members = (member for chain in page.chains for member in chain.members)
    member = next((m for m in members if m.span.start <= start + 1 < m.span.end), None)
    return member is not None and any(problem.equal(repaired, tree) for tree in page.readings(member))
