"""The documentation site: all public names are in the reference, and the code of the pages runs."""

from __future__ import annotations

import ast
import doctest
import re
import warnings
from pathlib import Path

import pytest

import pminusy
from pminusy import nn

DOCS = Path(__file__).parents[2] / "docs"
LISTED = re.compile(r"   (\w+)|\.\. py:function:: (\w+)\(.*")
SESSION = re.compile(r"^\s*>>> ", re.MULTILINE)
NOT_ALONE = {"dask": "connects to a cluster", "data-beyond-memory": "reads a folder of files"}
PAGES = sorted([*DOCS.glob("*.md"), *DOCS.glob("guides/*.md")])


def listed(module: str) -> set[str]:
    """The names that the reference lists as those of a module."""
    found, current = set(), ""
    for line in (DOCS / "reference" / "index.md").read_text(encoding="utf-8").splitlines():
        if line.startswith(".. currentmodule:: "):
            current = line.split()[-1]
        elif current == module and (name := LISTED.fullmatch(line)):
            found.add(name[1] or name[2])
    return found


def public_names(module: str) -> set[str]:
    """What a module's `__all__` holds, read without importing it: it may need what is not installed."""
    path = Path(pminusy.__file__).parent / module
    source = (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__":
            return set(ast.literal_eval(statement.value))
    raise AssertionError(f"{module} has no __all__")


def test_every_public_name_is_in_the_reference() -> None:
    assert listed("pminusy") == set(pminusy.__all__)
    assert listed("pminusy.nn") == set(nn.__all__)


@pytest.mark.parametrize("module", ["mlflow", "onnx", "torch"])
def test_every_public_name_for_another_package_is_in_the_reference(module: str) -> None:
    assert listed(f"pminusy.{module}") == public_names(module)


def python_of(page: Path) -> str:
    """All Python of a page, as one program whose lines have the numbers of the page's."""
    lines, inside = [], False
    for line in page.read_text(encoding="utf-8").splitlines():
        inside = (inside or line == "```python") and line != "```"
        lines.append(line if inside and line != "```python" else "")
    return "\n".join(lines)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if python_of(page).strip()], ids=lambda page: page.stem
)
def test_the_code_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if page.stem in NOT_ALONE:
        pytest.skip(NOT_ALONE[page.stem])
    if SESSION.search(python_of(page)):
        assert doctest.testfile(str(page), module_relative=False).failed == 0
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(python_of(page), str(page), "exec"), {"__name__": "page"})
        except ImportError as error:
            if str(error.name).startswith("pminusy"):
                raise
            pytest.skip(str(error))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_begin_with_their_title(page: Path) -> None:
    assert re.match(r"# \S|```\{include\}", page.read_text(encoding="utf-8"))
