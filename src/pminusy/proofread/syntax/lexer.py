r"""Tokens: LaTeX or plain maths cut into signs, with layout, colour and fonts taken off.

What a token is called does not depend on how it was dressed: `\mathbf{x}`, `\boldsymbol x` and `x` are the name `x`;
`\operatorname{tr}` and `\text{tr}` the name `tr`; an en-dash is `-`. The span keeps the dress.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NoReturn

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.dress import dressed, macro
from pminusy.proofread.syntax.tokens import Token, Unreadable
from pminusy.proofread.syntax.tree import Span

MAX_TOKENS = 20_000
LONGEST_WORD = 20


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
        Where a brace is not closed, or there are more than 20,000 tokens.
    """
    return Lexer(text, start, len(text) if end is None else end, words).run()


_TRANSPOSED = re.compile(r"\s*\^\s*\{?\s*(?:T|\\top|\\intercal|\\mathsf|\\mathrm)")


class Lexer:
    """A place in a page, and the tokens read up to it; macros read their arguments through it."""

    def __init__(self, text: str, start: int, end: int, words: frozenset[str]) -> None:
        self.text, self.at, self.end = text, start, end
        self.words = words | names.LOSS_NAMES | names.BARE_WORDS | names.BARE_COMMANDS | names.BARE_GREEK
        self.tokens: list[Token] = []
        self.spaced = False
        self.escaped = (
            "\\\\\\\\" in text
        )  # Jekyll's Markdown takes one backslash of two: \\\\ is a row, \\{ a brace
        self.opened = -1  # where a \left, \right or \big began that belongs to the next sign

    def run(self) -> list[Token]:
        """All tokens up to the end."""
        while self.at < self.end:
            if len(self.tokens) > MAX_TOKENS:
                self.fail("a formula of more than 20,000 signs", self.at)
            self._next()
        return self.tokens

    def inside(self, start: int, stop: int) -> list[Token]:
        """The tokens of a part of the page, in the page's own words."""
        return tokenize(self.text, start, stop, self.words)

    def fail(self, message: str, at: int) -> NoReturn:
        """Give up, at a character."""
        raise Unreadable(message, Span(at, min(at + 1, len(self.text))))

    def emit(self, kind: str, text: str, start: int, bold: bool = False) -> None:
        """A token from `start` to here."""
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
        elif char in "″”" and self.tokens:
            for half in (start, start):
                self.at = start + 1
                self.emit("sign", "'", half)
        elif char == "`":  # as AsciiMath marks its formulas
            self.at, self.spaced = self.at + 1, True
        elif char == "." and self._begins_number(start):
            self._number()
        elif char == "{":
            self._brace()
        elif char == "&":
            self.at += 1
            self.emit("cell", "&", start)
        elif typed := next((sign for sign in names.TYPED if self.text.startswith(sign, start)), ""):
            self.at += len(typed)
            self.emit("command" if typed == "..." else "sign", names.TYPED[typed], start)
        elif char == "." and self._broadcasts(start):
            self.at += 1
        else:
            self.at += 1
            plain = names.in_latex(char)
            if plain.startswith(r"\mathbb"):
                self.emit("name", plain, start)
            elif plain in names.UNICODE:
                self._named(names.UNICODE[plain], start)
            else:
                kind = "number" if plain.isdigit() else "name" if plain.isalpha() else "sign"
                self.emit(kind, plain, start)

    def _broadcasts(self, at: int) -> bool:
        """Whether a point stands between a function and its bracket, as in Julia's `sin.(x)`."""
        applied = bool(self.tokens) and self.tokens[-1].text in names.FUNCTIONS
        return applied and self.text[at + 1 : at + 2] == "("

    def _begins_number(self, at: int) -> bool:
        """Whether a point begins a number, as in `.5`: no number or name stands right before it."""
        before = self.tokens[-1] if self.tokens else None
        touches = before is not None and before.span.end == at and before.kind in ("number", "name")
        digit = self.text[at + 1 : at + 2]
        return not touches and digit.isdigit() and digit.isascii() and at + 1 < self.end

    def _named(self, replacement: str, start: int) -> None:
        """A Unicode sign, by the LaTeX it stands for."""
        command = replacement[1:]
        if replacement[0] != "\\":
            self.emit("sign", replacement, start)
        elif command in names.SIGNS:
            self.emit("sign", names.SIGNS[command], start)
        else:
            self.emit("command" if command in names.STRUCTURES else "name", replacement, start)

    def _number(self) -> None:
        start = self.at
        while self.at < self.end and self.text[self.at].isdigit() and self.text[self.at].isascii():
            self.at += 1
        if self._has_comma_in_braces():
            whole = self.text[start : self.at]
            start_of_rest = self.at = self.at + 3
            while self.at < self.end and self.text[self.at].isdigit():
                self.at += 1
            self.emit("number", f"{whole}.{self.text[start_of_rest : self.at]}", start)
            return
        rest = self.text[self.at : self.at + 2]
        if len(rest) == 2 and rest[0] == "." and rest[1].isdigit() and self.at + 1 < self.end:
            self.at += 1
            while self.at < self.end and self.text[self.at].isdigit():
                self.at += 1
        text = self.text[start : self.at]
        self.emit("number", f"0{text}" if text[0] == "." else text, start)

    def _has_comma_in_braces(self) -> bool:
        """Whether a decimal comma comes next, as TeX sets it without a gap: `0{,}5`."""
        return self.text.startswith("{,}", self.at) and self.text[self.at + 3 : self.at + 4].isdigit()

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
        if run.lower() in names.OTHER_WORDS - {"rest", "other", "others"} or self._begins_condition(
            run, stop
        ):
            self.at = stop
            self.emit("words", run, start)
            return
        scripted = bool(self.tokens) and self.tokens[-1].text in ("_", "{") and run not in self.words
        word = next((w for w in self._prefixes(run) if w in self.words), run[0])
        apart = not self.text[max(0, start - 1) : start].isalpha()
        if run in ("min", "max") and apart and self._opens_bracket(start + 3):
            word = run  # its backslash forgotten
        elif len(word) == 1 and run[:2] == "ln" and not run[2:3].islower():
            word = "ln"  # its backslash forgotten
        if word == word[0] * len(word) and _TRANSPOSED.match(self.text, start + len(word)):
            word = run[0]  # `LL^T` is a product, and no log-likelihood
        self.at = start + (1 if scripted else len(word))
        text = self.text[start : self.at]
        command = text in names.BARE_COMMANDS or text in ("min", "max")
        if text in names.BARE_GREEK:
            text = "\\" + text
        self.emit("command" if command else "name", "\\" + text if command else text, start)

    def _begins_condition(self, run: str, after: int) -> bool:
        r"""Whether an "if" or "for" typed without `\text` stands behind a value, set apart from the condition."""
        apart = self.text[after : after + 1].isspace() or self.text[after : after + 1] in ("~", "\\")
        before = self.tokens[-1] if self.tokens else None
        behind = before is not None and (before.kind in ("cell", "gap") or before.text == ",")
        return run in ("if", "for", "when") and apart and behind

    def _opens_bracket(self, at: int) -> bool:
        return self.text.startswith(("(", r"\{", r"\left", "_"), self.skip_spaces(at))

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
        macro(self, name, start)

    def _control_sign(self, char: str) -> None:
        start, self.at = self.at, self.at + 2
        if char == "\\" and self.text[self.at : self.at + 1] in ("{", "}") and self.escaped:
            self.at += 1
            self.emit("sign", names.SIGNS[self.text[self.at - 1]], start)
        elif char == "\\":
            stop = self.skip_spaces(self.at)
            if (
                self.text.startswith("[", stop)
                and (close := self.text.find("]", stop, min(stop + 12, self.end))) > 0
            ):
                amount = self.text[stop + 1 : close].strip()
                if amount[:1].isdigit() or amount[:1] in "-.":
                    self.at = close + 1
            if self.text.startswith("*", self.at):
                self.at += 1
            self.emit("row", "\\\\", start)
        elif char in names.SPACES or char.isspace() or char in "/$":
            self.spaced = True
        elif char in names.SIGNS:
            self.emit("sign", names.SIGNS[char], start)
        else:
            self.emit("sign", char, start)

    def skip_spaces(self, at: int) -> int:
        """The first character from `at` on that is no white space."""
        while at < self.end and self.text[at].isspace():
            at += 1
        return at

    def _brace(self) -> None:
        r"""An opening brace; `{\rm erf}` and `{\bf x}` are names."""
        start = self.at
        inner = self.skip_spaces(start + 1)
        for style in ("rm", "bf", "cal", "it", "tt", "sf", "sl"):
            after = inner + 1 + len(style)
            if self.text.startswith("\\" + style, inner) and not self.text[after : after + 1].isalpha():
                close = self._closing_brace(start)
                self.at = close + 1
                content = self.text[after:close].strip()
                if style == "rm" and content.isalpha():
                    self.emit("name", content, start)
                elif style == "cal" and content.isalpha():
                    self.emit("name", rf"\mathcal{{{content}}}", start)
                else:
                    dressed(self, start, after, close, bold=style == "bf")
                return
        before = self.tokens[-1] if self.tokens else None
        holds_nothing = self.text.startswith("}", inner) and inner < self.end
        if holds_nothing and before and before.text not in ("_", "^") and before.kind != "command":
            self.at = inner + 1
            return
        self.at += 1
        self.emit("sign", "{", start)

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
        return self.fail("an unclosed brace", opening)

    def argument(self) -> tuple[int, int]:
        """Start and end of a macro's argument, which is passed: a group, a command or one character."""
        start = self.skip_spaces(self.at)
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
