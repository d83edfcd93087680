"""A page read: formula by formula, with the words between them saying what is a condition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pminusy.errors import InputError
from pminusy.proofread.source.bindings import rebound
from pminusy.proofread.source.clauses import REMARK, Clause, clauses
from pminusy.proofread.source.conditions import condition_of, inner_rows, is_condition, is_range
from pminusy.proofread.source.cues import CONDITIONAL, LASTING, abbreviates, cue_in, gives_reason, looks_back
from pminusy.proofread.source.displays import Formula, find_formulas
from pminusy.proofread.source.draws import (
    Draw,
    alone,
    drawn,
    in_same_sentence,
    joins,
    said_around,
    said_further,
    said_in_words,
    said_of,
    subject,
)
from pminusy.proofread.source.lexing import page_tokens
from pminusy.proofread.source.lists import by_entries, is_no_quantity
from pminusy.proofread.source.marked import at_marked_values
from pminusy.proofread.source.page import Aside, Chain, Member, Page
from pminusy.proofread.source.quotations import without_quotes
from pminusy.proofread.source.settled import NOTHING, Settled
from pminusy.proofread.source.subscripts import with_whole_densities
from pminusy.proofread.syntax.forgiven import forgiven
from pminusy.proofread.syntax.parser import parse
from pminusy.proofread.syntax.tokens import Token, Unreadable
from pminusy.proofread.syntax.tree import Node, Relation, Span, Symbol
from pminusy.proofread.syntax.vocabulary import read_vocabulary

MOST_FORMULAS = 1_000


def read_page(text: str, define: Sequence[str] = (), settled: Settled = NOTHING) -> Page:
    """Read a page of Markdown, LaTeX or plain text, with definitions that go before those of the text.

    `settled` is what was decided about its notation.

    Raises
    ------
    InputError
        Where there are more than 1,000 formulas.
    """
    length = len(text)
    text += "".join(f"\n\n$${each}$$" for each in define)
    plain = without_quotes(text)
    formulas = find_formulas(plain)
    if len(formulas) > MOST_FORMULAS:
        raise InputError(f"text: expected at most {MOST_FORMULAS} formulas, got {len(formulas)}")
    tokens, unreadable = page_tokens(plain, formulas)
    names = tuple(token for each in tokens for token in each if token.kind == "name")
    vocabulary = settled.over(read_vocabulary(tokens))
    page = Page(text, vocabulary, length, unreadable=unreadable, names=names, settled=settled)
    reader = _Reader(page)
    previous_end, after_display = 0, False
    starts = [*(formula.start for formula in formulas), len(text)][1:]
    for formula, formula_tokens, following in zip(formulas, tokens, starts, strict=True):
        reader.prose(text[previous_end : formula.start], after_display, text[formula.end : following])
        if formula_tokens:
            reader.formula(formula, formula_tokens)
        else:
            reader.unread(formula)
        previous_end, after_display = formula.end, formula.display
    reader.ending(text[previous_end:length])
    own = {(draw.law, draw.parameters) for draw in page.draws if draw.variable is not None}
    page.draws += [d for d in said_in_words(text, page.vocabulary) if (d.law, d.parameters) not in own]
    for chain in page.chains:
        chain.members = [
            member if member.tree is None else member.rewrite(at_marked_values(member.tree))
            for member in rebound(chain.members)
        ]
    with_whole_densities(page.chains)
    page.chains.sort(key=lambda chain: chain.members[0].span.start < length if chain.members else True)
    return page


_SOLUTION = re.compile(r"\n[\s*_{]*[^\W\d]{1,12}\s*[:：][\s*_}]*\Z")  # a line that begins with "Solution:"
_MARKUP = re.compile(r"\\[A-Za-z]+|\[/?\w+\]|</?math[^>]*>|\{[\w*]*\}")  # around a formula, not in words


def _is_conditional(clause: Clause, cue: str, display: bool) -> bool:
    """Whether the word before a clause makes it a condition for one line: what `T = 1` assumes lasts longer."""
    is_name = bool(clause.parts) and len(clause.parts[0]) == 1
    cues = CONDITIONAL if is_name else CONDITIONAL | LASTING
    return (cue in cues and not display) or clause.cue in cues


def _without_delimiters(words: str) -> str:
    """The words between two formulas without what marks these: `$`, or a role of reStructuredText."""
    return words.strip("$").removesuffix(":math:`").removeprefix("`")


class _Reader:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.pending: list[Node] = []
        self.cue = ""
        self.open = ""  # how the last chain goes on in the next clause: "=" or "operator"
        self.left_open: Chain | None = None  # which chain that is, if not the last one
        self.bound: list[Token] = []  # what the last row ends with, behind a sign such as "≤"
        self.compared = False  # whether that row was taken for a condition
        self.formula_number = 0
        self.chain_formula = -1
        self.words = False  # whether words stand before the formula at hand
        self.heads: list[Node] = []  # conditions at the head of the row at hand
        self.behind = False  # whether a condition that comes now is on the display before it
        self.before, self.between = "", ""  # the words before the last formula, and those behind it
        self.following = ""  # the words behind the formula at hand
        self.said: Draw | None = None  # what the last formula is of a distribution
        self.named = False  # whether the last formula was a subject, no parameter
        self.subjects: tuple[Symbol, ...] = ()  # what the sentence may say the distribution of
        self.alone: list[Token] = []  # the last formula, if it is an expression by itself
        self.mentioned: list[Token] = []  # the last such one in the running text since the last display
        self.opening: Chain | None = None  # the chain of the expression that the display at hand begins with
        self.reasons: set[int] = set()  # the chains in the running text that give a reason for another

    def prose(self, words: str, after_display: bool, following: str) -> None:
        """Take in the words before a formula; `following` are those behind it."""
        words, following = _without_delimiters(words), _without_delimiters(following)
        self.before, self.between, self.following = self.between, words, following
        self.words = bool(re.search(r"\w", words))
        self.behind = after_display and looks_back(words, following)
        if (after_display and re.search(r"[A-Za-z]{2,}", words)) or re.search(
            r"\n\s*\n\W*[A-Za-z]{2,}", words
        ):
            self.pending = []
        if cue := cue_in(words):
            self.cue = cue
        elif after_display or re.search(r"[.;:!?]|\bthen\b|\n\s*\n", words):
            self.cue = ""

    def _law_in_words(self, tokens: Sequence[Token], whole: bool) -> None:
        """Take in what the words around a formula say it is of a distribution; `whole` if it is one itself."""
        draws, vocabulary = self.page.draws, self.page.vocabulary
        more = said_further(self.said, self.between, tokens, vocabulary)
        if self.said is not None and more is not None:
            del draws[len(draws) - max(1, len(self.subjects)) :]
        self.said = more or said_around(self.between, tokens, self.following, vocabulary)
        self._of_the_subjects(self.between)
        joined = self.subjects if self.named and joins(self.between) else ()
        self.named = self.said is None and not whole
        if whole:
            return
        if self.said is not None:
            draws += [replace(self.said, variable=each) for each in self.subjects or (None,)]
            return
        found = subject(tokens, vocabulary)
        self.subjects = () if found is None else (*joined, found)

    def _of_the_subjects(self, words: str) -> None:
        """Take in what the words behind names say of these, and whether they end their sentence."""
        for each in self.subjects:
            self.page.draws += said_of(each, words, each.span.start, self.page.vocabulary)
        if not in_same_sentence(words):
            self.subjects = ()

    def ending(self, words: str) -> None:
        """Take in the words behind the last formula."""
        self._of_the_subjects(words)

    def formula(self, formula: Formula, tokens: Sequence[Token]) -> None:
        self.formula_number += 1
        vocabulary = self.page.vocabulary
        for draw in drawn(tokens, vocabulary):
            (self.page.given_draws if draw.given else self.page.draws).append(draw)
        whole = list(alone(tokens, vocabulary))
        self._law_in_words(tokens, bool(whole))
        self.page.draws += [replace(d, variable=each) for d in whole for each in self.subjects or (None,)]
        found = clauses(tokens)
        expanded = [inner for clause in found for inner in self._expand(clause)]
        goes_on = not self.between.strip() or _SOLUTION.search(self.between)
        if self.alone and found and found[0].dangling != "operator" and goes_on:
            self._continue_from_expression(found[0], formula.display)
        self._abbreviation(found)
        if len(self.alone) > 1 and not formula.display:
            self.mentioned = self.alone
        self.opening = None
        for number, clause in enumerate(expanded):
            following = expanded[number + 1] if number + 1 < len(expanded) else None
            if clause.new_row:
                self.heads = []
            if is_range(clause, expanded[number + 1 :]):
                continue
            if clause.new_row and following is not None and self._heads_row(clause, following):
                relation = condition_of(clause, self.page.vocabulary)
                self.heads += [] if relation is None else [relation]
            else:
                self._clause(clause, formula.display)
        self.heads = []
        if formula.display:
            self.mentioned = []

    def unread(self, formula: Formula) -> None:
        """A formula that no tokens can be made of: with an equals sign in it, it claims something all the same."""
        inside = Span(formula.start, formula.end)
        errors = [e for e in self.page.unreadable if e.span | inside == inside]
        equals = self.page.text.find("=", formula.start, formula.end)
        if errors and formula.start < equals < formula.end - 1:
            places = Span(formula.start, equals), Span(equals + 1, formula.end)
            tokens = [Token("words", self.page.text[place.start : place.end], place) for place in places]
            members = [Member((token,), None, errors[0]) for token in tokens]
            self.page.chains.append(Chain(members, display=formula.display))

    def _abbreviation(self, found: Sequence[Clause]) -> None:
        """Where words say that a formula is short for another, that is a definition."""
        alone = found[0].parts[0] if len(found) == 1 and not found[0].relation and found[0].parts else []
        order = abbreviates(self.before, self.between) if self.alone and alone else 0
        if order:
            members = [self._member(part) for part in (self.alone, alone)[::order]]
            self.page.chains.append(Chain(members, display=False))
        self.alone = alone

    def _continue_from_expression(self, first: Clause, display: bool) -> None:
        """Begin a chain with the expression right before a formula that begins with an equals sign: `$a$ $= b$`."""
        equals = first.continues == "=" or (not first.parts and first.relation == "=")
        if equals and not display:
            self._begin(self.alone, self.cue)
            self.page.chains[-1].display = False

    def _heads_row(self, clause: Clause, following: Clause) -> bool:
        r"""Whether a clause is the condition of the row that it begins: `i \ne j:\quad a = b`, "if i = j: a = b"."""
        if following.new_row or "=" not in following.others or len(following.parts) < 2:
            return False
        if clause.continues or not clause.relation or following.continues:
            return False
        return is_condition(clause, self.page.vocabulary, clause.cue in CONDITIONAL)

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
        self._behind_bound(clause, cue)
        if clause.continues == "=" and chains and not here and not display and self.words and clause.parts:
            place = clause.parts[0][0].span | clause.parts[-1][-1].span
            self.page.asides.append(Aside(place, "a remark in the running text about a specific context"))
        elif clause.continues == "=" and chains:
            self.left_open = self._last(clause, display)
            adrift = display and self._may_go_on_from_another(self.left_open, here)
            self._extend(self.left_open, clause, adrift)
        elif self.open == "=" and chains:
            self._extend(self.left_open or chains[-1], clause)
        elif (
            (chains and display and not here and not self.words and clause.parts and self._goes_on(clause))
            or (
                chains and (self.open == "operator" or (clause.continues == "operator" and (here or display)))
            )
            or (chains and here and clause.new_row and not clause.relation and clause.parts[0][0].text == "-")
        ):
            self._lengthen(chains[-1], clause)
        elif clause.relation == r"\in":
            self._membership(clause)
        elif clause.relation == r"\gets" and clause.parts:
            place = clause.parts[0][0].span | clause.parts[-1][-1].span
            self.page.asides.append(Aside(place, "a step of an algorithm"))
        elif clause.relation and is_condition(
            clause, self.page.vocabulary, _is_conditional(clause, cue, display)
        ):
            self._condition(clause, here, display)
        elif "=" in clause.others and len(clause.parts) > 1:
            self._chain(clause, cue, display)
        elif display and clause.new_row and not clause.relation and len(clause.parts) == 1:
            self._begin(clause.parts[0], cue)
            self.opening = chains[-1]
        if display or r"\approx" in clause.others:
            self._bound(clause, cue, display)
        self.open = clause.dangling if clause.relation or clause.continues or self.open else ""
        if not self.open:
            self.left_open = None

    def _goes_on(self, clause: Clause) -> bool:
        """Whether a display that begins with a minus goes on from the display right before it."""
        return clause.parts[0][0].text == "-" and not clause.others and self.page.chains[-1].display

    def _last(self, clause: Clause, display: bool) -> Chain:
        """The chain that a formula beginning with `=` goes on from: for a display, the last that was displayed.

        A formula that has a line for itself goes on from the last one that has, not from a remark between them.
        """
        chains = self.page.chains
        if self.chain_formula == self.formula_number:
            return chains[-1]
        if display:
            return next((chain for chain in reversed(chains) if chain.display), chains[-1])
        if clause.parts and self._has_line(clause.parts[0][0].span | clause.parts[-1][-1].span):
            return next((c for c in reversed(chains) if c.display or self._has_line(c.span)), chains[-1])
        # Not from the remark in "… = a as $q = 1 - p$ = b".
        return next((c for c in reversed(chains) if id(c) not in self.reasons), chains[-1])

    def _may_go_on_from_another(self, chain: Chain, here: bool) -> bool:
        """Whether a display or row that begins with `=` may go on from another expression than the last of a chain.

        It may from one that the words before the display mention, or from the one that the display began with, where
        rows between them are equations of their own.
        """
        if here:
            return self.opening is not None and self.opening is not chain
        return bool(self.mentioned)

    def _has_line(self, span: Span) -> bool:
        """Whether nothing but a formula stands on its lines."""
        text = self.page.text
        start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
        return not re.search(
            r"\w", text[start : span.start] + text[span.end : end if end >= 0 else len(text)]
        )

    def _edges_line(self, part: list[Token]) -> bool:
        """Whether a formula begins or ends a line, and is not one that is mentioned in the middle of a sentence."""
        span, text = part[0].span | part[-1].span, self.page.text
        before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
        after = text[span.end : text.find("\n", span.end) % (len(text) + 1)]
        return not re.search(r"\w", _MARKUP.sub("", before)) or not re.search(r"\w", _MARKUP.sub("", after))

    def _chain(self, clause: Clause, cue: str, display: bool) -> None:
        parts = self._equal_parts(clause)
        if len(parts) < 2 and not clause.dangling:
            return
        if reason := is_no_quantity(parts, self.page.vocabulary):
            self.page.asides.append(Aside(parts[0][0].span | parts[-1][-1].span, reason))
            return
        for equal in by_entries(parts) or [parts]:
            members = [self._member(part) for part in equal]
            self.page.chains.append(Chain(members, [*self.pending, *self.heads], cue, display))
            if not display and gives_reason(self.between):
                self.reasons.add(id(self.page.chains[-1]))
        self.chain_formula = self.formula_number

    def _bound(self, clause: Clause, cue: str, display: bool) -> None:
        r"""Take in what is compared, as in `a = b \le c = d`: c is no b, but what follows may equal c."""
        if not clause.bounds or not (clause.new_row or "=" in clause.others):
            self.bound = self.bound if clause.relation and not clause.parts else []
            return
        runs = clause.runs()
        behind = runs if clause.relation == clause.others[0] != "=" else runs[1:]
        for run in behind:
            if len(run) > 1:
                members = [self._member(part) for part in run]
                self.page.chains.append(Chain(members, [*self.pending, *self.heads], cue, display))
                self.chain_formula = self.formula_number
        self.bound = runs[-1][0] if display and len(runs[-1]) == 1 else []
        self.compared = clause.relation != "=" and "=" not in clause.others and bool(self.pending)

    def _behind_bound(self, clause: Clause, cue: str) -> None:
        """Begin a chain with what an expression was compared with, where a row goes on from it with an equals sign."""
        if self.bound and clause.continues == "=":
            self.pending = self.pending[: -1 if self.compared else None]  # it was no condition
            self._begin(self.bound, cue)
        if self.bound and (clause.continues == "=" or "=" in clause.others):
            self.bound = []

    def _begin(self, part: list[Token], cue: str) -> None:
        """An expression that stands alone: the next row or display may go on with `= …`."""
        conditions = [*self.pending, *self.heads]
        self.page.chains.append(Chain([self._member(part)], conditions, cue, alone=self._edges_line(part)))
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
        return [part for part in clause.parts[:count] if any(token.text != "?" for token in part)]

    def _extend(self, chain: Chain, clause: Clause, adrift: bool = False) -> None:
        members = [self._member(part) for part in self._equal_parts(clause)]
        if adrift and members:
            members[0] = replace(members[0], adrift=True)
        chain.members += members
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
        member = Member(tuple(tokens), None, None)
        try:
            tree = parse(member.kept, self.page.vocabulary, tokens[-1].span.end)
            return replace(member, tree=tree)
        except Unreadable as error:
            supplied = self._forgiven(member, tokens[-1].span.end)
            return replace(member, tree=supplied, error=None if supplied else error, supplied=bool(supplied))

    def _forgiven(self, member: Member, end: int) -> Node | None:
        """The tree of a member that cannot be read as it stands, with what is left out in it supplied."""
        vocabulary = self.page.vocabulary
        forgiving = replace(vocabulary, reading=replace(vocabulary.reading, forgiving=True))
        for tokens in forgiven(member.kept):
            try:
                return parse(tokens, forgiving, end)
            except Unreadable:
                continue
        return None

    def _membership(self, clause: Clause) -> None:
        relation = condition_of(clause, self.page.vocabulary)
        if isinstance(relation, Relation):
            self.page.memberships.append(relation)

    def _condition(self, clause: Clause, here: bool, display: bool) -> None:
        relation = condition_of(clause, self.page.vocabulary)
        if relation is not None and (here or self.behind):
            self.page.chains[-1].conditions.append(relation)
        elif relation is not None:
            self.pending.append(relation)
        if display and not here and clause.parts:
            place = clause.parts[0][0].span | clause.parts[-1][-1].span
            self.page.asides.append(Aside(place, "a condition or an inequality"))
