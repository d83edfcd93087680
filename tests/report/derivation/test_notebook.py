import sys

from pminusy.report.derivation.notebook import render_notebook


def test_a_derivation_shows_itself(loss):
    shown = loss._repr_html_()
    assert shown == render_notebook(loss)
    assert shown.startswith("<div><style>@scope {")
    assert "<script" not in shown


def test_without_the_packages_for_pages_it_leaves_that_to_its_text(loss, monkeypatch):
    monkeypatch.setitem(sys.modules, "pminusy.report.derivation.notebook", None)
    assert loss._repr_html_() is None
