r"""A formula cut into rows and clauses: what stands between commas, gaps, words and arrows.

A clause is one chain `a = b = c`, the continuation `= d` of an earlier one, or a condition `i \ne j`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pminusy.proofread.source.displays import ENVIRONMENTS
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.chances import PROBABILITIES
from pminusy.proofread.syntax.indicators import INDICATORS
from pminusy.proofread.syntax.token_ranges import argument_braces, matching, split
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

_APART = 3  # characters of white space before a number in brackets that is no factor


@dataclass
class Clause:
    """Parts between the equals signs; `relation` is "" for a mere expression.

    `continues` where the row began with `=` or an operator; `dangling` where it ends in one; `cue` is the word before.
    """

    parts: list[list[Token]]
    relation: str = "="
    cue: str = ""
    continues: str = ""
    dangling: str = ""
    new_row: bool = False
    others: list[str] = field(default_factory=list)


def clauses(tokens: Sequence[Token]) -> list[Clause]:
    """The clauses of one formula, in order."""
    found: list[Clause] = []
    for row in _rows(_without_layout(_without_line_numbers(tokens))):
        first = True
        for piece, cue in _pieces(row):
            clause = _clause(piece, cue)
            if clause is not None:
                clause.new_row, first = first, False
                found.append(clause)
    return found


def _without_layout(tokens: Sequence[Token]) -> list[Token]:
    r"""Without `\begin{align}` and the like, and without braces that only wrap something around an equals sign."""
    kept: list[Token] = []
    layout: list[bool] = []
    skip_until = -1
    for n, token in enumerate(tokens):
        if n < skip_until:
            continue
        if token.kind == "command" and token.text.startswith(r"\begin{"):
            name = token.text[7:-1]
            outer = name in ENVIRONMENTS and all(layout) and not _is_fenced(kept)
            layout.append(outer)
            if outer:
                following = tokens[n + 1] if n + 1 < len(tokens) else None
                if name in ("array", "alignat", "alignedat") and following and following.text == "{":
                    skip_until = matching(tokens, n + 1) + 1
                continue
        elif token.kind == "command" and token.text.startswith(r"\end{") and layout and layout.pop():
            continue
        kept.append(token)
    return _unwrapped(kept)


def _without_line_numbers(tokens: Sequence[Token]) -> list[Token]:
    r"""Without the numbers that lines were given by hand, as in `a = b~~~~(3)` or `a &= b & (3) \\\\`."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        number = tokens[at + 1 : at + 2]
        if (
            kept
            and number
            and tokens[at].text == "("
            and (number[0].kind == "number" or number[0].text == "*")
        ):
            apart = kept[-1].kind == "cell" or tokens[at].span.start - kept[-1].span.end >= _APART
            after = tokens[at + 3 : at + 4]
            closed = tokens[at + 2 : at + 3] and tokens[at + 2].text == ")"
            if (
                apart
                and closed
                and (not after or after[0].kind == "row" or after[0].text.startswith(r"\end{"))
            ):
                at += 3
                continue
        kept.append(tokens[at])
        at += 1
    return kept


def _is_fenced(kept: Sequence[Token]) -> bool:
    return bool(kept) and kept[-1].kind == "sign" and kept[-1].text in ("(", "[", r"\{", "|", "{")


def _unwrapped(tokens: list[Token]) -> list[Token]:
    """Braces around `= …` or around an equation dropped: they come from colouring."""
    arguments = argument_braces(tokens)
    drop: set[int] = set()
    for n, token in enumerate(tokens):
        if token.text != "{" or token.kind != "sign" or n in arguments:
            continue
        close = matching(tokens, n)
        if len(list(split(tokens[n + 1 : close], "="))) > 1:
            drop |= {n, close}
    return [token for n, token in enumerate(tokens) if n not in drop]


def _rows(tokens: Sequence[Token]) -> list[list[Token]]:
    rows: list[list[Token]] = [[]]
    depth = 0
    for n, token in enumerate(tokens):
        depth += _deeper(token)
        if token.kind == "row" and depth <= 0:
            rows.append([])
        elif not (token.kind == "cell" and depth <= 0):
            rows[-1].append(token)
        elif n and (tokens[n - 1].kind == "cell" or _begins_equation(tokens, n, rows[-1])):
            rows[-1].append(Token("gap", "&&", token.span))
    return [_without_gaps(row) for row in rows if row]


def _begins_equation(tokens: Sequence[Token], at: int, row: Sequence[Token]) -> bool:
    """Whether behind a cell of a row with an equation another one begins: `a &= b & c &= d`."""
    if not any(token.kind == "sign" and token.text == "=" for token in row):
        return False
    depth = 0
    for n in range(at + 1, len(tokens)):
        depth += _deeper(tokens[n])
        if tokens[n].kind == "row" or (
            tokens[n].kind == "sign" and tokens[n].text in names.RELATIONS and depth <= 0
        ):
            return False
        if tokens[n].kind == "cell" and depth <= 0:
            return n > at + 1 and [t.text for t in tokens[n + 1 : n + 2]] == ["="]
    return False


def _without_gaps(row: list[Token]) -> list[Token]:
    """A row that goes on from the one before, without the gaps that indent it."""
    start = next((n for n, token in enumerate(row) if token.kind != "gap"), 0)
    return row[start:] if row[start].text in ("+", "-", "=", r"\cdot", r"\times") else row


def _deeper(token: Token) -> int:
    if token.kind == "command":
        return token.text.startswith(r"\begin{") - token.text.startswith(r"\end{")
    if token.kind == "sign":
        return (token.text == "{") - (token.text == "}")
    return 0


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
    return _deeper(token)


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
    elif parts[-1] and _ends_in_operator(parts[-1]):
        dangling = "operator"
    parts = [part for part in parts if part]
    if not parts:
        return Clause([], "=", cue, continues, dangling)
    plain = [sign for sign in signs if sign != "="]
    relation = plain[0] if plain else "=" if signs else ""
    return Clause(parts, relation, cue, continues, dangling, others=signs)


def _ends_in_operator(part: list[Token]) -> bool:
    r"""Whether a side wants another operand; the star of `x^*` and the sign of `x^+` are marks on a name."""
    last = part[-1]
    if last.kind != "sign" or last.text not in ("+", "-", r"\cdot", r"\times", "*"):
        return False
    return len(part) < 2 or part[-2].text not in ("^", "_")
