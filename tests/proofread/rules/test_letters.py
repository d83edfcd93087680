from tests.proofread.reading import read
from tests.proofread.rules.settings import setting_of

from pminusy.proofread.rules.letters import put_in, spare
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Symbol


def filled(formula, **values):
    reading = read(f"0 + {formula} = q")
    put = put_in(reading.tree(formula), {k: reading.tree(v) for k, v in values.items()}, setting_of(reading))
    return to_latex(put)


def test_a_letter_becomes_another():
    assert filled("z_k y_k", k="i") == "z_i y_i"


def test_a_bound_letter_is_left_alone():
    assert filled(r"z_k + \sum_k y_k", k="i") == r"z_i + \sum_k y_k"


def test_a_bound_letter_gives_way_to_what_is_put_in():
    assert filled(r"z_j \sum_k y_k w_{kj}", j="k") == r"z_k \sum_l y_l w_{lk}"


def test_a_spare_letter_is_not_in_use():
    assert spare({"k", "j"}) == "l"
    assert Symbol(spare(())) == Symbol("k")
