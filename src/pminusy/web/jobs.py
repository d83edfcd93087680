"""What worker processes compute; imported before they are forked."""

from __future__ import annotations

from typing import Any, NamedTuple

from pminusy.errors import InputError
from pminusy.proofread import Proof, proofread
from pminusy.proofread.readings.settling import NotOpen
from pminusy.proofread.rendering.json import to_json
from pminusy.proofread.source.documents import document_text
from pminusy.report.explanation.build import explain as work_out
from pminusy.report.explanation.html import render_fragment as explanation_fragment
from pminusy.report.explanation.json import to_json as explanation_json
from pminusy.report.proof.html import render_fragment, render_html, render_reasons
from pminusy.report.proof.latex import render_latex
from pminusy.report.proof.reply import render_reply
from pminusy.report.proof.words import headline


class Page(NamedTuple):
    """A text and what is said beside it.

    Attributes
    ----------
    text : str
    define, assume : tuple of str
        As `pminusy.proofread` takes them.
    readings : tuple of (str, str)
        Choices and their options.
    """

    text: str
    define: tuple[str, ...] = ()
    assume: tuple[str, ...] = ()
    readings: tuple[tuple[str, str], ...] = ()


_last: dict[Page, Proof] = {}
"""The page checked last: what is asked next is mostly why one of its steps follows."""


def _proof(page: Page) -> Proof:
    if page not in _last:
        _last.clear()
        _last[page] = proofread(
            page.text, define=page.define, assume=page.assume, readings=dict(page.readings)
        )
    return _last[page]


def _without_idle(page: Page) -> tuple[Page, list[str]]:
    """The page without the readings of what it doesn't leave open, as it may while it is edited, and their keys."""
    idle: list[str] = []
    while True:
        left = page._replace(readings=tuple(each for each in page.readings if each[0] not in idle))
        try:
            _proof(left)
        except NotOpen as error:
            idle.append(error.key)
        else:
            return left, idle


def proof_json(page: Page) -> dict[str, Any]:
    """Proofread a page; as `pminusy proofread --json` prints it."""
    return to_json(_proof(page))


def proof_view(page: Page) -> dict[str, Any]:
    """Proofread a page; what the browser shows of it: the steps as HTML, and where they are in the text.

    `text` is what the places refer to: the Markdown that a notebook or HTML was converted to, else what was given.
    `idle` are the keys of readings that the page has no choice for.
    """
    page, idle = _without_idle(page)
    proof = _proof(page)
    return {
        "idle": idle,
        "text": document_text(page.text),
        "headline": headline(proof),
        "html": render_fragment(proof),
        "proof": to_json(proof),
        "spans": [[step.span.start, step.span.end] for step in proof.steps],
    }


def proof_copies(page: Page) -> dict[str, str]:
    """Proofread a page; the forms in which it can be taken along."""
    proof = _proof(page)
    return {"markdown": render_reply(proof), "latex": render_latex(proof), "html": render_html(proof)}


def step_reasons(page: Page, step: int) -> dict[str, str]:
    """Proofread a page; why one of its steps follows, as HTML."""
    steps = _proof(page).steps
    if step >= len(steps):
        raise InputError(f"step: expected a number below {len(steps)}, got {step}")
    return {"html": render_reasons(steps[step].why())}


def explanation(logits: list[float], targets: list[float]) -> dict[str, Any]:
    """Work one row out; as `pminusy explain --json` prints it."""
    return explanation_json(work_out(logits, targets=targets))


def explanation_view(logits: list[float], targets: list[float]) -> dict[str, Any]:
    """Work one row out; what the browser shows of it: the tables as HTML, and the numbers."""
    worked = work_out(logits, targets=targets)
    return {"html": explanation_fragment(worked), "worked": explanation_json(worked)}
