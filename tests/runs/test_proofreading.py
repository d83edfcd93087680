import io
import json
import sys
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import pytest

from pminusy.report.proof.checked import Outcome
from pminusy.runs import proofreading
from pminusy.runs.proofreading import Given, check_page, check_pages

RIGHT = "$$g = x^4$$\n\n$$\\frac{dg}{dx} = 4 x^3$$\n"
WRONG = "$$g = x^4$$\n\n$$\\frac{dg}{dx} = 4 x^2$$\n"


@pytest.fixture(autouse=True)
def _pages(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "right.md").write_text(RIGHT)
    (tmp_path / "wrong.md").write_text(WRONG)
    (tmp_path / "bytes.md").write_bytes(b"\xff\xfe")


def test_pages_come_in_their_order_alike_for_any_number_of_processes(monkeypatch):
    typed = b"$$h = 2 t = t + t + t$$"
    files = ["wrong.md", "-", "bytes.md", "right.md", "none.md"]

    def checked(jobs):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
        return list(check_pages(files, Given(), jobs))

    alone = checked(1)
    assert [page.file for page in alone] == files
    assert [page.outcome for page in alone] == [
        Outcome.WRONG,
        Outcome.WRONG,
        Outcome.UNREADABLE,
        Outcome.CORRECT,
        Outcome.UNREADABLE,
    ]
    assert checked(2) == alone


def test_a_file_that_cannot_be_read_is_a_finding_without_its_name_twice():
    [found] = check_page("none.md", Given()).findings
    assert found.message == "no such file"


def test_what_is_given_holds_for_every_page(tmp_path):
    (tmp_path / "open.md").write_text("$$\\frac{dF}{dx} = 4 x^3$$")
    given = Given(define=("F = x^4",))
    assert check_page("open.md", given).outcome is Outcome.CORRECT


def test_a_finding_in_a_notebook_has_the_line_of_the_file(tmp_path):
    cells = [
        {"cell_type": "code", "source": ["1\n"], "outputs": []},
        {"cell_type": "markdown", "source": WRONG.splitlines(keepends=True)},
    ]
    text = json.dumps({"cells": cells}, indent=1)
    (tmp_path / "book.ipynb").write_text(text)
    [found] = check_page("book.ipynb", Given()).findings
    assert "4 x^2" in text.split("\n")[found.place.line - 1]
    assert (found.place.column, found.repair) == (None, None)


def test_a_finding_in_a_web_page_has_no_line(tmp_path):
    (tmp_path / "page.html").write_text(f"<html><body><p>{WRONG.replace('$$', '$')}</p></body></html>")
    [found] = check_page("page.html", Given()).findings
    assert found.place is None


def test_a_process_that_died_is_a_finding_of_its_pages():
    task = Future()
    task.set_exception(BrokenProcessPool())
    page = proofreading._result("a.md", task)
    assert page.outcome is Outcome.UNREADABLE
    assert "died" in page.findings[0].message
