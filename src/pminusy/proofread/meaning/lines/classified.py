"""What the chains of a page are: definitions, claims, assumptions, and what is set aside."""

from __future__ import annotations

from dataclasses import dataclass, field

from pminusy.proofread.meaning.lines.assumptions import Stated
from pminusy.proofread.meaning.names.definitions import Entry, Meaning, Rule
from pminusy.proofread.source.page import Aside, Chain, Member
from pminusy.proofread.syntax.tree import Node


@dataclass
class Claim:
    """A chain to be checked.

    Attributes
    ----------
    members : list of Member
    condition : Node or None
        What restricts the indices.
    given : dict of str to Meaning
        Quantities that a condition fixes.
    chain : Chain
        Where it comes from.
    solves : bool
        Whether it may only hold where something was set to zero.
    """

    members: list[Member]
    condition: Node | None
    given: dict[str, Meaning]
    chain: Chain
    solves: bool = False


@dataclass
class Classified:
    """What the chains of a page are.

    `alternatives` are further expressions given for a defined family, `fixed` the values of entries, as in `h_0 = 0`,
    `one_hot` the families that the text calls so, `implied` those that a formula defines by using them.
    """

    definitions: dict[str, Meaning] = field(default_factory=dict)
    alternatives: dict[str, list[Meaning]] = field(default_factory=dict)
    defining: list[Chain] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    fixed: dict[Entry, float | None] = field(default_factory=dict)
    conditions: dict[str, Node | None] = field(default_factory=dict)
    one_hot: frozenset[str] = frozenset()
    implied: set[str] = field(default_factory=set)

    def fix(self, entry: Entry, value: float) -> None:
        """Note the value of an entry; one that has two different ones is left free, as None says."""
        self.fixed[entry] = value if self.fixed.get(entry, value) == value else None

    def set_aside(self, chain: Chain, reason: str) -> bool:
        """Note that a chain is not checked, and why; always true."""
        self.asides.append(Aside(chain.span, reason))
        return True
