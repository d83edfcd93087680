from tests.proofread.deriving.losses import CROSS_ENTROPY

from pminusy.proofread import derive
from pminusy.proofread.deriving.page import as_page


def test_each_line_has_its_rule_beside_it():
    text = derive(["f = x^2"], "x").text
    assert text == (
        "$$f = x^2$$\n\n$$\n\\begin{aligned}\n"
        r"\frac{\partial f}{\partial x} &= \frac{\partial}{\partial x} x^2 && \text{definition put in} \\"
        + "\n"
        r"&= 2 x && \text{power rule}" + "\n\\end{aligned}\n$$\n"
    )


def test_what_lies_between_comes_first():
    derivation = derive(CROSS_ENTROPY, "o_i")
    assert derivation.text.index("First:") < derivation.text.index("With these:")


def test_it_says_what_is_missing():
    parts = derive(["f = x^2"], "x").parts
    assert as_page("", parts, "no rule").endswith("Not finished: no rule.\n")
