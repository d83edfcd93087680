import re

from pminusy.proofread import derive
from pminusy.report.derivation.html import render_fragment, render_html


def test_every_line_is_typeset_with_its_rule(loss):
    page = render_html(loss)
    lines = sum(len(part.lines) for part in loss.parts)
    assert page.count('class="rule"') == page.count('class="right"') == lines
    assert page.count('class="definition"') == 2
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=", page)


def test_where_it_stops_is_said(unfinished):
    assert "It stops here" in render_html(unfinished)


def test_what_was_given_is_escaped():
    page = render_html(
        derive([r"f = \begin{cases} x & \text{if } x < a \\ 0 & \text{otherwise} \end{cases}"], "x")
    )
    assert "<mo>&lt;</mo>" in page


def test_a_fragment_has_no_head(loss):
    assert "<html" not in render_fragment(loss)
