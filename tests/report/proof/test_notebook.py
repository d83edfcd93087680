import re
import sys

from pminusy.report.proof.notebook import render_notebook


def test_the_style_is_for_the_proof_alone(wrong):
    shown = render_notebook(wrong)
    style = re.fullmatch(r"<div><style>(.*?)</style>.*</div>", shown, re.DOTALL)[1]
    assert style.startswith("@scope {\n:scope {")
    assert ":root" not in style
    assert style.count("{") == style.count("}")


def test_it_holds_the_derivation_and_no_script(wrong):
    shown = render_notebook(wrong)
    assert "Line 6 is wrong" in shown
    assert "<html" not in shown
    assert "<script" not in shown


def test_a_proof_shows_itself(wrong):
    assert wrong._repr_html_() == render_notebook(wrong)


def test_without_the_packages_for_pages_it_leaves_that_to_its_text(wrong, monkeypatch):
    monkeypatch.setitem(sys.modules, "pminusy.report.proof.notebook", None)
    assert wrong._repr_html_() is None
