r"""Where the maths is on a page: displays, inline formulas, and in plain text the lines that hold an equation."""

from __future__ import annotations

import re
from dataclasses import dataclass

ENVIRONMENTS = [
    "equation",
    "align",
    "aligned",
    "eqnarray",
    "gather",
    "gathered",
    "split",
    "multline",
    "alignat",
    "flalign",
    "displaymath",
    "math",
    "array",
    "subequations",
    "dmath",
]

_OPENINGS = re.compile(
    r"(?P<directive>^[ \t]*\.\. math::)|(?P<role>:math:`[^`]*`)|(?P<fence>^(?:```|~~~).*$)"
    r"|(?P<code>(?<!`)`[^`\n]+`(?!`))|(?P<jekyll>\\\\[\[(])|(?P<escape>\\[\\$])|(?P<double>\$\$)|(?P<single>\$)"
    r"|(?P<tex>\[(?:tex|latex)\])|(?P<itex>\[itex\])|(?P<wiki><math\b[^>/]*>)|(?P<square>\\\[)|(?P<round>\\\()|\\begin\s*\{(?P<environment>(?:"
    + "|".join(ENVIRONMENTS)
    + r")\*?)\}",
    re.MULTILINE,
)


_LINK = re.compile(r"\]\((?:https?:|/|#|\.)")
_OPTION = re.compile(r"\s*:(?:label|name|nowrap|no-wrap|number):")
_JEKYLL = {r"\\[": r"\\]", r"\\(": r"\\)"}
_MATHS_FENCES = frozenset(["latex", "tex", "math", "{math}", "katex", "mathjax"])


@dataclass(frozen=True)
class Formula:
    """A stretch of maths: its characters without the delimiters, and whether it stands on lines of its own."""

    start: int
    end: int
    display: bool


def find_formulas(text: str) -> list[Formula]:
    """All formulas of a page, in order; in a page without any, its lines with an equals sign."""
    found: list[Formula] = []
    at = 0
    while match := _OPENINGS.search(text, at):
        at = _read_one(text, match, found)
    return found if found or "$" in text else _plain_lines(text)


def _read_one(text: str, match: re.Match[str], found: list[Formula]) -> int:
    kind, after = match.lastgroup, match.end()
    if kind in ("escape", "code"):
        return after
    if kind == "role":
        found.append(Formula(match.start() + len(":math:`"), after - 1, False))
        return after
    if kind == "directive":
        return _in_directive(text, match, found)
    if kind == "jekyll":  # Markdown takes one backslash of two
        closing = _closing(text, _JEKYLL[match.group()], after)
        if closing >= 0 and "\n\n" not in text[after:closing]:
            found.append(Formula(after, closing, match.group()[-1] == "["))
            return closing + 3
        return after
    if kind == "fence":
        closing = text.find("\n" + match.group()[:3], after)
        if match.group()[3:].strip().lower() in _MATHS_FENCES:
            found += _in_fence(text, after, len(text) if closing < 0 else closing)
        return len(text) if closing < 0 else text.find("\n", closing + 1) % (len(text) + 1)
    if kind == "environment":
        name = match.group("environment")
        closing = _end_of(text, name, after)
        stop = closing if closing >= 0 else len(text)
        found.append(Formula(match.start(), text.find("}", stop) + 1 if closing >= 0 else stop, True))
        return found[-1].end
    delimiter = {
        "double": "$$",
        "single": "$",
        "square": r"\]",
        "round": r"\)",
        "tex": "[/" + match.group()[1:],
        "itex": "[/itex]",
        "wiki": "</math>",
    }[kind or ""]
    closing = _closing(text, delimiter, after)
    if closing < 0:
        return after if kind == "single" else _unclosed(text, after, kind or "", found)
    if kind == "square" and _LINK.search(text, after, closing):
        return closing + len(delimiter)  # brackets with words in them, escaped for Markdown
    ticks = kind == "single" and text[after] == text[closing - 1] == "`" and closing - after > 2
    display = kind in ("double", "square", "tex") or (kind == "wiki" and _begins_line(text, match.start()))
    found.append(Formula(after + ticks, closing - ticks, display))
    return closing + len(delimiter)


def _in_directive(text: str, match: re.Match[str], found: list[Formula]) -> int:
    """The formulas of a `.. math::` in reStructuredText: what is indented below it, one in each paragraph."""
    indent = len(match.group()) - len(match.group().lstrip())
    at = start = match.end()
    while at < len(text):
        stop = text.find("\n", at) % (len(text) + 1)
        line = text[at:stop]
        first = at == match.end()
        if line.strip() and not first and len(line) - len(line.lstrip()) <= indent:
            break
        if not line.strip() or _OPTION.match(line):
            _add_paragraph(text, start, at, found)
            start = stop + 1
        at = stop + 1
    _add_paragraph(text, start, min(at, len(text)), found)
    return min(at, len(text))


def _add_paragraph(text: str, start: int, end: int, found: list[Formula]) -> None:
    if text[start:end].strip():
        found.append(Formula(start, end, True))


def _begins_line(text: str, at: int) -> bool:
    """Whether nothing but the colons that indent it stands before a place in its line."""
    return not text[text.rfind("\n", 0, at) + 1 : at].strip(": ")


def _in_fence(text: str, start: int, end: int) -> list[Formula]:
    """The formulas of a block of LaTeX: those with delimiters, or all of it."""
    inside: list[Formula] = []
    at = start
    while (match := _OPENINGS.search(text, at, end)) and match.lastgroup not in ("fence", "code"):
        at = _read_one(text[:end], match, inside)
    return inside or ([Formula(start, end, True)] if text[start:end].strip() else [])


def _closing(text: str, delimiter: str, start: int) -> int:
    at = start
    while (at := text.find(delimiter, at)) >= 0:
        if delimiter == "$":
            blank = text.find("\n\n", start, at)
            if blank >= 0:
                return -1
        backslashes = len(text[start:at]) - len(text[start:at].rstrip("\\"))
        if backslashes % 2 == 0:
            return at
        at += 1
    return -1


def _unclosed(text: str, start: int, kind: str, found: list[Formula]) -> int:
    """A display that is never closed goes to the next blank line."""
    blank = text.find("\n\n", start)
    stop = len(text) if blank < 0 else blank
    found.append(Formula(start, stop, kind != "round"))
    return stop


def _end_of(text: str, name: str, start: int) -> int:
    r"""Where `\end` of an environment begins, inner ones of the same name skipped."""
    depth = 1
    for match in re.finditer(r"\\(begin|end)\s*\{" + re.escape(name) + r"\}", text[start:]):
        depth += 1 if match.group(1) == "begin" else -1
        if depth == 0:
            return start + match.start()
    return -1


def _plain_lines(text: str) -> list[Formula]:
    found = []
    at = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if "=" in stripped and not _is_prose(stripped):
            start = at + len(line) - len(line.lstrip())
            colon = re.match(r"[A-Za-z ]{3,}:\s+(?==|.*=)", stripped)
            start += colon.end() if colon else 0
            found.append(Formula(start, at + len(line.rstrip()), True))
        at += len(line)
    return found


_MATHS = frozenset(
    ["log", "exp", "sum", "frac", "partial", "sigma", "softmax", "tanh", "sin", "cos", "sqrt", "max", "min"]
)


def _is_prose(line: str) -> bool:
    """Whether a line of plain text is a sentence rather than a formula."""
    words = re.findall(r"(?<![\\{_^A-Za-z])[a-z]{3,}(?![A-Za-z(_{^])", line)
    return len([word for word in words if word not in _MATHS]) > 3
