from tests.proofread.reading import model, verdicts

from pminusy.proofread.syntax.latex import to_latex


def body(name: str, *formulas: str) -> str:
    return to_latex(model(*formulas).definitions[name].body).replace("\\left", "").replace("\\right", "")


def test_a_definition_is_written_through_the_name_of_its_part() -> None:
    assert body("a", "z = w x + b", r"a = \tanh(w x + b)", r"\frac{da}{dz} = c") == r"\tanh(z)"


def test_only_names_that_are_differentiated_by() -> None:
    assert body("a", "z = w x + b", r"a = \tanh(w x + b)", "a = c") == r"\tanh(w x + b)"


def test_indices_are_those_of_the_place() -> None:
    formulas = ("z_i = w_i x + b_i", r"a_k = \tanh(w_k x + b_k)", r"\frac{\partial a_k}{\partial z_k} = c")
    assert body("a", *formulas, r"\sum_i z_i + \sum_k a_k = d") == r"\tanh(z_k)"


def test_the_chain_rule_through_an_intermediate_quantity_is_checked() -> None:
    page = ("z = w x + b", r"a = \frac{1}{1 + e^{-(w x + b)}}")
    assert verdicts(*page, r"\frac{da}{dz} = a (1 - a)") == ["holds"]
    assert verdicts(*page, r"\frac{da}{dz} = a (1 + a)") == ["fails"]
