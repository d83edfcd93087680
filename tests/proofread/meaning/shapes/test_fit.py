from tests.proofread.reading import families, tree

from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.meaning.shapes.evidence import Evidence
from pminusy.proofread.meaning.shapes.fit import Fitting
from pminusy.proofread.meaning.shapes.options import Option, ranked


def fitting(definitions=None, spread=False):
    chain = [tree("W X + b"), tree("Z")]
    options = {"W": ranked(2), "X": ranked(2), "Z": ranked(2), "b": [Option(1, 0), Option(2, 3)]}
    names = sorted(options)
    evidence = Evidence(dict.fromkeys(names, frozenset([0])), frozenset(), {}, True, {})
    found = families("x_i", r"\sum_i x_i")
    return Fitting(found, definitions or {}, [chain], evidence, names, [options[n] for n in names], spread)


def test_a_formula_that_does_not_fit_costs_most():
    bad, odd = fitting()((0, 0, 0, 0)), fitting()((0, 0, 0, 1))
    assert len(bad.misfits) == 1
    assert not odd.misfits
    assert odd.odd == {"b"}
    assert odd.total < bad.total
    assert bad.doubtful
    assert odd.doubtful


def test_a_spread_vector_fits_and_costs_less():
    found = fitting(spread=True)((0, 0, 0, 0))
    assert found.total < fitting()((0, 0, 0, 0)).total
    assert found.total < fitting()((0, 0, 0, 1)).total + 2


def test_functions_of_an_argument_that_has_indices_elsewhere():
    definitions = {"f": Meaning("f", (), (tree("x"),), tree("x^2"))}
    known = fitting(definitions)
    assert known.called == frozenset()
    used = {**known.evidence.used, "x": frozenset([1])}
    of = Fitting(known.families, definitions, [], Evidence(used, frozenset(), {}, True, {}), [], [])
    assert of.called == {"f"}
