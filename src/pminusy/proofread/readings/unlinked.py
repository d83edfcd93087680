r"""Displays without an equals sign that go on from one another.

Of `$$A$$ we get $$B$$` nothing says that B equals A. Where it does, that is a step that holds. Where it does not, and
both are made of the same names, the page leaves open how the one comes from the other, and so does the verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pminusy.proofread.checking.steps import check_claim
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.assumptions import Stated
from pminusy.proofread.meaning.lines.classified import Claim
from pminusy.proofread.meaning.names.definitions import FUNCTIONS, main_symbols
from pminusy.proofread.proof import Step, StepVerdict
from pminusy.proofread.readings.charity import Charity
from pminusy.proofread.readings.doubts.free import bound
from pminusy.proofread.readings.layouts import settled_layout
from pminusy.proofread.source.page import Chain, Member, Page
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.tree import (
    Call,
    Group,
    Integral,
    Matrix,
    Node,
    Number,
    Symbol,
    is_literal,
    walk,
)

_ARROW = re.compile(
    r"(?:\\(?:Right|Longright|right|longright)arrow|\\implies|\\to|\\therefore|[⇒→∴])[\s{&]*\Z"
)
_SENTENCE = re.compile(r"\w{3,}[^.。]*[.。](?:\s+\S|[^\s\d])")
MOST_LINKS, MOST_COMPARED, MOST_TAKEN_UP = 40, 6, 3
FEWEST_TOKENS, FEWEST_NODES = 8, 5  # of an expression that is a line of a calculation and not just mentioned
FEWEST_OF_RESULT = 3
QUESTION = "Is this meant to equal the display before it? If so, write an equals sign."
_REASON = "no equals sign connects it with the display before it, and the two differ"


@dataclass
class _Displays:
    """The displays of a page; `whole` is a view of a page that was read in one model."""

    page: Page
    stated: tuple[Stated, ...]
    whole: View | None
    number: int
    found: list[tuple[Step, View]] = field(default_factory=list)

    def take(self, before: list[Chain], chain: Chain, following: list[Chain]) -> None:
        """Hold a display against those before it in its section."""
        here = chain.members[0]
        if chain.alone and here.tree is None and len(here.kept) >= FEWEST_TOKENS:
            self.found += self._checked(before[-1].members[-1], here, chain)
            return
        last = self._last(before, chain) if chain.alone else None
        if last is None or len(self.found) == MOST_LINKS:
            return
        candidates = [last, *(m for m in _candidates(before, here) if m is not last)][:MOST_COMPARED]
        if any(member.tree == here.tree for member in candidates):
            return
        checked = [pair for member in candidates for pair in self._checked(member, here, chain)]
        holding = next(((step, view) for step, view in checked if step.holds), None)
        if holding is not None:
            self.found.append(holding)
        elif checked and (
            self._follows(here) or not (self._taken_up(here, following) or self._taken_up(last, following))
        ):
            step, view = checked[0]
            reason = _REASON if step.verdict is StepVerdict.FAILS else step.reason
            step = replace(step, verdict=StepVerdict.UNDECIDED, reason=reason, question=QUESTION)
            self.found.append((step, view))

    def _last(self, before: list[Chain], chain: Chain) -> Member | None:
        """What a display seems to go on from: the display right before it, or the last of those without equals sign."""
        here, single = chain.members[0], len(chain.members) == 1
        nearest = before[-1].members[-1]
        if self._follows(here) and _is_line(nearest) and _is_line(here):
            return nearest
        hangs = len(before[-1].members) == 1
        if (hangs or (single and self._close(nearest, here))) and _comparable(nearest, here):
            return nearest
        hanging = [each.members[0] for each in reversed(before) if single and len(each.members) == 1]
        return next((member for member in hanging if _comparable(member, here)), None)

    def _taken_up(self, member: Member, following: list[Chain]) -> bool:
        """Whether a later line begins with what a display says, as where it states the problem."""
        later = [c for c in following if not c.alone and _comparable(member, c.members[0])][:MOST_TAKEN_UP]
        return any(
            c.members[0].tree == member.tree
            or any(step.holds for step, _ in self._checked(member, c.members[0], c))
            for c in later
        )

    def _close(self, nearest: Member, here: Member) -> bool:
        """Whether no whole sentence stands between two displays."""
        return not _SENTENCE.search(self.page.text[nearest.span.end : here.span.start])

    def _follows(self, member: Member) -> bool:
        """Whether an arrow stands before a display."""
        return bool(_ARROW.search(self.page.text[: member.span.start]))

    def _checked(self, left: Member, right: Member, after: Chain) -> list[tuple[Step, View]]:
        """The claim that two members are equal, read as the page or with what is near; empty where it is none."""
        chain = Chain([left, right], list(after.conditions))
        claim = Claim(chain.members, None, {}, chain)
        number = self.number + len(self.found)
        if self.whole is not None:
            view = replace(self.whole, claim=claim, choices=())
            steps, _ = check_claim(view, number)
            if any(step.holds for step in steps):
                return [(steps[0], view)]
        at = next(n for n, each in enumerate(self.page.chains) if each is after)
        chains = [*self.page.chains[: at + 1], chain, *self.page.chains[at + 1 :]]
        view = Charity(replace(self.page, chains=chains), self.stated).first(claim, settled_layout(self.page))
        return [(step, view) for step in check_claim(view, number)[0]]


def unlinked(
    page: Page, stated: tuple[Stated, ...], whole: View | None, number: int
) -> list[tuple[Step, View]]:
    """The steps between displays that no equals sign connects; `number` is that of their first chain."""
    displays = _Displays(page, stated, whole, number)
    sections: dict[int, list[Chain]] = {}
    for chain in page.chains:
        if chain.display and chain.members[0].span.start < page.length:
            sections.setdefault(page.section(chain.members[0].span.start).start, []).append(chain)
    for chains in sections.values():
        for at in range(1, len(chains)):
            displays.take(chains[:at], chains[at], chains[at + 1 :])
    return displays.found


def _candidates(before: list[Chain], here: Member) -> Iterator[Member]:
    """What a display may go on from, the nearest first."""
    for chain in reversed(before):
        for member in reversed(chain.members):
            if _comparable(member, here):
                yield member


def _comparable(left: Member, right: Member) -> bool:
    """Whether a member may be what a line of a calculation comes to: it is made of the same quantities."""
    if not _is_line(left) or not _is_line(right, FEWEST_OF_RESULT):
        return False
    return left.tree is not None and right.tree is not None and _names(left.tree) == _names(right.tree)


def _is_line(member: Member, fewest: int = FEWEST_NODES) -> bool:
    """Whether a member is a line of a calculation, of so many nodes, and not something that is just mentioned."""
    tree = member.tree
    while isinstance(tree, Group):
        tree = tree.body
    if tree is None or member.set_aside or isinstance(tree, Symbol | Number | Matrix):
        return False
    if isinstance(tree, Call) and tree.function.name not in FUNCTIONS:
        return False
    return sum(1 for _ in walk(tree)) >= fewest


def _names(tree: Node) -> frozenset[str]:
    """The names in an expression, without those that it runs over; an antiderivative is one in its variable."""
    own = {symbol.name for symbol in main_symbols(tree) if not is_literal(symbol)}
    open_ended = {n.variable.name for n in walk(tree) if isinstance(n, Integral) and n.low is None}
    return frozenset(own - (bound(tree) - open_ended) - FUNCTIONS - names.CONSTANTS)
