import numpy as np
import pytest
from tests.proofread.reading import model

from pminusy.proofread.checking.sampling import points
from pminusy.proofread.meaning.model.undecidable import Undecidable
from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.syntax.tree import Number, Symbol


def point(of, digits=0):
    return next(points(of, "real", (), range(1), 1, digits))


def test_given_values_replace_definitions_on_a_copy():
    of = model("y = a x")
    fixed = of.given({"a": Meaning("a", (), (), Number("2"))})
    assert "a" in fixed.definitions
    assert "a" not in of.definitions
    assert of.given({}) is of


def test_constants_have_their_values_unless_the_page_defines_them():
    assert model("a = b").constant(r"\pi", point(model("a = b"))).item() == np.pi
    of = model("e = b c")
    assert of.constant("e", point(of)) is None


def test_names_mean_functions_by_custom_only_beside_their_partners():
    assert model("a = b").known_as(r"\psi") == r"\psi"
    assert model(r"a = \Gamma(x)").known_as(r"\psi") == "digamma"


def test_what_is_not_known_is_undecided():
    of = model("a = b")
    with pytest.raises(Undecidable, match="not defined, so its derivative is unknown"):
        of.sinks_of("L")
    with pytest.raises(Undecidable, match="a gradient without a variable"):
        of.own_variable(Symbol("L"))


def test_the_only_argument_is_what_a_gradient_is_taken_by():
    assert model("f(x) = x^2").own_variable(Symbol("f")) == Symbol("x")


def test_axes_are_indices_and_those_of_the_value():
    of = model(r"y_i = a_i x", "L = x^T x", r"s = \sum_i c_i")
    assert of.index_count("y") == 1
    assert of.axis_count("y") >= 1
    assert of.rank("nothing") == 0
