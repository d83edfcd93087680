"""Links of the Markdown pages to other places in the repository, as they lead on the site.

The same pages are read in a checkout and in a terminal, so their links are paths in the repository. Pages that are on
the site are linked there; of other files, the path is shown.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

_ROOT = Path(__file__).parents[2]
_LINK = re.compile(
    r"(?<!!)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<target>[^)#\s:]+)(?P<anchor>#[^)\s]*)?\)"
)
_ELSEWHERE = {
    "benchmarks/README.md": "benchmarks/index.md",
    "benchmarks/RESULTS.md": "benchmarks/linear.md",
    "benchmarks/NETWORKS.md": "benchmarks/networks.md",
    "benchmarks/LOSS.md": "benchmarks/loss.md",
    "benchmarks/SPARSE.md": "benchmarks/sparse.md",
    "benchmarks/BLAS.md": "benchmarks/blas.md",
    "benchmarks/proofreading/FIRST_CONTACT.md": "benchmarks/first-contact.md",
    "benchmarks/proofreading/DERIVE.md": "benchmarks/deriving.md",
    "benchmarks/proofreading/REASONS.md": "benchmarks/reasons.md",
    "benchmarks/proofreading/REPAIRS.md": "benchmarks/repairs.md",
    "CHANGELOG.md": "changelog.md",
}


def on_the_site(text: str, place: Path) -> str:
    """Rewrite the links of a page.

    Parameters
    ----------
    text : str
        Markdown.
    place : Path
        The page's folder in the repository.
    """

    def rewritten(link: re.Match[str]) -> str:
        target = (place / link["target"]).resolve()
        if not target.is_relative_to(_ROOT) or not target.exists():  # a formula, or another host
            return link[0]
        path = target.relative_to(_ROOT).as_posix()
        shown = path in _ELSEWHERE or path.startswith("docs/")
        if not shown or target.suffix not in (".md", ".png", ".svg"):
            return link["text"]
        page = _ELSEWHERE.get(path, path.removeprefix("docs/"))
        return f"[{link['text']}](/{page}{link['anchor'] or ''})"

    return _LINK.sub(rewritten, text)


def _rewrite(app: Sphinx, docname: str, source: list[str]) -> None:
    if docname.startswith(("gallery/", "reference/")):
        return
    source[0] = on_the_site(source[0], (Path(app.srcdir) / docname).parent)


def _rewrite_included(app: Sphinx, relative_path: Path, _parent: str, content: list[str]) -> None:
    place = (Path(app.srcdir) / relative_path).resolve().parent
    content[0] = on_the_site(content[0], place)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("source-read", _rewrite)
    app.connect("include-read", _rewrite_included)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
