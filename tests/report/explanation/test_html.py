import math

from pminusy.report.explanation.build import explain
from pminusy.report.explanation.html import render_html


def _rows(root):
    return [["".join(cell.itertext()) for cell in row] for row in root.iter("tr")]


def test_the_page_stands_alone_and_has_the_numbers(standalone):
    root = standalone(render_html(explain([2.0, 1.0, 0.1], target=0)))
    rows = _rows(root)
    assert ["0", "2.0000", "0", "1.0000", "0.6590", "−0.4170"] in rows
    assert ["1", "−0.1598", "0.1837", "−0.0239"] in rows
    assert ["0", "−0.3410", "0", "0", "−0.3410"] in rows
    assert ["2", "0.0986", "0", "0.0986", "0.0986"] in rows
    assert [heading.text for heading in root.iter("h2")] == [
        "1 Probabilities",
        "2 Loss",
        "3 Jacobian",
        "4 Chain rule",
        "5 Closed form",
    ]


def test_every_formula_is_typeset_from_our_own_tree(standalone):
    root = standalone(render_html(explain([2.0, 1.0, 0.1], target=0)))
    assert len(list(root.iter("math"))) > 20
    assert not list(root.iter("code"))


def test_other_classes_and_warnings_are_shown(standalone):
    root = standalone(render_html(explain([0.0] * 20 + [-math.inf], target=20)))
    rows = _rows(root)
    assert ["others", "", "", "14.0000", "0.7000", ""] in rows
    assert any("others" in row and row[-1] == "∑" for row in rows)
    text = " ".join("".join(root.itertext()).split())
    assert "The loss is infinite" in text
    assert "Of 21 classes, the 7" in text
