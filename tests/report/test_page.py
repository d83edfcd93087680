import pytest
from jinja2 import UndefinedError

from pminusy.report.page import render_page


def test_a_value_that_is_missing_is_an_error_and_not_blank():
    with pytest.raises(UndefinedError):
        render_page("explanation.html.j2", {"figure": str, "latex": str})


@pytest.mark.parametrize("name", ["report", "proof", "explanation"])
def test_every_page_extends_the_one_that_sets_language_and_colours(name):
    from jinja2 import Environment, PackageLoader

    source, *_ = PackageLoader("pminusy.report").get_source(Environment(autoescape=True), f"{name}.html.j2")
    assert source.startswith('{% extends "page.html.j2" %}')
