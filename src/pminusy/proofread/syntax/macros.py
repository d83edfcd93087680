r"""A page's own macros: `\newcommand`, `\def`, `\DeclareMathOperator`, written out, with places kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import Span

MOST_EXPANSIONS = 2000
LONGEST = 200_000
_DEFINITION = re.compile(
    r"\\(?:re)?newcommand\*?\s*\{?\\([A-Za-z]+)\}?\s*(?:\[(\d)\])?\s*\{|\\def\s*\\([A-Za-z]+)\s*((?:#\d)*)\s*\{"
    r"|\\DeclareMathOperator\*?\s*\{?\\([A-Za-z]+)\}?\s*\{"
)


@dataclass(frozen=True)
class Macro:
    """What a macro with so many arguments stands for."""

    arguments: int
    body: str


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


# What well-known packages define, where the page does not.
_PACKAGES = {
    "dv": Macro(2, r"\frac{d #1}{d #2}"),
    "odv": Macro(2, r"\frac{d #1}{d #2}"),
    "pdv": Macro(2, r"\frac{\partial #1}{\partial #2}"),
    "pd": Macro(2, r"\frac{\partial #1}{\partial #2}"),
    "deriv": Macro(2, r"\frac{d #1}{d #2}"),
    "pderiv": Macro(2, r"\frac{\partial #1}{\partial #2}"),
    "dd": Macro(0, "d"),
    "diff": Macro(0, "d"),
    "dif": Macro(0, "d"),
    "d": Macro(0, "d"),
    "der": Macro(0, "d"),
    "dint": Macro(0, "d"),
    "ud": Macro(0, "d"),
    "rd": Macro(0, "d"),
    "dx": Macro(0, "dx"),
    "dt": Macro(0, "dt"),
    "dy": Macro(0, "dy"),
    "EV": Macro(0, r"\mathbb{E}"),
    "Expect": Macro(0, r"\mathbb{E}"),
    "expect": Macro(0, r"\mathbb{E}"),
    "Prob": Macro(0, r"\Pr"),
    "prob": Macro(0, r"\Pr"),
    "given": Macro(0, r"\mid"),
    "sfrac": Macro(2, r"\frac{#1}{#2}"),
    "nicefrac": Macro(2, r"\frac{#1}{#2}"),
    "flatfrac": Macro(2, r"\frac{#1}{#2}"),
    "half": Macro(0, r"\frac{1}{2}"),
    "inv": Macro(0, "^{-1}"),
    "trans": Macro(0, r"^\top"),
    "sigmoid": Macro(0, r"\operatorname{sigmoid}"),
    "norm": Macro(1, r"\left\|#1\right\|"),
    "abs": Macro(1, r"\left|#1\right|"),
    "set": Macro(1, r"\{#1\}"),
    "qty": Macro(1, "{#1}"),
    "E": Macro(0, r"\mathbb{E}"),
    "EE": Macro(0, r"\mathbb{E}"),
    "Ex": Macro(0, r"\mathbb{E}"),
    "R": Macro(0, r"\mathbb{R}"),
    "RR": Macro(0, r"\mathbb{R}"),
    "reals": Macro(0, r"\mathbb{R}"),
    "KL": Macro(0, r"\operatorname{KL}"),
    "T": Macro(0, r"\top"),
}


def with_packages(macros: dict[str, Macro], text: str) -> dict[str, Macro]:
    """A page's macros, and those of well-known packages that it uses without defining them."""
    used = {name: m for name, m in _PACKAGES.items() if re.search(rf"\\{name}(?![A-Za-z])", text)}
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
        if match.group(1):
            macros[match.group(1)] = Macro(int(match.group(2) or 0), body)
        elif match.group(3):
            macros[match.group(3)] = Macro(len(match.group(4)) // 2, body)
        else:
            macros[match.group(5)] = Macro(0, rf"\operatorname{{{body}}}")
    return macros, places


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
        macro = macros[match.group(1)]
        arguments, stop = _arguments(whole, match.end(), macro.arguments)
        call = pieces[match.start()][1] | pieces[stop - 1][1]
        pieces[match.start() : stop] = _filled(macro.body, [pieces[a:b] for a, b in arguments], call)
    raise Unreadable("cannot be read: macros that expand without end", Span(start, start + 1))


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
