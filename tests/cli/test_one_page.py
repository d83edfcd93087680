from pathlib import Path

import pytest

from pminusy.cli.one_page import Asked, show_page
from pminusy.errors import InputError
from pminusy.report.proof.checked import Outcome

NOTHING = {"define": (), "assume": (), "readings": {}, "why": None, "json": False, "html": None}


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.md"
    path.write_text("$$g = x^4$$\n\n$$\\frac{dg}{dx} = 4 x^3$$\n")
    return str(path)


def test_the_outcome_is_returned_and_the_page_printed(page, capsys):
    assert show_page(page, Asked(**NOTHING)) is Outcome.CORRECT
    assert capsys.readouterr().out.startswith("Every step holds")


def test_the_typeset_page_is_written_too(page, tmp_path, capsys):
    out = tmp_path / "out.html"
    show_page(page, Asked(**{**NOTHING, "html": out, "json": True}))
    assert "<math" in Path(out).read_text(encoding="utf-8")
    assert capsys.readouterr().out.startswith("{")


def test_a_line_without_a_step_that_holds_has_no_why(page):
    with pytest.raises(InputError, match="one of 3"):
        show_page(page, Asked(**{**NOTHING, "why": "2"}))
