r"""Tokens: LaTeX or plain maths cut into signs, with layout, colour and fonts taken off.

What a token is called does not depend on how it was dressed: `\mathbf{x}`, `\boldsymbol x` and `x` are the name `x`;
`\operatorname{tr}` and `\text{tr}` the name `tr`; an en-dash is `-`. The span keeps the dress.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NoReturn

from pminusy.errors import InputError
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.tree import Span

MAX_TOKENS = 2_500
LONGEST_WORD = 20


class Unreadable(InputError):
    """A formula that cannot be read; `span` is where."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.span = span


@dataclass(frozen=True, slots=True)
class Token:
    r"""One sign of a formula.

    `kind` is "name", "number", "command" (structures such as `\frac`), "sign" (operators and brackets), "words" (text
    in the formula), "gap" (`\quad`), "row" (`\\`), "cell" (`&`) or "end". `bold` marks names set as vectors; `spaced`
    tokens have white space before them.
    """

    kind: str
    text: str
    span: Span
    bold: bool = False
    spaced: bool = False


def tokenize(
    text: str, start: int = 0, end: int | None = None, words: frozenset[str] = frozenset()
) -> list[Token]:
    r"""The tokens of `text[start:end]`.

    Parameters
    ----------
    text : str
        The page.
    start, end : int
        The part of it that is maths.
    words : frozenset of str
        Letter runs that are one name on this page, such as `NLL`.

    Raises
    ------
    Unreadable
        Where a brace is not closed, or there are more than 2,500 tokens.
    """
    return _Lexer(text, start, len(text) if end is None else end, words).run()


class _Lexer:
    def __init__(self, text: str, start: int, end: int, words: frozenset[str]) -> None:
        self.text, self.at, self.end = text, start, end
        self.words = words | names.LOSS_NAMES | names.BARE_WORDS | names.BARE_COMMANDS | names.BARE_GREEK
        self.tokens: list[Token] = []
        self.spaced = False
        self.opened = -1  # where a \left, \right or \big began that belongs to the next sign
        self.bold_ends: list[int] = []

    def run(self) -> list[Token]:
        while self.at < self.end:
            if len(self.tokens) > MAX_TOKENS:
                self._fail("a formula of more than 2,500 signs", self.at)
            self._next()
        return self.tokens

    def _fail(self, message: str, at: int) -> NoReturn:
        raise Unreadable(message, Span(at, min(at + 1, len(self.text))))

    def _emit(self, kind: str, text: str, start: int, bold: bool = False) -> None:
        if self.opened >= 0 and kind == "sign":
            start = self.opened
        self.opened = -1
        self.tokens.append(Token(kind, text, Span(start, self.at), bold, self.spaced))
        self.spaced = False

    def _next(self) -> None:
        start, char = self.at, self.text[self.at]
        if char == "\\":
            self._command()
        elif char.isspace() or char in "~\u200b\ufeff":
            self.at, self.spaced = self.at + 1, True
        elif char == "%":
            line = self.text.find("\n", start, self.end)
            self.at = self.end if line < 0 else line
        elif char.isdigit() and char.isascii():
            self._number()
        elif char in names.SUPERSCRIPTS or char in names.SUBSCRIPTS:
            self._script()
        elif char.isascii() and char.isalpha():
            self._letters()
        elif char in names.UNICODE:
            self.at += 1
            self._named(names.UNICODE[char], start)
        elif char == "{":
            self._brace()
        elif char == "&":
            self.at += 1
            self._emit("cell", "&", start)
        elif char == ":" and self.text.startswith(":=", start):
            self.at += 2
            self._emit("sign", "=", start)
        elif self.text.startswith(("!=", "<=", ">=", "=="), start):
            self.at += 2
            self._emit(
                "sign",
                {"!=": r"\ne", "<=": r"\le", ">=": r"\ge", "==": "="}[self.text[start : start + 2]],
                start,
            )
        elif self.text.startswith("**", start):
            self.at += 2
            self._emit("sign", "^", start)
        else:
            self.at += 1
            self._emit("name" if char.isalpha() else "sign", char, start)

    def _named(self, replacement: str, start: int) -> None:
        """A Unicode sign, by the LaTeX it stands for."""
        command = replacement[1:]
        if replacement[0] != "\\":
            self._emit("sign", replacement, start)
        elif command in names.SIGNS:
            self._emit("sign", names.SIGNS[command], start)
        else:
            self._emit("command" if command in names.STRUCTURES else "name", replacement, start)

    def _number(self) -> None:
        start = self.at
        while self.at < self.end and self.text[self.at].isdigit() and self.text[self.at].isascii():
            self.at += 1
        rest = self.text[self.at : self.at + 2]
        if len(rest) == 2 and rest[0] == "." and rest[1].isdigit() and self.at + 1 < self.end:
            self.at += 1
            while self.at < self.end and self.text[self.at].isdigit():
                self.at += 1
        self._emit("number", self.text[start : self.at], start)

    def _script(self) -> None:
        start = self.at
        table = names.SUPERSCRIPTS if self.text[start] in names.SUPERSCRIPTS else names.SUBSCRIPTS
        while self.at < self.end and self.text[self.at] in table:
            self.at += 1
        place = Span(start, self.at)
        inner = "".join(table[char] for char in self.text[start : self.at])
        self.tokens.append(Token("sign", "^" if table is names.SUPERSCRIPTS else "_", place))
        self.tokens.append(Token("sign", "{", place))
        self.tokens += [replace(token, span=place) for token in tokenize(inner)]
        self.tokens.append(Token("sign", "}", place))

    def _letters(self) -> None:
        start = stop = self.at
        longest = min(self.end, start + LONGEST_WORD + 1)
        while stop < longest and self.text[stop].isascii() and self.text[stop].isalpha():
            stop += 1
        run = self.text[start:stop]
        scripted = bool(self.tokens) and self.tokens[-1].text in ("_", "{") and run not in self.words
        word = next((w for w in self._prefixes(run) if w in self.words), run[0])
        self.at = start + (1 if scripted else len(word))
        text = self.text[start : self.at]
        command = text in names.BARE_COMMANDS
        if text in names.BARE_GREEK:
            text = "\\" + text
        self._emit("command" if command else "name", "\\" + text if command else text, start)

    @staticmethod
    def _prefixes(run: str) -> list[str]:
        return [run, *(run[:n] for n in range(len(run) - 1, 2, -1))]

    def _command(self) -> None:
        start = self.at
        if start + 1 >= self.end:
            self.at = self.end
            return
        if not self.text[start + 1].isalpha() or not self.text[start + 1].isascii():
            self._control_sign(self.text[start + 1])
            return
        stop = start + 1
        while stop < self.end and self.text[stop].isascii() and self.text[stop].isalpha():
            stop += 1
        name, self.at = self.text[start + 1 : stop], stop
        if stop < self.end and self.text[stop] == "*" and name in names.ROMAN:
            self.at += 1
        _macro(self, name, start)

    def _control_sign(self, char: str) -> None:
        start, self.at = self.at, self.at + 2
        if char == "\\":
            stop = self._skip_spaces(self.at)
            if (
                self.text.startswith("[", stop)
                and (close := self.text.find("]", stop, min(stop + 12, self.end))) > 0
            ):
                amount = self.text[stop + 1 : close].strip()
                if amount[:1].isdigit() or amount[:1] in "-.":
                    self.at = close + 1
            if self.text.startswith("*", self.at):
                self.at += 1
            self._emit("row", "\\\\", start)
        elif char in names.SPACES or char.isspace() or char == "/":
            self.spaced = True
        elif char in names.SIGNS:
            self._emit("sign", names.SIGNS[char], start)
        else:
            self._emit("sign", char, start)

    def _skip_spaces(self, at: int) -> int:
        while at < self.end and self.text[at].isspace():
            at += 1
        return at

    def _brace(self) -> None:
        r"""An opening brace; `{\rm erf}` and `{\bf x}` are names."""
        start = self.at
        inner = self._skip_spaces(start + 1)
        for style in ("rm", "bf", "cal", "it"):
            after = inner + 1 + len(style)
            if self.text.startswith("\\" + style, inner) and not self.text[after : after + 1].isalpha():
                close = self._closing_brace(start)
                self.at = close + 1
                content = self.text[after:close].strip()
                if style == "rm" and content.isalpha():
                    self._emit("name", content, start)
                elif style == "cal" and content.isalpha():
                    self._emit("name", rf"\mathcal{{{content}}}", start)
                else:
                    _dressed(self, start, after, close, bold=style == "bf")
                return
        self.at += 1
        self._emit("sign", "{", start)

    def _closing_brace(self, opening: int) -> int:
        depth = 0
        at = opening
        while at < self.end:
            char = self.text[at]
            if char == "\\":
                at += 1
            elif char == "{":
                depth += 1
            elif char == "}":
                depth -= 1
                if depth == 0:
                    return at
            at += 1
        return self._fail("a brace that is never closed", opening)

    def argument(self) -> tuple[int, int]:
        """Start and end of a macro's argument, which is passed: a group, a command or one character."""
        start = self._skip_spaces(self.at)
        if start >= self.end:
            return start, start
        if self.text[start] == "{":
            close = self._closing_brace(start)
            self.at = close + 1
            return start + 1, close
        stop = start + 1
        if self.text[start] == "\\":
            while stop < self.end and self.text[stop].isascii() and self.text[stop].isalpha():
                stop += 1
        self.at = stop
        return start, stop


def _macro(lexer: _Lexer, name: str, start: int) -> None:
    r"""What becomes of `\name`."""
    if name in names.GREEK:
        lexer._emit("name", "\\" + name, start)
    elif name in names.SIGNS:
        lexer._emit("sign", names.SIGNS[name], start)
    elif name in names.BOLD:
        inner, stop = lexer.argument()
        _dressed(lexer, start, inner, stop, bold=True)
    elif name in names.ACCENTS:
        _accent(lexer, name, start)
    elif name in names.SCRIPT:
        inner, stop = lexer.argument()
        lexer._emit("name", rf"\{name}{{{lexer.text[inner:stop].strip()}}}", start)
    elif name in names.ROMAN or name in ("mathop", "DeclareMathOperator"):
        _roman(lexer, start)
    elif name in ("textcolor", "colorbox"):
        lexer.argument()
        _dressed(lexer, start, *lexer.argument(), bold=False)
    elif name == "color":
        lexer.argument()
        _coloured(lexer, start)
    elif name in names.DROPPED_WITH_ARGUMENT:
        lexer.argument()
    elif name in names.TRANSPARENT:
        _dressed(lexer, start, *lexer.argument(), bold=False)
    elif name in ("underbrace", "overbrace"):
        _braced(lexer, start)
    elif name in ("overset", "stackrel", "underset"):
        lexer.argument()
        _dressed(lexer, start, *lexer.argument(), bold=False)
    elif name == "not":
        _negated(lexer, start)
    elif name in names.GAPS:
        lexer._emit("gap", "\\" + name, start)
    elif name in names.DROPPED:
        if lexer.text.startswith(".", lexer.at):
            lexer.at += 1  # the invisible delimiter of \left. and \right.
        elif name in names.SIZED:
            lexer.opened = start
    elif name in names.STRUCTURES:
        if name in ("begin", "end"):
            inner, stop = lexer.argument()
            lexer._emit("command", rf"\{name}{{{lexer.text[inner:stop].strip().rstrip('*')}}}", start)
        else:
            lexer._emit("command", "\\" + name, start)
    else:
        lexer._emit("name", name, start)


def _dressed(lexer: _Lexer, start: int, inner: int, stop: int, bold: bool) -> None:
    """The tokens inside, the first and the last widened over the macro around them."""
    content = tokenize(lexer.text, inner, stop, lexer.words)
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


def _coloured(lexer: _Lexer, start: int) -> None:
    r"""`\color{blue}{…}` colours without grouping, unless it is itself the argument of something."""
    at = lexer._skip_spaces(lexer.at)
    if lexer.text.startswith("{", at) and not (lexer.tokens and lexer.tokens[-1].text in ("^", "_")):
        lexer.at = at
        _dressed(lexer, start, *lexer.argument(), bold=False)


def _accent(lexer: _Lexer, accent: str, start: int) -> None:
    accent = {"widehat": "hat", "widetilde": "tilde", "overline": "bar", "underline": "bar"}.get(
        accent, accent
    )
    content = tokenize(lexer.text, *lexer.argument(), lexer.words)
    if not content or content[0].kind not in ("name", "number"):
        lexer._fail(rf"\{accent} over something that is not a symbol", start)
    name = rf"\{accent}{{{content[0].text}}}"
    content[0] = replace(
        content[0], kind="name", text=name, span=Span(start, content[0].span.end), spaced=lexer.spaced
    )
    content[-1] = replace(content[-1], span=Span(content[-1].span.start, lexer.at))
    lexer.tokens += content
    lexer.spaced = False


def _roman(lexer: _Lexer, start: int) -> None:
    r"""`\text{…}` and the like: a name if it is one word, otherwise words of the sentence."""
    inner, stop = lexer.argument()
    raw = lexer.text[inner:stop]
    content = raw.replace("\\", "").replace("{", "").replace("}", "").strip()
    if "$" in raw:
        _mixed(lexer, inner, stop)
    elif raw.strip().startswith("\\") and content.isalpha() and content in names.GREEK:
        lexer._emit("name", "\\" + content, start)
    elif content.replace("-", "").replace("_", "").isalnum() and content.lower() not in names.CONDITION_WORDS:
        kind = "number" if content.isdigit() else "name"
        lexer._emit(kind, content, start)
    elif content:
        lexer._emit("words", content, start)
    else:
        lexer.spaced = True


def _mixed(lexer: _Lexer, inner: int, stop: int) -> None:
    r"""`\text{for $i = j$}`: words and formulas in turn."""
    at = inner
    for number, piece in enumerate(lexer.text[inner:stop].split("$")):
        if number % 2:
            lexer.tokens += tokenize(lexer.text, at, at + len(piece), lexer.words)
        elif piece.strip():
            lexer.tokens.append(Token("words", piece.strip(), Span(at, at + len(piece))))
        at += len(piece) + 1


def _braced(lexer: _Lexer, start: int) -> None:
    r"""`\underbrace{…}_{note}`: the note goes."""
    _dressed(lexer, start, *lexer.argument(), bold=False)
    at = lexer._skip_spaces(lexer.at)
    if lexer.text[at : at + 1] in ("_", "^") and at < lexer.end:
        lexer.at = at + 1
        lexer.argument()


def _negated(lexer: _Lexer, start: int) -> None:
    at = lexer._skip_spaces(lexer.at)
    for sign, negated in (("=", r"\ne"), (r"\in", r"\notin"), (r"\equiv", r"\ne")):
        if lexer.text.startswith(sign, at):
            lexer.at = at + len(sign)
            lexer._emit("sign", negated, start)
            return
    lexer._fail(r"\not before something that is not a relation", start)
