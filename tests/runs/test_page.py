import pytest

from pminusy.errors import ModelDirectoryError
from pminusy.runs import page as module
from pminusy.runs.page import ensure_page
from pminusy.runs.saved import read_report


def test_a_missing_page_is_made_again(fruit_model):
    page = fruit_model / "report.html"
    before = page.read_bytes()
    page.unlink()
    assert ensure_page(fruit_model, read_report(fruit_model)) == page
    assert page.read_bytes() == before


def test_one_that_is_there_is_left_alone(fruit_model):
    (fruit_model / "report.html").write_text("as it was")
    ensure_page(fruit_model, read_report(fruit_model))
    assert (fruit_model / "report.html").read_text() == "as it was"


def test_a_directory_that_cannot_be_written_is_a_clear_error(fruit_model, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(module, "replacing", refuse)
    report = read_report(fruit_model)
    (fruit_model / "report.html").unlink()
    with pytest.raises(ModelDirectoryError, match=r"report.html: cannot be written: Permission denied"):
        ensure_page(fruit_model, report)
