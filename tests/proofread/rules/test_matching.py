from tests.proofread.reading import read
from tests.proofread.rules.settings import setting_of

from pminusy.proofread.rules.matching import matched
from pminusy.proofread.syntax.latex import to_latex


def values(pattern, formula):
    reading = read(f"0 + {pattern} = q")
    found = matched(reading.tree(pattern), reading.tree(formula), setting_of(reading))
    return found if found is None else {name: to_latex(value) for name, value in found.items()}


def test_index_letters_stand_for_any_index():
    assert values(r"\frac{\partial p_j}{\partial z_i}", r"\frac{\partial p_k}{\partial z_k}") == {
        "j": "k",
        "i": "k",
    }


def test_one_letter_has_one_value():
    assert values("p_j z_j", "p_i z_k") is None


def test_other_names_do_not_match():
    assert values("p_j", "z_j") is None
