import pytest
from jinja2 import UndefinedError

from pminusy.report.explanation.build import explain
from pminusy.report.explanation.html import render_fragment, render_html
from pminusy.report.page import render_page


def test_a_value_that_is_missing_is_an_error_and_not_blank():
    with pytest.raises(UndefinedError):
        render_page("explanation.html.j2", {"figure": str, "latex": str})


@pytest.mark.parametrize("name", ["report", "proof", "explanation"])
def test_every_page_is_a_document_with_a_language_and_colours_unless_it_is_to_be_a_part_of_one(name):
    from jinja2 import Environment, PackageLoader

    source, *_ = PackageLoader("pminusy.report").get_source(Environment(autoescape=True), f"{name}.html.j2")
    assert source.startswith("{% extends layout %}")


def test_a_page_is_a_document_and_a_fragment_is_not():
    worked = explain([2.0, 1.0], target=0)
    assert render_html(worked).startswith('<!DOCTYPE html>\n<html lang="en">')
    assert render_fragment(worked).lstrip().startswith("<header>")
