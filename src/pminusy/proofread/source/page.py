"""A page as its chains of equalities, with the conditions that each stands under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pminusy.errors import InputError
from pminusy.proofread.source.clauses import REMARK, Clause, clauses
from pminusy.proofread.source.conditions import condition_of, inner_rows, is_condition, is_range
from pminusy.proofread.source.displays import Formula, find_formulas
from pminusy.proofread.syntax.macros import expand, find_macros
from pminusy.proofread.syntax.parser import parse
from pminusy.proofread.syntax.rewrites import find_prefixes, with_fractions, with_prefixes
from pminusy.proofread.syntax.tokens import Token, Unreadable, tokenize
from pminusy.proofread.syntax.tree import Node, Relation, Span
from pminusy.proofread.syntax.vocabulary import READINGS, Vocabulary, differentials, read_vocabulary

MAX_NESTING = 100
MOST_FORMULAS = 1_000


@dataclass(frozen=True)
class Member:
    """One side of an equality: its tokens, and its tree or the reason why it has none."""

    tokens: tuple[Token, ...]
    tree: Node | None
    error: Unreadable | None

    @property
    def span(self) -> Span:
        """Its place in the page."""
        return self.tokens[0].span | self.tokens[-1].span


@dataclass
class Chain:
    """Members that are said to be equal, under a condition.

    `cue` is the word that introduces it ("let", "if", …, or ""); `display` whether it stands on a line of its own.
    """

    members: list[Member]
    conditions: list[Node] = field(default_factory=list)
    cue: str = ""
    display: bool = True


@dataclass
class Page:
    r"""What was read: the chains in order, what is said of symbols (`x \in S`), and formulas that cannot be read.

    What stands in `text` from `length` on was given beside it.
    """

    text: str
    vocabulary: Vocabulary
    length: int
    chains: list[Chain] = field(default_factory=list)
    memberships: list[Relation] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)

    def line_of(self, at: int) -> tuple[int, int]:
        """Line (from 1) and offset in it of a character."""
        before = self.text[:at]
        return before.count("\n") + 1, at - (before.rfind("\n") + 1)

    def readings(self, member: Member) -> list[Node]:
        """The trees of a member under every way to read its notation, the usual one first."""
        found = [] if member.tree is None else [member.tree]
        for reading in READINGS[1:]:
            try:
                tree = parse(member.tokens, replace(self.vocabulary, reading=reading), member.span.end)
            except Unreadable:
                continue
            if tree not in found:
                found.append(tree)
        return found


def read_page(text: str, define: Sequence[str] = ()) -> Page:
    """Read a page of Markdown, LaTeX or plain text, with definitions that go before those of the text.

    Raises
    ------
    InputError
        Where there are more than 1,000 formulas.
    """
    length = len(text)
    text += "".join(f"\n\n$${each}$$" for each in define)
    formulas = find_formulas(text)
    if len(formulas) > MOST_FORMULAS:
        raise InputError(f"text: expected at most {MOST_FORMULAS} formulas, got {len(formulas)}")
    tokens, unreadable = _all_tokens(text, formulas)
    page = Page(text, read_vocabulary(tokens), length, unreadable=unreadable)
    reader = _Reader(page)
    previous_end, after_display = 0, False
    for formula, formula_tokens in zip(formulas, tokens, strict=True):
        reader.prose(text[previous_end : formula.start], after_display)
        reader.formula(formula, formula_tokens)
        previous_end, after_display = formula.end, formula.display
    page.chains.sort(key=lambda chain: chain.members[0].span.start < length if chain.members else True)
    return page


def _all_tokens(text: str, formulas: Sequence[Formula]) -> tuple[list[list[Token]], list[Unreadable]]:
    """The tokens of each formula, in the page's own words; none for those that cannot be read."""
    words = _page_words(text, formulas)
    macros, places = find_macros(text)
    plain = text
    for start, end in places:
        plain = plain[:start] + " " * (end - start) + plain[end:]
    found: list[list[Token]] = []
    unreadable = []
    for formula in formulas:
        try:
            _check_nesting(text, formula)
            if macros:
                expanded = expand(plain, formula.start, formula.end, macros)
                inside = tokenize(expanded.text, words=words)
                found.append([replace(token, span=expanded.span(token.span)) for token in inside])
            else:
                found.append(tokenize(text, formula.start, formula.end, words))
        except Unreadable as error:
            found.append([])
            unreadable.append(error)
    found = [with_fractions(tokens) for tokens in found]
    prefixes = find_prefixes(found, any(differentials(tokens) for tokens in found))
    return [with_prefixes(tokens, prefixes) for tokens in found], unreadable


def _check_nesting(text: str, formula: Formula) -> None:
    depth = 0
    for at in range(formula.start, formula.end):
        if text[at] in "{}" and text[at - 1 : at] != "\\":
            depth += 1 if text[at] == "{" else -1
            if depth > MAX_NESTING:
                raise Unreadable(f"cannot be read: braces nested deeper than {MAX_NESTING}", Span(at, at + 1))


def _page_words(text: str, formulas: Iterable[Formula]) -> frozenset[str]:
    """Runs of capitals that stand where a definition begins, and whose letters are never used on their own."""
    maths = [text[f.start : f.end] for f in formulas]
    runs = {
        match
        for formula in maths
        for match in re.findall(r"(?:^|\\\\|[\s&,])([A-Z]{2,}[a-z]*)(?=\s*(?:&?=|\(|_|\^))", formula)
    }
    alone = {
        letter
        for formula in maths
        for letter in re.findall(r"(?<![A-Za-z\\])([A-Za-z])(?![A-Za-z])", formula)
    }
    capitals = {run for run in runs if not set(run) & alone}
    return frozenset(capitals | _small_words(maths))


def _small_words(maths: Sequence[str]) -> set[str]:
    """Runs of small letters such as `net` that stand where a definition begins and come again."""
    found = set()
    for formula in maths:
        for run in re.findall(r"(?:^|\\\\|[\s&,;])([a-z]{3,})(?=\s*(?:&?=|_|\())", formula):
            times = sum(len(re.findall(rf"(?<![A-Za-z\\]){run}(?![A-Za-z])", other)) for other in maths)
            if times > 1:
                found.add(run)
    return found


_CUES = re.compile(
    r"\b(if|when|for|where|case|with|given|provided|suppose|assume|assuming|since|because|let|define|denote|put|set|write|"
    r"call|at|unless|until|say|takes|chooses|typically|usually|often)\b[^.;:]*$",
    re.IGNORECASE,
)
PARTICULAR = frozenset(["takes", "chooses", "typically", "usually", "often"])
CONDITIONAL = frozenset(
    [
        "if",
        "when",
        "for",
        "case",
        "with",
        "given",
        "provided",
        "suppose",
        "assume",
        "assuming",
        "since",
        "because",
        "at",
        "unless",
        "until",
        "say",
    ]
)


class _Reader:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.pending: list[Node] = []
        self.cue = ""
        self.open = ""  # how the last chain goes on in the next clause: "=" or "operator"
        self.formula_number = 0
        self.chain_formula = -1

    def prose(self, words: str, after_display: bool) -> None:
        if (after_display and re.search(r"[A-Za-z]{2,}", words)) or re.search(
            r"\n\s*\n\W*[A-Za-z]{2,}", words
        ):
            self.pending = []
        cues = _CUES.findall(words[-120:].replace("\n", " "))
        if cues:
            self.cue = cues[-1].lower()
        elif after_display or re.search(r"[.;:!?]|\bthen\b|\n\s*\n", words):
            self.cue = ""

    def formula(self, formula: Formula, tokens: Sequence[Token]) -> None:
        self.formula_number += 1
        found = clauses(tokens)
        expanded = [inner for clause in found for inner in self._expand(clause)]
        for number, clause in enumerate(expanded):
            following = expanded[number + 1] if number + 1 < len(expanded) else None
            if not is_range(clause, following):
                self._clause(clause, formula.display)

    def _expand(self, clause: Clause) -> list[Clause]:
        """Cases whose rows are equalities of their own become chains under conditions."""
        rows = inner_rows(clause)
        if not rows:
            return [clause]
        return [inner for row in rows for inner in clauses(row)]

    def _clause(self, clause: Clause, display: bool) -> None:
        chains, here = self.page.chains, self.chain_formula == self.formula_number
        cue = clause.cue or ("" if here else self.cue)
        if clause.cue == REMARK:
            return
        if clause.continues == "=" and chains:
            self._extend(self._last(display), clause)
        elif self.open == "=" and chains:
            self._extend(chains[-1], clause)
        elif (
            chains and (self.open == "operator" or (clause.continues == "operator" and (here or display)))
        ) or (chains and here and clause.new_row and not clause.relation and clause.parts[0][0].text == "-"):
            self._lengthen(chains[-1], clause)
        elif clause.relation == r"\in":
            self._membership(clause)
        elif clause.relation and is_condition(
            clause, self.page.vocabulary, (cue in CONDITIONAL and not display) or clause.cue in CONDITIONAL
        ):
            self._condition(clause, here)
        elif "=" in clause.others and len(clause.parts) > 1:
            self._chain(clause, cue, display)
        self.open = clause.dangling if clause.relation or clause.continues or self.open else ""

    def _last(self, display: bool) -> Chain:
        """The chain that a formula beginning with `=` goes on from: for a display, the last that was displayed."""
        chains = self.page.chains
        if display and self.chain_formula != self.formula_number:
            return next((chain for chain in reversed(chains) if chain.display), chains[-1])
        return chains[-1]

    def _chain(self, clause: Clause, cue: str, display: bool) -> None:
        members = [self._member(part) for part in self._equal_parts(clause)]
        if len(members) < 2 and not clause.dangling:
            return
        self.page.chains.append(Chain(members, list(self.pending), cue, display))
        self.chain_formula = self.formula_number

    @staticmethod
    def _equal_parts(clause: Clause) -> list[list[Token]]:
        """The parts up to the first sign that is no equals sign."""
        count = 0 if clause.continues == "=" else 1
        signs = clause.others[1:] if clause.continues == "=" else clause.others
        for sign in ["=", *signs] if clause.continues == "=" else signs:
            if sign != "=":
                break
            count += 1
        return clause.parts[:count]

    def _extend(self, chain: Chain, clause: Clause) -> None:
        chain.members += [self._member(part) for part in self._equal_parts(clause)]
        self.chain_formula = self.formula_number

    def _lengthen(self, chain: Chain, clause: Clause) -> None:
        """A row that goes on in the middle of an expression."""
        if not clause.parts:
            return
        last = chain.members.pop()
        chain.members.append(self._member([*last.tokens, *clause.parts[0]]))
        chain.members += [self._member(part) for part in clause.parts[1:]]
        self.chain_formula = self.formula_number

    def _member(self, tokens: Sequence[Token]) -> Member:
        kept = [t for t in tokens if t.kind != "gap"]
        while len(kept) > 1 and kept[-1].kind == "sign" and kept[-1].text in (",", ".", ";", ":"):
            kept.pop()
        try:
            return Member(tuple(tokens), parse(kept, self.page.vocabulary, tokens[-1].span.end), None)
        except Unreadable as error:
            return Member(tuple(tokens), None, error)

    def _membership(self, clause: Clause) -> None:
        relation = condition_of(clause, self.page.vocabulary)
        if isinstance(relation, Relation):
            self.page.memberships.append(relation)

    def _condition(self, clause: Clause, here: bool) -> None:
        relation = condition_of(clause, self.page.vocabulary)
        if relation is None:
            return
        if here:
            self.page.chains[-1].conditions.append(relation)
        else:
            self.pending.append(relation)
