import re
from xml.etree import ElementTree

import pytest

from pminusy.report.svg import ACCENT, GRID, INK, MUTED, WARM, draw_svg


def _line(figure):
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color=ACCENT, clip_on=True)
    axes.set_title("title")


def test_colours_are_the_pages_variables():
    def draw(figure):
        for i, colour in enumerate((INK, MUTED, GRID, ACCENT, WARM)):
            figure.text(0.5, i / 5, "x", color=colour)

    svg = draw_svg(draw, (2, 2), "colours", "Colours")
    assert set(re.findall(r"var\(--(\w+)\)", svg)) == {"ink", "muted", "line", "accent", "warm"}
    assert "#0" not in svg


def test_no_white_box_and_no_style_for_the_whole_page():
    svg = draw_svg(_line, (2, 2), "line", "A line")
    assert "#ffffff" not in svg
    for element in ("<style", "<metadata", "<?xml", "<!DOCTYPE"):
        assert element not in svg


def test_ids_are_those_that_are_referred_to():
    svg = draw_svg(_line, (2, 2), "line", "A line")
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert len(ids) == len(set(ids)) > 0
    assert all(f"#{i}" in svg for i in ids)
    assert not set(ids) & set(re.findall(r'\bid="([^"]+)"', draw_svg(_line, (2, 2), "other", "A line")))


def test_the_chart_describes_itself_and_scales():
    root = ElementTree.fromstring(draw_svg(_line, (2, 3), "line", 'A "line"'))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == 'A "line"'
    assert root.attrib["viewBox"] == "0 0 144 216"
    assert "height" not in root.attrib


@pytest.mark.parametrize("text", ["$x_1$", "<b>&amp;", "日本語", "%d {}", "#010101"])
def test_text_is_drawn_as_it_is(text):
    svg = draw_svg(lambda figure: figure.text(0.5, 0.5, text, color=INK), (2, 2), "text", "Text")
    (drawn,) = [element.text for element in ElementTree.fromstring(svg).iter("text")]
    assert drawn == text


def test_the_same_drawing_gives_the_same_bytes():
    assert draw_svg(_line, (2, 2), "line", "A line") == draw_svg(_line, (2, 2), "line", "A line")
