import ast
from pathlib import Path

import pytest

import pminusy
from pminusy.kernels.machine.sources import all_sources, sources_of

PACKAGE = Path(pminusy.__file__).parent
NOT_COMPILED = {"pminusy.errors", "pminusy.files", "pminusy.options", "pminusy.staging"}


def test_all_sources_are_those_of_three_rooms():
    rooms = {path.relative_to(PACKAGE).parts[0] for path in all_sources()}
    assert rooms == {"kernels", "losses", "nn"}
    assert all_sources(("losses",)) == sorted((PACKAGE / "losses").rglob("*.py"))


def test_a_file_outside_the_package_counts_with_all_that_it_may_inline(tmp_path):
    own = tmp_path / "layer.py"
    sources = sources_of(own)
    assert own in sources
    assert {PACKAGE / "kernels" / "exp.py", PACKAGE / "nn" / "layers" / "sigmoid.py"} <= set(sources)


@pytest.mark.parametrize("room", ["kernels", "nn"])
def test_whatever_compiled_code_can_import_is_covered(room):
    covered = set(sources_of(PACKAGE / room / "any.py"))
    for file in (PACKAGE / room).rglob("*.py"):
        for name in imported_modules(file) - NOT_COMPILED:
            path = PACKAGE.parent.joinpath(*name.split("."))
            assert path.with_suffix(".py") in covered or path / "__init__.py" in covered, (file, name)


def imported_modules(file):
    """The modules of the package that a file names in its imports."""
    nodes = ast.walk(ast.parse(file.read_text()))
    names = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    return {name for name in names if name.startswith("pminusy.")}
