r"""What stands in a sub- or superscript: a list of indices, or a label that is part of the name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pminusy.proofread.syntax.barred import BAR
from pminusy.proofread.syntax.token_ranges import list_end, split
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.tree import Group, Node, Symbol

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser

_LABEL_WORDS = frozenset(
    [
        "new",
        "old",
        "reg",
        "out",
        "hid",
        "data",
        "loss",
        "max",
        "min",
        "mean",
        "model",
        "total",
        "test",
        "train",
        "pred",
        "true",
        "mse",
        "nll",
        "bce",
        "mle",
        "map",
        "opt",
        "ref",
        "tot",
        "avg",
        "est",
    ]
)


def bar_in(tokens: Sequence[Token]) -> int:
    """Where the only bar is that stands between others, outside of brackets; 0 where there is none."""
    parts = list(split(tokens, "|"))
    return len(parts[0]) if len(parts) == 2 and all(parts) else 0


def tells_events(tokens: Sequence[Token]) -> bool:
    r"""Whether a subscript tells random quantities, as in `f_{X|Y}` and `f_{X|Y=5}`, and has no indices."""
    return any(t.text == "=" or (t.kind == "name" and t.text.isupper()) for t in tokens)


def label_of(tokens: Sequence[Token]) -> str:
    """The word or sign that a subscript is, if it is no list of indices."""
    if _is_slice(tokens) or (bar_in(tokens) and tells_events(tokens)):
        return "".join(BAR if t.text == "|" else t.text for t in tokens)
    if len(tokens) == 1 and tokens[0].kind == "sign" and tokens[0].text in ("+", "-", r"\pm", r"\mp"):
        return tokens[0].text
    if not all(t.kind == "name" and t.text.isalpha() for t in tokens):
        return ""
    word = "".join(t.text for t in tokens)
    together = not any(t.spaced for t in tokens[1:])
    if len(tokens) == 1:
        return word if len(word) > 1 else ""
    if (word.isupper() and together) or word in _LABEL_WORDS:
        return word
    return ""


def _is_slice(tokens: Sequence[Token]) -> bool:
    """Whether a subscript is a stretch of indices such as `1:d`, which together are one quantity."""
    colons = [n for n, token in enumerate(tokens) if token.text == ":"]
    return len(colons) == 1 and 0 < colons[0] < len(tokens) - 1 and not any(t.text == "," for t in tokens)


def index_list(parser: Parser, tokens: Sequence[Token]) -> tuple[Node, ...]:
    r"""`ij`, `i,j`, `t-1`, `(i)`, `:,k`."""
    found: list[Node] = []
    if list_end(tokens, 0) == len(tokens) and tokens[0].text == "(":
        tokens = tokens[1:-1]
    for piece in split(tokens, ","):
        if piece and all(t.kind == "sign" and t.text in (":", r"\cdot", "*") for t in piece):
            found.append(Symbol(":", span=piece[0].span))
            continue
        if piece and piece[-1].text in (r"\cdot", ":") and len(piece) == 2:
            found += [*index_list(parser, piece[:1]), Symbol(":", span=piece[1].span)]
            continue
        if piece and piece[0].text in (r"\cdot", ":") and len(piece) == 2:
            found += [Symbol(":", span=piece[0].span), *index_list(parser, piece[1:])]
            continue
        inside = parser.sub_parser(piece)
        if any(t.kind == "sign" and t.text in "+-*/=" for t in piece):
            found.append(inside.expression())
        else:
            while inside.peek().kind != "end":
                found.append(inside.factor())
        inside.expect_end()
    return tuple(node.body if isinstance(node, Group) else node for node in found)


def is_word(tokens: Sequence[Token]) -> bool:
    """Whether a superscript is a word that tells one name from another, such as `new`."""
    if not all(t.kind == "name" and t.text.isalpha() for t in tokens) or any(t.spaced for t in tokens[1:]):
        return False
    word = "".join(t.text for t in tokens)
    return word in _LABEL_WORDS or (len(word) > 1 and (len(tokens) == 1 or word.isupper()))
