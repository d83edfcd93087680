"""A claim as it is read: in which page, by which model, in which layout of derivatives."""

from __future__ import annotations

from dataclasses import dataclass

from pminusy.proofread.checking.environment import Layout
from pminusy.proofread.meaning.lines.assumptions import Assumption, Stated, counting
from pminusy.proofread.meaning.lines.classified import Claim, Classified
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.source.page import Page


@dataclass(frozen=True)
class View:
    """One reading of one claim.

    Attributes
    ----------
    page : Page
        The page, or the part of it that the claim is read with.
    model : Model
        What the names stand for.
    found : Classified
        What the lines of that part are.
    stated : tuple of Stated
        The assumptions that the text states.
    layout : Layout
        How derivatives by vectors are laid out.
    claim : Claim
        The chain.
    choices : tuple of str
        What was read otherwise than usual, in words.
    """

    page: Page
    model: Model
    found: Classified
    stated: tuple[Stated, ...]
    layout: Layout
    claim: Claim
    choices: tuple[str, ...] = ()

    def stated_at(self, at: int) -> tuple[Assumption, ...]:
        """The assumptions that the text states for what stands at a character."""
        return counting(self.stated, at)
