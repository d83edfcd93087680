from dataclasses import replace

import pytest
from tests.proofread.reading import page

from pminusy.proofread.readings.called_names import with_their_arguments
from pminusy.proofread.source.settled import Settled
from pminusy.proofread.syntax.latex import to_latex


def defined(*formulas):
    """The left sides of a page on which h is said to be called."""
    own = replace(page(*formulas), settled=Settled(called=frozenset("h")))
    return [
        to_latex(chain.members[0].tree).replace(r"\left", "").replace(r"\right", "")
        for chain in with_their_arguments(own).chains
    ]


@pytest.mark.parametrize(
    ("formulas", "left"),
    [
        (["h = 3 s^2"], "h(s)"),
        (["h = c s", "c = 4"], "h(s)"),
        (["h = e^s"], "h(s)"),
        (["h = r s"], "h"),
        (["h = 2"], "h"),
        (["k = 3 s"], "k"),
        (["h_i = 3 s"], "h_i"),
        (["h(s) = 3 s"], "h(s)"),
    ],
)
def test_what_a_called_name_is_made_of_is_its_argument(formulas, left):
    assert defined(*formulas)[0] == left


def test_without_a_decision_a_page_stays_as_it_is():
    own = page("h = 3 s")
    assert with_their_arguments(own) is own
