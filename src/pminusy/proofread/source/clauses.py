r"""A formula cut into rows and clauses: what stands between commas, gaps, words and arrows.

A clause is one chain `a = b = c`, the continuation `= d` of an earlier one, or a condition `i \ne j`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pminusy.proofread.source.rows import deeper, rows_of
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.chances import PROBABILITIES
from pminusy.proofread.syntax.indicators import INDICATORS
from pminusy.proofread.syntax.token_ranges import matching
from pminusy.proofread.syntax.tokens import Token

REMARK = "("
_CONDITION_CUES = (
    "if",
    "when",
    "for",
    "where",
    "with",
    "provided",
    "given",
    "since",
    "assuming",
    "as",
    "because",
    "case",
    r"\forall",
)


@dataclass
class Clause:
    """Parts between the signs in `others`; `relation` is "" for a mere expression.

    `continues` where the row began with `=` or an operator; `dangling` where it ends in one; `cue` is the word before.
    """

    parts: list[list[Token]]
    relation: str = "="
    cue: str = ""
    continues: str = ""
    dangling: str = ""
    new_row: bool = False
    others: list[str] = field(default_factory=list)

    def runs(self) -> list[list[list[Token]]]:
        r"""The parts that equals signs join: of `a = b \le c = d`, a and b, c and d."""
        before = len(self.others) - len(self.parts) + (self.dangling != "=")  # signs before the first part
        found = [[part] for part in self.parts[:1]]
        for sign, part in zip(self.others[before:], self.parts[1:], strict=False):
            if sign == "=":
                found[-1].append(part)
            else:
                found.append([part])
        return found

    @property
    def bounds(self) -> bool:
        """Whether the last sign that is no equals sign compares quantities, so that the parts differ behind it."""
        plain = [sign for sign in self.others if sign != "="]
        return bool(plain) and plain[-1] in names.BOUNDS


def clauses(tokens: Sequence[Token]) -> list[Clause]:
    """The clauses of one formula, in order."""
    found: list[Clause] = []
    for row in rows_of(tokens):
        first = True
        for piece, cue in _pieces(row):
            clause = _clause(piece, cue)
            if clause is not None:
                clause.new_row, first = first, False
                found.append(clause)
    return found


def _pieces(row: Sequence[Token]) -> list[tuple[list[Token], str]]:
    """Stretches of a row without separators, each with the word before it."""
    pieces: list[tuple[list[Token], str]] = []
    current: list[Token] = []
    cue, depth = "", 0
    for start, end in _remarks(row):
        row = [*row[:start], *row[end + 1 :]]
    row = row[: next((n for n, token in enumerate(row) if token.text == r"\because"), len(row))]
    for n, token in enumerate(row):
        if depth == 0 and (current or pieces) and _is_condition_in_brackets(row, n):
            before = [(current, cue)] if current else []
            return [*pieces, *before, (list(row[n + 1 : matching(row, n)]), "if")]
        depth += _brackets(token)
        ends = depth <= 0 and _separates(token, row, n, current)
        if ends:
            if current:
                pieces.append((current, cue))
                current, cue = [], ""
            if token.kind == "words" or token.text.lower() in _CONDITION_CUES:
                cue = _cue_in(token.text)
        else:
            current.append(token)
    if current:
        pieces.append((current, cue))
    return pieces


def _remarks(row: Sequence[Token]) -> list[tuple[int, int]]:
    """Brackets that begin with words, the last first: `(because y = ax)` is a remark and no formula."""
    found = []
    at = 0
    while at + 1 < len(row):
        if row[at].text == "(" and row[at + 1].kind == "words":
            close = matching(row, at)
            found.append((at, close))
            at = close
        at += 1
    return found[::-1]


def _is_condition_in_brackets(row: Sequence[Token], at: int) -> bool:
    r"""Whether a row ends in a condition in round brackets: `p_j \ (j \ne 1)`."""
    if at and (
        row[at - 1].text in INDICATORS
        or row[at - 1].text in ("1", "[")
        or row[at - 1].text in names.FUNCTIONS
    ):
        return False
    if (
        _is_probability(row, at)
        or row[at].text != "("
        or any(token.text not in (",", ".") for token in row[matching(row, at) + 1 :])
    ):
        return False
    depth = 0
    for token in row[at + 1 : matching(row, at)]:
        depth += _brackets(token)
        if depth == 0 and token.kind == "sign" and token.text in names.RELATIONS:
            return True
    return False


def _is_probability(row: Sequence[Token], at: int) -> bool:
    """Whether a bracket holds an event: it has a bar in it, or stands behind a letter for probabilities."""
    if any(token.text == "|" for token in row[at + 1 : matching(row, at)]):
        return True
    return bool(at) and row[at - 1].text in PROBABILITIES and (at < 2 or row[at - 2].text not in ("_", "^"))


def _brackets(token: Token) -> int:
    if token.kind == "sign":
        return (token.text in names.CLOSERS) - (token.text in names.CLOSERS.values())
    return deeper(token)


def _separates(token: Token, row: Sequence[Token], at: int, current: Sequence[Token]) -> bool:
    if token.kind == "words":
        return True
    if token.kind == "gap":
        following = row[at + 1].text if at + 1 < len(row) else ""
        return not (
            following in ("=", "+", "-") or (current and current[-1].text in ("=", "+", "-", r"\cdot"))
        )
    if token.kind == "name":
        return token.text.lower() in ("if", "when", "for", "where", "and", "otherwise", "with")
    if token.kind != "sign":
        return False
    if token.text == ".":
        return at + 1 == len(row) or row[at + 1].kind in ("gap", "words")
    return (
        token.text in (",", ";", r"\forall", "and")
        or token.text in names.BREAKS
        or (token.text == ":" and at + 1 < len(row))
    )


def _cue_in(words: str) -> str:
    if words.endswith("("):
        return REMARK
    for word in reversed(words.lower().replace(",", " ").replace(":", " ").split()):
        if word in _CONDITION_CUES:
            return word
    return "text"


def _clause(tokens: list[Token], cue: str) -> Clause | None:
    while tokens and tokens[-1].kind == "sign" and tokens[-1].text in (",", ".", ";", ":"):
        tokens = tokens[:-1]
    if not tokens:
        return None
    parts: list[list[Token]] = [[]]
    signs: list[str] = []
    depth = 0
    for token in tokens:
        depth += _brackets(token)
        if depth <= 0 and token.kind == "sign" and token.text in names.RELATIONS:
            if token.text == "=" and signs[-1:] == ["="] and not parts[-1]:
                continue  # `a = = b`
            signs.append(token.text)
            parts.append([])
        else:
            parts[-1].append(token)
    continues = "=" if signs[:1] == ["="] and not parts[0] else ""
    if (
        not continues
        and parts[0]
        and parts[0][0].kind == "sign"
        and parts[0][0].text in ("+", r"\cdot", r"\times", "*")
    ):
        continues = "operator"
    dangling = ""
    if signs and not parts[-1]:
        dangling = "="
        parts.pop()
    elif _ends_in_operator(parts[-1]):
        dangling = "operator"
    parts = [part for part in parts if part]
    if not parts:
        return Clause([], "=", cue, continues, dangling)
    plain = [sign for sign in signs if sign != "="]
    relation = plain[0] if plain else "=" if signs else ""
    return Clause(parts, relation, cue, continues, dangling, others=signs)


def _ends_in_operator(part: Sequence[Token]) -> bool:
    r"""Whether something has to follow; not behind the marks in `f^*` and `\mathbb{R}_+`."""
    if not part or part[-1].kind != "sign" or part[-1].text not in ("+", "-", r"\cdot", r"\times", "*"):
        return False
    return len(part) < 2 or part[-2].text not in ("^", "_")
