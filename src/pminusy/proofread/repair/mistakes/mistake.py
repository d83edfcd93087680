"""What a mistake is: a rule applied wrongly at one place, with what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pminusy.proofread.repair.slips import Slip
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Node

Write: TypeAlias = Callable[[Node], str]


@dataclass(frozen=True)
class Mistake:
    """What a rule that was applied wrongly makes of a place, the name of the slip, and a sentence about it."""

    new: Node
    slip: Slip
    sentence: str


Make: TypeAlias = Callable[[Node, Setting, Write], Iterator[Mistake]]
