"""Each way to write formulas out is the one by which some page holds."""

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.readings.rewritings import OF_CHANCE, OF_NOTATION

PAGES = {
    "names without arguments read as functions": "$$(u v)' = u' v + u v'$$",
    "small letters with indices read as the entries of their capitals": (
        r"$$Y = W X + B$$ $$\frac{\partial E}{\partial b_i} = \sum_j \frac{\partial E}{\partial y_j}"
        r" \frac{\partial y_j}{\partial b_i} = \frac{\partial E}{\partial y_i}$$"
        r" $$\frac{\partial E}{\partial x_j} = \sum_i w_{ij} \frac{\partial E}{\partial y_i}$$"
    ),
    "summed over indices that stand twice in a product": r"$$(P Q)_{ac} = P_{ab} Q_{bc}$$",
    "events read as happening or not": r"$$P(A \cup B) = P(A) + P(B) - P(A \cap B)$$",
    "integrals without limits read over the whole line": r"$$\int e^{-x^2} dx = \sqrt{\pi}$$",
}


@pytest.mark.parametrize(("choice", "text"), PAGES.items(), ids=PAGES.keys())
def test_a_page_holds_by_it(choice, text):
    proof = proofread(text)
    assert choice in {each for step in proof.steps for each in step.rests_on}


def test_each_has_a_name_of_its_own():
    choices = [each.choice for each in (*OF_CHANCE, *OF_NOTATION)]
    assert len(set(choices)) == len(choices)
    assert PAGES.keys() <= set(choices)
