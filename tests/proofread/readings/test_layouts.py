import pytest
from tests.proofread.reading import model, page

from pminusy.proofread.readings.layouts import LAYOUTS, depends_on_layout, layouts
from pminusy.proofread.source.reader import read_page
from pminusy.proofread.source.settled import Settled


@pytest.mark.parametrize(
    ("text", "count"),
    [("in denominator layout", 2), ("in numerator layout", 1), ("no word of it", len(LAYOUTS))],
)
def test_the_layout_that_the_text_names_is_tried_alone(text, count):
    assert len(layouts(page(text=text))) == count


def test_the_layout_that_was_decided_on_is_tried_alone():
    own = read_page("in denominator layout", settled=Settled(layout=1))
    assert layouts(own) == LAYOUTS[1:2]


@pytest.mark.parametrize(
    ("formulas", "depends"),
    [
        ([r"L = \sum_k y_k q_k", r"\frac{\partial L}{\partial q_i} = y_i"], False),
        ([r"L = x^T A x", r"\frac{\partial L}{\partial x} = (A + A^T) x"], True),
        ([r"L = x^T A x", r"\nabla_x L = (A + A^T) x"], True),
        ([r"f = t^2", r"\frac{df}{dt} = 2 t"], False),
    ],
)
def test_derivatives_by_numbers_have_one_layout(formulas, depends):
    assert depends_on_layout(model(*formulas)) is depends
