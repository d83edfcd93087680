r"""What a macro such as `\mathbf`, `\hat`, `\text` or `\color` makes of the tokens inside it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.tree import Span

if TYPE_CHECKING:
    from pminusy.proofread.syntax.lexer import Lexer


_OPERATOR = re.compile(r"\s*\{\s*\\(?:mathbb|mathcal|sum|prod)\b")
_DOTS = frozenset(["dotsb", "dotsc", "dotsi", "dotsm", "dotso"])


_ONE_LETTER = re.compile(r"\{\s*(?:[A-Za-z01]|\\[A-Za-z]+)\s*\}")


def macro(lexer: Lexer, name: str, start: int) -> None:
    r"""What becomes of `\name`."""
    name = "dots" if name in _DOTS else name
    if name == "mathop" and not lexer.text.startswith("{", lexer.skip_spaces(lexer.at)):
        lexer.spaced = True  # `\\mathop =`
        return
    if name in names.GREEK:
        lexer.emit("name", "\\" + name, start)
    elif name in names.SIGNS:
        lexer.emit("sign", names.SIGNS[name], start)
    elif name in names.BOLD or (name == "textbf" and _ONE_LETTER.match(lexer.text, lexer.at)):
        inner, stop = lexer.argument()
        dressed(lexer, start, inner, stop, bold=True)
    elif name in names.ACCENTS:
        _accent(lexer, name, start)
    elif name in names.SCRIPT | names.DOUBLE_STRUCK:
        inner, stop = lexer.argument()
        style = "mathbb" if name in names.DOUBLE_STRUCK else name
        lexer.emit("name", rf"\{style}{{{lexer.text[inner:stop].strip()}}}", start)
    elif name == "mathop" and _OPERATOR.match(lexer.text, lexer.at):
        dressed(lexer, start, *lexer.argument(), bold=False)
    elif name in names.ROMAN or name in ("mathop", "DeclareMathOperator"):
        _roman(lexer, start)
    elif name in ("textcolor", "colorbox"):
        lexer.argument()
        dressed(lexer, start, *lexer.argument(), bold=False)
    elif name == "color":
        lexer.argument()
        _coloured(lexer, start)
    elif name in names.DROPPED_WITH_ARGUMENT:
        lexer.argument()
    elif name in names.TRANSPARENT:
        dressed(lexer, start, *lexer.argument(), bold=False)
    elif name in ("underbrace", "overbrace"):
        _braced(lexer, start)
    elif name in ("intertext", "shortintertext"):
        lexer.argument()
        lexer.emit("row", "\\" + name, start)
    elif name in names.EXTENSIBLE:
        _extensible(lexer, name, start)
    elif name in ("overset", "stackrel", "underset"):
        lexer.argument()
        dressed(lexer, start, *lexer.argument(), bold=False)
    elif name in ("cr", "newline", "tabularnewline"):
        lexer.emit("row", "\\" + name, start)
    elif name in ("sf", "tt", "rm", "it") and lexer.text.startswith("{", lexer.at):
        dressed(lexer, start, *lexer.argument(), bold=False)
    elif name == "not":
        _negated(lexer, start)
    elif name in names.GAPS:
        lexer.emit("gap", "\\" + name, start)
    elif name in names.DROPPED:
        if lexer.text.startswith(".", lexer.at):
            lexer.at += 1  # the invisible delimiter of \left. and \right.
        elif name in names.SIZED:
            lexer.opened = start
    elif name in names.STRUCTURES:
        if name in ("begin", "end"):
            inner, stop = lexer.argument()
            lexer.emit("command", rf"\{name}{{{lexer.text[inner:stop].strip().rstrip('*')}}}", start)
        else:
            lexer.emit("command", "\\" + name, start)
    else:
        _unknown(lexer, name, start)


_OPTIONAL = re.compile(r"(?:\[\w*\])?\{")
_BRACKETS = re.compile(r"paren|brack|brac(?!e)", re.IGNORECASE)
_BOLD_LETTER = re.compile(r"(?:bs|bf|mb|mat|vec|[vmbVMS])([A-Za-z]|[a-z]{2,})$")


def _unknown(lexer: Lexer, name: str, start: int) -> None:
    r"""A macro that the page uses without defining it: `\bs{A}`, `\MA` and `\vmu` are letters set bold."""
    letter = _BOLD_LETTER.match(name)
    if len(name) == 2 and name[0] == name[1] and name.isupper():  # `\EE` and `\OO`
        lexer.emit("name", rf"\mathbb{{{name[0]}}}" if name[0] in "EPVRNZQC" else name[0], start)
        return
    if letter and (len(letter.group(1)) == 1 or letter.group(1) in names.GREEK):
        text = letter.group(1) if len(letter.group(1)) == 1 else "\\" + letter.group(1)
        lexer.emit("name", text, start, bold=True)
    elif (brace := _OPTIONAL.match(lexer.text, lexer.at)) and name not in names.FUNCTIONS:
        lexer.at = brace.end() - 1
        inner, stop = lexer.argument()
        content = lexer.inside(inner, stop)
        if len(content) == 1 and content[0].text == "=":  # an equals sign that is marked
            lexer.emit("sign", "=", start)
        elif all(token.kind in ("name", "number") for token in content):
            at = len(lexer.tokens)
            dressed(lexer, start, inner, stop, bold=True)
            lexer.tokens[at:] = [replace(token, guessed="\\" + name) for token in lexer.tokens[at:]]
        else:  # an operator of the writer's own, or brackets
            brackets = _BRACKETS.search(name)
            if not brackets:
                lexer.emit("name", name, start)
            opening, closing = "[]" if brackets and brackets.group() != "paren" else "()"
            lexer.tokens += [
                Token("sign", opening, Span(start, inner)),
                *content,
                Token("sign", closing, Span(stop, lexer.at)),
            ]
    else:
        lexer.emit("name", name, start)


def dressed(lexer: Lexer, start: int, inner: int, stop: int, bold: bool) -> None:
    """The tokens inside, the first and the last widened over the macro around them."""
    content = lexer.inside(inner, stop)
    if not content:
        return
    if bold and len(content) == 1 and content[0].text == "1":
        content = [replace(content[0], kind="name", text=r"\mathbf{1}")]
    if bold and len(content) == 1 and content[0].text == "0":
        content = [replace(content[0], kind="number")]
    content = [replace(token, bold=token.bold or bold) for token in content]
    content[0] = replace(content[0], span=Span(start, content[0].span.end), spaced=lexer.spaced)
    content[-1] = replace(content[-1], span=Span(content[-1].span.start, lexer.at))
    lexer.tokens += content
    lexer.spaced = False


def _extensible(lexer: Lexer, name: str, start: int) -> None:
    r"""`\xrightarrow[below]{above}`, an arrow, and `\xlongequal{above}`, an equals sign: what stands at it goes."""
    at = lexer.skip_spaces(lexer.at)
    if lexer.text.startswith("[", at):
        lexer.at = lexer.text.find("]", at) + 1 or lexer.end
    lexer.argument()
    lexer.emit("sign", names.EXTENSIBLE[name], start)


def _coloured(lexer: Lexer, start: int) -> None:
    r"""`\color{blue}{…}` colours without grouping, unless it is itself the argument of something."""
    at = lexer.skip_spaces(lexer.at)
    if lexer.text.startswith("{", at) and not (lexer.tokens and lexer.tokens[-1].text in ("^", "_")):
        lexer.at = at
        dressed(lexer, start, *lexer.argument(), bold=False)


def _accent(lexer: Lexer, accent: str, start: int) -> None:
    accent = {"widehat": "hat", "widetilde": "tilde", "overline": "bar", "underline": "bar"}.get(
        accent, accent
    )
    content = lexer.inside(*lexer.argument())
    if not content or content[0].kind not in ("name", "number"):
        lexer.fail(rf"\{accent} over something that is not a symbol", start)
    name = rf"\{accent}{{{content[0].text}}}"
    content[0] = replace(
        content[0], kind="name", text=name, span=Span(start, content[0].span.end), spaced=lexer.spaced
    )
    content[-1] = replace(content[-1], span=Span(content[-1].span.start, lexer.at))
    lexer.tokens += content
    lexer.spaced = False


def _roman(lexer: Lexer, start: int) -> None:
    r"""`\text{…}` and the like: a name if it is one word, otherwise words of the sentence."""
    inner, stop = lexer.argument()
    raw = lexer.text[inner:stop]
    content = raw.replace("\\", "").replace("{", "").replace("}", "").strip()
    if raw.strip().startswith("$") and raw.count("=") > 1:
        lexer.emit("words", content, start)  # a remark on what was put in
    elif "$" in raw:
        _mixed(lexer, inner, stop)
    elif case := _CASE.fullmatch(raw):
        lexer.tokens.append(Token("words", case.group(1), Span(start, inner + case.end(1))))
        lexer.tokens += lexer.inside(inner + case.start(2), stop)
    elif raw.strip().startswith("\\") and content.isalpha() and content in names.GREEK:
        lexer.emit("name", "\\" + content, start)
    elif _is_name(raw.strip() if _is_scripted(lexer) else raw, content):
        kind = "number" if content.isdigit() else "name"
        lexer.emit(kind, content, start)
    elif content:
        lexer.emit("words", content, start)
    else:
        lexer.spaced = True


# A condition with its word inside `\text`, as in `\text{for 0 < x < 1}`: in the rest there are no further words.
_CASE = re.compile(
    rf"\s*((?i:{'|'.join(sorted(names.CASE_WORDS, key=len, reverse=True))}))(?![^\W\d_])"
    r"((?!.*(?<!\\)(?<![^\W\d_])[^\W\d_]{2}).+(?:[<>=≤≥≠]|\\(?:le|ge|ne|in|leq|geq|neq)\b).+)"
)


def _is_scripted(lexer: Lexer) -> bool:
    """Whether what comes next stands first in a sub- or superscript."""
    marks = [token.text for token in lexer.tokens[-2:]]
    return marks[-1:] in (["_"], ["^"]) or marks in (["_", "{"], ["^", "{"])


def _is_name(raw: str, content: str) -> bool:
    """Whether a text is one word that names something, and not a word of the sentence, which blanks set apart."""
    if not content.replace("-", "").replace("_", "").isalnum():
        return False
    apart = raw != raw.strip() and content not in names.FUNCTIONS and len(content) > 1
    return (
        not apart and content.lower() not in names.CONDITION_WORDS | names.OTHER_WORDS | names.SENTENCE_WORDS
    )


def _mixed(lexer: Lexer, inner: int, stop: int) -> None:
    r"""`\text{for $i = j$}`: words and formulas in turn."""
    at = inner
    for number, piece in enumerate(lexer.text[inner:stop].split("$")):
        if number % 2:
            lexer.tokens += lexer.inside(at, at + len(piece))
        elif piece.strip():
            words = piece.rstrip(" .,").rstrip("0123456789")  # "if $y$ is 1"
            lexer.tokens.append(Token("words", words.strip(), Span(at, at + len(words))))
            lexer.tokens += lexer.inside(at + len(words), at + len(piece.rstrip(" .,")))
        at += len(piece) + 1


def _braced(lexer: Lexer, start: int) -> None:
    r"""`\underbrace{…}_{note}`: the note goes."""
    dressed(lexer, start, *lexer.argument(), bold=False)
    at = lexer.skip_spaces(lexer.at)
    if lexer.text[at : at + 1] in ("_", "^") and at < lexer.end:
        lexer.at = at + 1
        lexer.argument()


def _negated(lexer: Lexer, start: int) -> None:
    at = lexer.skip_spaces(lexer.at)
    for sign, negated in (("=", r"\ne"), (r"\in", r"\notin"), (r"\equiv", r"\ne")):
        if lexer.text.startswith(sign, at):
            lexer.at = at + len(sign)
            lexer.emit("sign", negated, start)
            return
    lexer.fail(r"\not before something that is not a relation", start)
