"""What is shown in a cell of a notebook: an element with a style of its own."""

from collections.abc import Sequence
from importlib.resources import files

from markupsafe import Markup

_OWN = """:scope { background: var(--paper); color: var(--ink); padding: 1rem; }
header, section { margin-bottom: 1.5rem; }"""


def cell(fragment: Markup, sheets: Sequence[str]) -> str:
    """Put a part of a page into an element whose style leaves the rest of the notebook alone.

    Parameters
    ----------
    fragment : markupsafe.Markup
    sheets : sequence of str
        The names of its style sheets.

    Returns
    -------
    str

    Examples
    --------
    >>> cell(render_fragment(proof), ["style.css"])   # doctest: +SKIP
    """
    return f"<div><style>{_style(sheets)}</style>{fragment}</div>"


def _style(names: Sequence[str]) -> Markup:
    """The style of the reports for what is within the element that it stands in."""
    folder = files("pminusy.report") / "templates"
    sheets = "\n".join((folder / sheet).read_text(encoding="utf-8") for sheet in names)
    return Markup("@scope {{\n{}\n{}\n}}").format(Markup(sheets.replace(":root", ":scope")), Markup(_OWN))
