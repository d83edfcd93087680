"""A page as its chains of equalities, with the conditions that each stands under."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pminusy.proofread.source.draws import Draw
from pminusy.proofread.source.settled import NOTHING, Settled
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.parser import parse
from pminusy.proofread.syntax.tokens import Token, Unreadable
from pminusy.proofread.syntax.tree import Node, Relation, Span
from pminusy.proofread.syntax.vocabulary import READINGS, Vocabulary

_HEADING = re.compile(r"^#{1,6}\s|\\(?:sub)*section\b", re.MULTILINE)


@dataclass(frozen=True)
class Member:
    """One side of an equality: its tokens, and its tree or the reason why it has none.

    `rewritten` where the tree is another than the tokens say by themselves, `supplied` where they can only be read
    with something that is left out, `adrift` where it may go on from another expression than the one before it.
    """

    tokens: tuple[Token, ...]
    tree: Node | None
    error: Unreadable | None
    rewritten: bool = False
    supplied: bool = False
    adrift: bool = False

    def rewrite(self, tree: Node | None) -> Member:
        """The member with another tree."""
        return self if tree is self.tree else replace(self, tree=tree, rewritten=True)

    @property
    def set_aside(self) -> str:
        """What in it is read but not evaluated, such as a limit; "" where there is no such thing."""
        set_aside = (t.text for t in self.tokens if t.text in names.SET_ASIDE)
        read = self.tree is not None
        return next((names.SET_ASIDE[text] for text in set_aside if not (read and text == r"\lim")), "")

    @property
    def span(self) -> Span:
        """Its place in the page."""
        return self.tokens[0].span | self.tokens[-1].span

    @property
    def balanced(self) -> bool:
        """Whether its brackets are closed, each by its counterpart."""
        open_brackets: list[str] = []
        for token, following in zip(self.tokens, (*self.tokens[1:], self.tokens[-1]), strict=True):
            if token.text == r"\{" and following.text.startswith(r"\begin"):
                continue  # the brace before cases needs no counterpart
            if token.kind == "sign" and token.text in names.CLOSERS:
                open_brackets.append(names.CLOSERS[token.text])
            elif token.kind != "sign" or token.text not in names.CLOSERS.values():
                continue
            elif not open_brackets or open_brackets.pop() != token.text:
                return False
        return not open_brackets

    @property
    def kept(self) -> tuple[Token, ...]:
        """The tokens that the tree is read from: without gaps, and without the stop behind the formula."""
        kept = [token for token in self.tokens if token.kind != "gap"]
        while len(kept) > 1 and kept[-1].kind == "sign" and kept[-1].text in (",", ".", ";", ":"):
            kept.pop()
        return tuple(kept)


@dataclass
class Chain:
    """Members that are said to be equal, under a condition.

    `cue` is the word that introduces it ("let", "if", …, or ""); `display` whether it stands on a line of its own;
    `alone` whether its first member does, so that any others were written as `= …` further down.
    """

    members: list[Member]
    conditions: list[Node] = field(default_factory=list)
    cue: str = ""
    display: bool = True
    alone: bool = False

    @property
    def span(self) -> Span:
        """Its place in the page, from the first member to the last."""
        return self.members[0].span | self.members[-1].span


SET_TO_ZERO = "an expression that is set to zero"
FROM_ZERO = "it follows from setting a derivative to zero"
TO_BE_SOLVED = "an assumption, or an equation to be solved"
SPECIAL = "it holds only for a solution or in a special case"
EQUATIONS = frozenset(
    [SET_TO_ZERO, FROM_ZERO, TO_BE_SOLVED]
)  # reasons: of lines that the solution is put into
LIST = "a list of what something consists of"
REMARK = "a remark in the running text about a specific context"
RECURSION, EIGENVECTOR = "a recursion or an update step of an algorithm", "it defines an eigenvector"
# Of lines that hold for the quantities of the page.
GIVEN = frozenset([FROM_ZERO, TO_BE_SOLVED, SPECIAL, RECURSION, EIGENVECTOR])


@dataclass(frozen=True)
class Aside:
    """A formula that is read but not checked, and why."""

    span: Span
    reason: str


@dataclass
class Page:
    r"""What was read: the chains in order, what is said of symbols (`x \in S`), what cannot be read, what is set aside.

    What stands in `text` from `length` on was given beside it. `names` are all names in formulas, in order, `draws`
    what is said of the distribution of random quantities, and `given_draws` of that given others. Of a `part` of a
    page, only some of the chains are there. `settled` is how its notation is to be read.
    """

    text: str
    vocabulary: Vocabulary
    length: int
    chains: list[Chain] = field(default_factory=list)
    memberships: list[Relation] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    names: tuple[Token, ...] = ()
    draws: list[Draw] = field(default_factory=list)
    given_draws: list[Draw] = field(default_factory=list)
    part: bool = False
    settled: Settled = NOTHING

    def mentioned(self, name: str, before: int) -> bool:
        """Whether a name occurs in a formula that ends before a character."""
        return any(token.text == name and token.span.end <= before for token in self.names)

    def mentioned_beside(self, name: str, span: Span) -> bool:
        """Whether a name occurs in another formula of the section that a formula stands in."""
        section = self.section(span.start)
        within = (t for t in self.names if t.text == name and section.start <= t.span.start < section.end)
        return any(token.span.end <= span.start or token.span.start >= span.end for token in within)

    def line_of(self, at: int) -> tuple[int, int]:
        """Line (from 1) and offset in it of a character."""
        before = self.text[:at]
        return before.count("\n") + 1, at - (before.rfind("\n") + 1)

    def section(self, at: int) -> Span:
        """The section that a character stands in: from one heading to the next."""
        borders = [0, *(match.start() for match in _HEADING.finditer(self.text)), len(self.text)]
        return Span(
            max(b for b in borders[:-1] if b <= at), min(b for b in borders if b > at or b == borders[-1])
        )

    def readings(self, member: Member) -> list[Node]:
        """The trees of a member under every way to read its notation, the usual one first."""
        found = [] if member.tree is None else [member.tree]
        for reading in () if member.rewritten else READINGS[1:]:
            vocabulary = self.settled.over(replace(self.vocabulary, reading=reading))
            try:
                tree = parse(member.kept, vocabulary, member.span.end)
            except Unreadable:
                continue
            if tree not in found:
                found.append(tree)
        return found
