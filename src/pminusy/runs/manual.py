"""The pages of the manual, which the package carries along."""

from difflib import get_close_matches
from pathlib import Path

from pminusy.errors import InputError

_PACKAGE = Path(__file__).parents[1]
_FOLDERS = (_PACKAGE / "docs", _PACKAGE.parents[1] / "docs")  # installed, and in a checkout


def pages(section: str | None = None) -> dict[str, str]:
    """The name of every page, or of those in one section, and its title.

    Parameters
    ----------
    section : str, optional
        A folder of the documentation, for which `is_section`.

    Examples
    --------
    >>> pages()["softmax"]
    'Softmax and its Jacobian'
    >>> "softmax" in pages("derivations"), "command-line" in pages("derivations")
    (True, False)
    """
    return {name: _title(file) for name, file in _files(section).items()}


def is_section(name: str) -> bool:
    """Whether this is a folder of pages, such as derivations or docs/derivations."""
    folders = {folder.name for folder in _folder().iterdir() if folder.is_dir()}
    return Path(name).name in folders and bool(_files(name))


def page(name: str) -> str:
    """The Markdown of a page.

    Parameters
    ----------
    name : str
        As `pages` has it, or its path in the documentation, such as docs/derivations/softmax.md.

    Raises
    ------
    InputError
        There is no such page.

    Examples
    --------
    >>> page("docs/derivations/softmax.md") == page("softmax")
    True
    """
    stem = Path(name).stem
    known = _files()
    if stem not in known:
        near = get_close_matches(stem, known, n=1, cutoff=0.7)
        hint = f"did you mean {near[0]!r}?" if near else f"the pages are {', '.join(known)}"
        raise InputError(f"page: no page {name!r}; {hint}")
    return known[stem].read_text(encoding="utf-8")


def _folder() -> Path:
    return next(folder for folder in _FOLDERS if folder.is_dir())


def _files(section: str | None = None) -> dict[str, Path]:
    """The pages by their names; not those that only the site has, which list or include others."""
    pattern = "*" if section is None else Path(section).name
    files = [] if section else sorted(_folder().glob("*.md"))
    files += sorted(_folder().glob(f"{pattern}/*.md"))
    return {file.stem: file for file in files if file.stem not in ("README", "index") and _title(file)}


def _title(file: Path) -> str:
    """The title of a page; empty if it begins with something else."""
    with file.open(encoding="utf-8") as lines:
        first = next(lines, "")
    return first.strip("# \n") if first.startswith("# ") else ""
