"""Values as they show themselves in notebooks: tables with a style of their own, in the notebook's colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_STYLE = """@scope {
:scope { --good: #2b6b3f; --bad: #a3341f; font-variant-numeric: tabular-nums; }
@media (prefers-color-scheme: dark) { :scope { --good: #86c99a; --bad: #f0937f; } }
p { margin: 0 0 0.5em; }
.good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; color: inherit; margin: 0 0 0.5em; }
tr, td, th { background: none !important; }
td, th { text-align: right; padding: 0.15em 0.9em 0.15em 0; border: 0; }
th:first-child, .facts td { text-align: left; }
thead th { border-bottom: 1px solid currentColor; }
}"""


def facts(headline: str, good: bool | None, values: Iterable[tuple[str, str]]) -> str:
    """Lay out one value: a sentence, and below it names with what they are.

    Parameters
    ----------
    headline : str
    good : bool or None
        The colour of the sentence; None for that of the text.
    values : iterable of (str, str)

    Returns
    -------
    str
        One element, with everything escaped.

    Examples
    --------
    >>> "<th scope='row'>a &lt; b</th><td>1</td>" in facts("So.", True, [("a < b", "1")])
    True
    """
    colour = {True: " class='good'", False: " class='bad'", None: ""}[good]
    rows = "".join(_row([name, value]) for name, value in values)
    return _element(f"<p{colour}>{escape(headline)}</p><table class='facts'>{rows}</table>")


def table(headline: str, parts: Iterable[tuple[Sequence[str], Iterable[Sequence[str]]]]) -> str:
    """Lay out tables below one sentence.

    Parameters
    ----------
    headline : str
    parts : iterable of (sequence of str, iterable of sequence of str)
        Of each table its header and its rows, which begin with their names.

    Returns
    -------
    str
        One element, with everything escaped.

    Examples
    --------
    >>> "<th scope='row'>x</th><td>2</td>" in table("Twice", [(["name", "value"], [["x", "2"]])])
    True
    """
    tables = "".join(f"<table>{_head(header)}{''.join(map(_row, rows))}</table>" for header, rows in parts)
    return _element(f"<p>{escape(headline)}</p>{tables}")


def _element(content: str) -> str:
    return f"<div><style>{_STYLE}</style><div class='wide'>{content}</div></div>"


def _head(names: Sequence[str]) -> str:
    cells = "".join(f"<th scope='col'>{escape(name)}</th>" for name in names)
    return f"<thead><tr>{cells}</tr></thead>"


def _row(cells: Sequence[str]) -> str:
    name, *values = map(escape, cells)
    return f"<tr><th scope='row'>{name}</th>{''.join(f'<td>{value}</td>' for value in values)}</tr>"
