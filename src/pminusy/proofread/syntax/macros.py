r"""A page's own macros: `\newcommand`, `\def`, `\DeclareMathOperator`, written out, with places kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pminusy.proofread.syntax.packages import PACKAGES, Forms
from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import Span

MOST_EXPANSIONS = 2000
LONGEST = 200_000
_DEFINITION = re.compile(
    r"\\(?:re|provide)?(?:new)?command\*?\s*\{?\\(?P<command>[A-Za-z]+)\}?\s*"
    r"(?:\[(?P<count>\d)\])?\s*(?:\[(?P<default>[^\]]*)\])?\s*\{"
    r"|\\def\s*\\(?P<def>[A-Za-z]+)\s*(?P<pattern>[^{}\\]*)\{"
    r"|\\DeclareMathOperator\*?\s*\{?\\(?P<operator>[A-Za-z]+)\}?\s*\{"
)


@dataclass(frozen=True)
class Macro:
    r"""What a macro with so many arguments stands for.

    Where `default` is given, the first argument is optional and stands in square brackets. `pattern` is how the
    arguments are written where not one after the other, as `[#1,#2]`. `forms` are other bodies by what follows.
    """

    arguments: int
    body: str
    default: str | None = None
    pattern: str = ""
    forms: Forms = ()


@dataclass(frozen=True)
class Expanded:
    """A formula with its macros written out; `places[n]` is where character n comes from in the page."""

    text: str
    places: tuple[Span, ...]

    def span(self, span: Span) -> Span:
        """The place in the page of a stretch of the expanded text."""
        if not self.places or span.start >= len(self.places):
            return span
        return self.places[span.start] | self.places[max(span.start, min(span.end, len(self.places)) - 1)]


def with_packages(macros: dict[str, Macro], text: str) -> dict[str, Macro]:
    """A page's macros, and those of well-known packages that it uses without defining them."""
    used = {
        name: Macro(forms[-1][1].count("#"), forms[-1][1], forms=forms)
        for name, forms in PACKAGES.items()
        if name not in macros and re.search(rf"\\{name}(?![A-Za-z])", text)
    }
    return used | macros


def find_macros(text: str) -> tuple[dict[str, Macro], list[tuple[int, int]]]:
    """The macros that a page defines, and where the definitions stand."""
    macros: dict[str, Macro] = {}
    places = []
    for match in _DEFINITION.finditer(text):
        close = _closing(text, match.end() - 1)
        if close < 0:
            continue
        body = text[match.end() : close]
        places.append((match.start(), close + 1))
        macros[match["command"] or match["def"] or match["operator"]] = _macro(match, body)
    return macros, places


def _macro(match: re.Match[str], body: str) -> Macro:
    if match["operator"]:
        return Macro(0, body if body.lstrip().startswith("\\") else rf"\operatorname{{{body}}}")
    if match["command"]:
        return Macro(int(match["count"] or 0), body, match["default"])
    pattern = match["pattern"].strip()
    return Macro(pattern.count("#"), body, pattern="" if re.fullmatch(r"(?:#\d)*", pattern) else pattern)


def expand(text: str, start: int, end: int, macros: dict[str, Macro]) -> Expanded:
    r"""`text[start:end]` with macros written out.

    Raises
    ------
    Unreadable
        Where that would not come to an end.
    """
    pieces = [(char, Span(start + n, start + n + 1)) for n, char in enumerate(text[start:end])]
    pattern = re.compile(
        r"\\(" + "|".join(sorted(map(re.escape, macros), key=len, reverse=True)) + r")(?![A-Za-z])"
    )
    for _ in range(MOST_EXPANSIONS):
        whole = "".join(char for char, _ in pieces)
        match = pattern.search(whole)
        if match is None:
            return Expanded(whole, tuple(place for _, place in pieces))
        if len(pieces) > LONGEST:
            break
        body, arguments, stop = _called(macros[match.group(1)], whole, match.end())
        call = pieces[match.start()][1] | pieces[stop - 1][1]
        pieces[match.start() : stop] = _filled(body, [pieces[a:b] for a, b in arguments], call)
    raise Unreadable("cannot be read: macros that expand without end", Span(start, start + 1))


def _called(macro: Macro, text: str, at: int) -> tuple[str, list[tuple[int, int]], int]:
    """What a macro stands for here, where its arguments are, and where its call ends."""
    for signature, body in macro.forms:
        if signature and (found := _by_signature(signature, text, at)) is not None:
            return body, *found
    if macro.pattern and (match := _by_pattern(macro.pattern).match(text, at)):
        return macro.body, [match.span(n + 1) for n in range(macro.arguments)], match.end()
    if macro.default is None:
        return macro.body, *_arguments(text, at, macro.arguments)
    if (first := _by_signature("[]", text, at)) is not None:
        others, stop = _arguments(text, first[1], macro.arguments - 1)
        return macro.body, [*first[0], *others], stop
    arguments, stop = _arguments(text, at, macro.arguments - 1)
    return macro.body.replace("#1", macro.default), [(at, at), *arguments], stop


def _by_signature(signature: str, text: str, at: int) -> tuple[list[tuple[int, int]], int] | None:
    """Where arguments in such brackets are, and where the last one ends; None where others or none follow."""
    found = []
    for opening, closing in zip(signature[::2], signature[1::2], strict=True):
        start = at + len(text[at:]) - len(text[at:].lstrip())
        if not text.startswith(opening, start):
            return None
        close = _closing(text, start) if opening == "{" else text.find(closing, start)
        if close < 0:
            return None
        found.append((start + 1, close))
        at = close + 1
    return found, at


def _by_pattern(pattern: str) -> re.Pattern[str]:
    r"""`[#1,#2]` as a regular expression with a group for each argument."""
    literals = [re.escape(piece) for piece in re.split(r"#\d", pattern)]
    return re.compile(r"\s*" + "(.*?)".join(literals), re.DOTALL)


def _filled(body: str, arguments: list[list[tuple[str, Span]]], call: Span) -> list[tuple[str, Span]]:
    filled: list[tuple[str, Span]] = []
    for piece in re.split(r"(#\d)", body):
        if re.fullmatch(r"#\d", piece):
            number = int(piece[1]) - 1
            filled += arguments[number] if number < len(arguments) else []
        else:
            filled += [(char, call) for char in piece]
    return filled


def _arguments(text: str, at: int, count: int) -> tuple[list[tuple[int, int]], int]:
    """Start and end of so many arguments from a place on, and where the last one ends."""
    found = []
    for _ in range(count):
        while at < len(text) and text[at].isspace():
            at += 1
        if at < len(text) and text[at] == "{" and (close := _closing(text, at)) >= 0:
            found.append((at + 1, close))
            at = close + 1
        elif match := re.match(r"\\[A-Za-z]+|.", text[at:], re.DOTALL):
            found.append((at, at + match.end()))
            at += match.end()
    return found, at


def _closing(text: str, opening: int) -> int:
    depth = 0
    at = opening
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] in "{}":
            depth += 1 if text[at] == "{" else -1
            if depth == 0:
                return at
        at += 1
    return -1
