from tests.proofread.reading import page

from pminusy.proofread.meaning.lines.classified import Classified


def test_an_entry_with_two_different_values_is_left_free():
    found = Classified()
    found.fix(("h", (0,)), 0.0)
    found.fix(("h", (0,)), 0.0)
    assert found.fixed == {("h", (0,)): 0.0}
    found.fix(("h", (0,)), 1.0)
    found.fix(("h", (0,)), 1.0)
    assert found.fixed == {("h", (0,)): None}


def test_what_is_set_aside_is_noted_with_its_place_and_reason():
    found, (chain,) = Classified(), page("a = b").chains
    assert found.set_aside(chain, "it cannot be read")
    assert [(aside.span, aside.reason) for aside in found.asides] == [(chain.span, "it cannot be read")]
