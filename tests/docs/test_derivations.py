"""The pages themselves: their examples run, their links resolve, and code and pages know of each other."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import pminusy.formulas

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "derivations"
PAGES = sorted(FOLDER.glob("*.md"))
CHAPTERS = [page for page in PAGES if page.name != "README.md"]
FORMULAS = [
    importlib.import_module(f"pminusy.formulas.{module.name}")
    for module in pkgutil.iter_modules(pminusy.formulas.__path__)
]
FUNCTIONS = [
    (module, name)
    for module in FORMULAS
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
]

CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DISPLAY = re.compile(r"^\$\$\n(.*?)\n\$\$$", re.MULTILINE | re.DOTALL)
MENTION = re.compile(r"docs/derivations/\w+\.md(?:(?:,| and)\s+\w+\.md)*")
LINK = re.compile(r"\]\(([^)]+)\)")

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
each_chapter = pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)


def prose(page: Path) -> str:
    """A page without its code and its displays."""
    return DISPLAY.sub("", CODE.sub("", page.read_text(encoding="utf-8")))


def mentioned_pages(text: str) -> set[str]:
    return {name for mention in MENTION.findall(text) for name in re.findall(r"\w+\.md", mention)}


@each_chapter
def test_examples_come_out_as_printed(page: Path) -> None:
    check = page.read_text(encoding="utf-8").partition("\n## Check\n")[2]
    example = doctest.DocTestParser().get_doctest("".join(CODE.findall(check)), {}, page.name, str(page), 0)
    assert len(example.examples) > 5
    report: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(example, out=report.append)
    assert results.failed == 0, "".join(report)


@each_chapter
def test_all_code_is_in_the_check_and_uses_the_worked_example(page: Path) -> None:
    before, _, check = page.read_text(encoding="utf-8").partition("\n## Check\n")
    assert ">>>" not in before
    assert "$z = (2, 1, 0.1)$" in check


@pytest.mark.parametrize(("module", "name"), FUNCTIONS, ids=lambda value: getattr(value, "__name__", value))
def test_formula_is_named_on_the_page_its_module_points_to(module: object, name: str) -> None:
    pages = mentioned_pages(inspect.getdoc(module) or "")
    assert pages
    assert any(f"`{name}`" in (FOLDER / page).read_text(encoding="utf-8") for page in pages)


def test_formulas_were_found() -> None:
    assert {"softmax_jacobian", "gradient", "hessian", "mass_of_labels"} <= {name for _, name in FUNCTIONS}


def test_pages_mentioned_in_the_source_exist() -> None:
    mentions = {
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / "src").rglob("*.py")
        for name in mentioned_pages(path.read_text(encoding="utf-8"))
    }
    assert mentions
    assert not {(path, name) for path, name in mentions if not (FOLDER / name).is_file()}


@each_page
def test_links_resolve(page: Path) -> None:
    targets = LINK.findall(prose(page))
    assert targets
    assert not [target for target in targets if not (page.parent / target).exists()]


def test_index_links_to_every_page() -> None:
    assert {page.name for page in CHAPTERS} <= set(LINK.findall(prose(FOLDER / "README.md")))


@each_chapter
def test_displays_are_well_formed(page: Path) -> None:
    displays = DISPLAY.findall(page.read_text(encoding="utf-8"))
    assert displays
    for display in displays:
        assert display.count("{") == display.count("}"), display
        assert display.count("(") == display.count(")"), display
        assert display.count(r"\left") == display.count(r"\right"), display
        rows = display.split("\n")
        if len(rows) > 1:
            assert (rows[0], rows[-1]) == (r"\begin{aligned}", r"\end{aligned}")
            assert "&=" in rows[1]
            assert all(row.endswith(r" \\") for row in rows[1:-2]), display
            assert all(row.startswith("&= ") for row in rows[2:-1]), display


@each_page
def test_inline_maths_renders_as_markdown(page: Path) -> None:
    for paragraph in prose(page).split("\n\n"):
        assert paragraph.count("$") % 2 == 0, paragraph
        # Markdown would eat a backslash before punctuation: \( \[ \, \{ and the like.
        assert not re.search(r"\\[^a-zA-Z]", paragraph), paragraph
        for formula in re.findall(r"\$([^$]*)\$", paragraph):
            assert formula == formula.strip(), paragraph
            assert formula.count("{") == formula.count("}"), paragraph


def test_wrong_turns_are_quoted_and_marked() -> None:
    page = (FOLDER / "cross_entropy.md").read_text(encoding="utf-8")
    section = page.partition("\n## Wrong turns\n")[2].partition("\n## ")[0]
    quotes = section.strip().split("\n\n")
    assert len(quotes) >= 4
    assert all(quote.startswith("> Wrong: $") for quote in quotes)
    assert not DISPLAY.search(section)
