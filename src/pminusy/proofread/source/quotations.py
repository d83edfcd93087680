"""Quotations, whose lines begin with `>`."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"(?:^[ \t]*>.*(?:\n|$))+", re.MULTILINE)
_LAYOUT = re.compile(r"[ \t]*>[ \t>]*(?:\\(?:begin|end|left|right)\b|&)")


def without_quotes(text: str) -> str:
    """The text with blanks for the signs that begin the lines of a quotation, so that all places stay the same."""

    def blanked(match: re.Match[str]) -> str:
        return re.sub(r"^[ \t>]+", lambda m: " " * len(m.group()), match.group(), flags=re.MULTILINE)

    return _QUOTED.sub(lambda m: blanked(m) if _is_quoted(m.group()) else m.group(), text)


def _is_quoted(lines: str) -> bool:
    """Whether lines that begin with `>` are a quotation, and not a formula that goes on with a comparison."""
    return "$$" in lines or lines.count("\n") > 1 or bool(_LAYOUT.match(lines))
