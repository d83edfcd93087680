import pytest
from tests.proofread.reading import page, verdicts

from pminusy.proofread.readings.capital_entries import with_capital_entries

LAYER = "Y = W X + B"


@pytest.mark.parametrize(
    ("formula", "holds"),
    [
        (
            r"\frac{\partial E}{\partial b_i}"
            r" = \sum_j \frac{\partial E}{\partial y_j} \frac{\partial y_j}{\partial b_i}"
            r" = \frac{\partial E}{\partial y_i}",
            True,
        ),
        (r"\frac{\partial E}{\partial w_{ij}} = \frac{\partial E}{\partial y_i} x_j", True),
        (r"\frac{\partial E}{\partial w_{ij}} = \frac{\partial E}{\partial y_j} x_i", False),
        (r"\frac{\partial E}{\partial x_j} = \sum_i \frac{\partial E}{\partial y_i} w_{ij}", True),
        (r"\frac{\partial E}{\partial x_j} = \sum_i \frac{\partial E}{\partial y_i} w_{ji}", False),
    ],
)
def test_a_layer_by_its_entries(formula, holds):
    found = verdicts(LAYER, formula, r"y_i = \sum_j w_{ij} x_j + b_i")
    assert found
    assert all(verdict == "holds" for verdict in found) is holds


def test_a_letter_that_also_stands_alone_is_another_quantity():
    read = page(LAYER, "y_i = x_i", "x = 3", "w = y_1")
    assert with_capital_entries((read, read.chains[1]))[1] == {"Y": 1}
    read = page("Y = X_1 + B", "y_i = x_i", "y = 3")
    assert with_capital_entries((read, read.chains[1])) is None
