r"""Notebooks and web pages as the Markdown that they were written in: formulas with `$` around them, words between.

Of a notebook the Markdown cells count. Of HTML, formulas are found where MathJax (`\(…\)`, `\[…\]`, scripts of type
`math/tex`), KaTeX (the annotation inside) and MediaWiki (the text of an image) leave their LaTeX.
"""

from __future__ import annotations

import json
import re
import unicodedata
from html.parser import HTMLParser

from pminusy.errors import InputError

_TAGS = re.compile(r"<!doctype html|</(?:html|body|p|div|span|script|h[1-6]|li)>", re.IGNORECASE)
_BREAKING = frozenset(
    ["p", "div", "br", "li", "ul", "ol", "tr", "table", "section", "article", "blockquote", "hr"]
)
_HEADINGS = {f"h{n}": "#" * n for n in range(1, 7)}
_SKIPPED = frozenset(["script", "style", "pre", "code", "nav", "head", "svg", "math"])


def document_text(text: str) -> str:
    """The Markdown of a notebook or web page; any other text as it is.

    Raises
    ------
    InputError
        For a notebook that cannot be read.
    """
    if is_notebook(text):
        return _of_notebook(text)
    return _of_html(text) if is_html(text) else _with_plain_letters(text)


_BRACES = {"lbrace": "{", "lcub": "{", "rbrace": "}", "rcub": "}", "lt": "<", "gt": ">", "amp": "&"}
_ENTITY = re.compile(rf"&({'|'.join(_BRACES)});")
# Letters and digits of mathematical alphabets; each is one sign, as is what it stands for.
_STYLED = re.compile("[\U0001d400-\U0001d7ff\u210e]")


def _with_plain_letters(text: str) -> str:
    """A text with the signs that entities of HTML and letters such as 𝑥 stand for."""
    text = _ENTITY.sub(lambda match: _BRACES[match.group(1)], text)
    return _STYLED.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def is_notebook(text: str) -> bool:
    """Whether a text is taken for the JSON of a notebook."""
    return text.lstrip().startswith("{") and '"cells"' in text


def is_html(text: str) -> bool:
    """Whether a text is HTML throughout, and no Markdown with some tags in it."""
    stripped = text.strip()
    return stripped.startswith("<") and stripped.endswith(">") and bool(_TAGS.search(text))


def _of_notebook(text: str) -> str:
    try:
        cells = json.loads(text)["cells"]
        found = [cell["source"] for cell in cells if cell["cell_type"] == "markdown"]
        pieces = [source if isinstance(source, str) else "".join(source) for source in found]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"text: expected a Jupyter notebook, got other JSON ({error})") from None
    return "\n\n".join(pieces)


def _of_html(text: str) -> str:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.pieces)).strip() + "\n"


class _Reader(HTMLParser):
    """Collects words and formulas; `skipping` is the tag whose content goes, with how deep it is nested."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.skipping, self.depth = "", 0
        self.formula: str | None = None  # the delimiter of the formula whose LaTeX comes next
        self.displays = 0  # spans that are open inside a display of KaTeX

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if self.displays and tag == "span":
            self.displays += 1
        elif "katex-display" in classes:
            self.displays = 1
        if "application/x-tex" in given.get("encoding", ""):
            self.formula = "$$" if self.displays else "$"
        elif tag == "script" and given.get("type", "").startswith("math/tex"):
            self.formula = "$$" if "display" in given["type"] else "$"
        elif self.skipping:
            self.depth += tag == self.skipping
        elif "katex-html" in classes or tag in _SKIPPED:
            self.skipping, self.depth = tag, 1
            if tag == "math" and given.get("alttext"):
                self._formula(given["alttext"], "$$" if given.get("display") == "block" else "$")
        elif tag == "img" and re.search(r"\bmwe-math|\btex\b|\blatex\b", given.get("class", "")):
            self._formula(re.sub(r"^\{\\displaystyle\s*(.*)\}$", r"\1", given.get("alt", "")), "$")
        elif tag in _HEADINGS:
            self.pieces.append(f"\n\n{_HEADINGS[tag]} ")
        elif tag in _BREAKING:
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if self.displays and tag == "span":
            self.displays -= 1
        if self.formula is not None and tag in ("annotation", "script"):
            self.formula = None
        elif self.skipping:
            self.depth -= tag == self.skipping
            self.skipping = self.skipping if self.depth else ""
        elif tag in _HEADINGS or tag in _BREAKING:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self.formula is not None:
            self._formula(data, self.formula)
        elif not self.skipping:
            self.pieces.append(re.sub(r"[ \t]*\n\s*", "\n", data))

    def _formula(self, latex: str, delimiter: str) -> None:
        latex = re.sub(r"^% <!\[CDATA\[|%\]\]>$", "", latex.strip()).strip()
        wide = "\n" if delimiter == "$$" else ""
        self.pieces.append(f"{wide}{delimiter}{latex}{delimiter}{wide}" if latex else "")
