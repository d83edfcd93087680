from tests.proofread.reading import page, read

from pminusy.proofread.readings.circles import cut, with_independent_variables


def test_each_definition_that_goes_round_is_left_out_once():
    of = read("u = a v", r"v = \frac{u}{a} + 0 w", "w = v + b")
    chain = of.page.chains[1]
    found = [choice for _, choice in cut(chain, of.model)]
    assert all(len(model.definitions) < len(of.model.definitions) for model, _ in cut(chain, of.model))
    assert found == sorted(found)


def test_nothing_is_cut_where_nothing_goes_round():
    of = read("u = a v", "v = b + c")
    assert list(cut(of.page.chains[0], of.model)) == []


def test_what_is_differentiated_by_is_independent():
    own = page("r = s^2", r"t = \frac{1}{r}", r"\frac{dt}{dr} = -\frac{1}{r^2}")
    part = with_independent_variables(own, own.chains[2])
    assert part is not None
    assert own.chains[0] not in part.chains
    assert own.chains[1] in part.chains
    assert with_independent_variables(own, own.chains[1]) is None
