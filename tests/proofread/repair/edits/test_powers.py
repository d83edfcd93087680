from tests.proofread.repair.failing import SOFTMAX, edited, latex, scope

from pminusy.proofread.repair.edits.powers import change_function, change_power

AROUND = scope(*SOFTMAX, r"\frac{\partial L}{\partial o_i} = p_i y_i")


def test_powers_are_one_higher_or_lower():
    assert edited(change_power, "x^3", AROUND) == latex("x^2", "x^4")
    assert latex("x^{n-1}", "x^{n+1}") <= edited(change_power, "x^n", AROUND)
    assert latex("x^n") <= edited(change_power, "x^{n-1}", AROUND)
    assert edited(change_power, "x^2", AROUND) >= latex("x")


def test_a_square_is_put_on_names_and_denominators():
    assert latex("x^2") <= edited(change_power, "x", AROUND)
    assert latex(r"\frac{a}{x^2}") <= edited(change_power, r"\frac{a}{x}", AROUND)


def test_a_function_becomes_its_partner_or_none():
    assert edited(change_function, r"\sin(x)", AROUND) >= latex(r"\cos(x)", "x")
    assert edited(change_function, "x", AROUND) == {r"\log\left(x\right)", r"\exp\left(x\right)"}
