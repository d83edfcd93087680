from xml.etree import ElementTree

import pytest

from pminusy.report.mathml import latex_math


def test_sides_are_typeset_one_by_one():
    root = ElementTree.fromstring(str(latex_math("p_k", r"\frac{e^{z_k}}{\sum_j e^{z_j}}")))
    assert [child.tag for child in root] == ["msub", "mo", "mfrac"]


def test_conditions_are_typeset():
    root = ElementTree.fromstring(str(latex_math(r"y \in \{0, 1\}", block=False)))
    assert "".join(root.itertext()) == "y∈{0,1}"
    root = ElementTree.fromstring(str(latex_math(r"i \ne j", block=False)))
    assert "".join(root.itertext()) == "i≠j"


@pytest.mark.parametrize("latex", [r"\frac{1", "", "a)", "{" * 1000, "<script>"])
def test_what_cannot_be_read_is_shown_as_it_is(latex):
    text = str(latex_math(latex, block=False))
    assert "<script>" not in text
    assert ElementTree.fromstring(text).tag in ("code", "math")
