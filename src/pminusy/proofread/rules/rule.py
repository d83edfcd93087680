"""What a rule is: a rewrite with a name and a sentence, tried at every place of a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Node


@dataclass(frozen=True)
class Move:
    """What a rule makes of one place, and a sentence about it that is true in both directions."""

    new: Node
    sentence: str


Apply: TypeAlias = Callable[[Node, Setting], Iterator[Move]]


@dataclass(frozen=True)
class Example:
    """A line and what the rule makes of it, with what the page around them defines or says."""

    before: str
    after: str
    given: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Rule:
    """One step that people take.

    Attributes
    ----------
    name, back : str
        What the step is called, and what it is called in the other direction.
    apply : callable
        From a node and its setting, what one application makes of it. It may be too generous: every
        application is evaluated before it is shown.
    example : Example
        For the documentation and the tests.
    page : str or None
        The page of `docs/derivations/` that derives it.
    rearranges : bool
        Whether it only rearranges sums, products and fractions.
    """

    name: str
    back: str
    apply: Apply
    example: Example
    page: str | None = None
    rearranges: bool = False
