from tests.proofread.repair.failing import SOFTMAX, scope

from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.repair.closed_forms import closed_forms
from pminusy.proofread.syntax.latex import to_latex

GRADIENT = (*SOFTMAX, r"\frac{\partial L}{\partial o_i} = p_i y_i")


def test_the_usual_gradients_are_among_them():
    found = [to_latex(form) for form in closed_forms(scope(*GRADIENT), frozenset("i"))]
    assert "p_i - y_i" in found
    assert any(form.startswith(r"p_i \sum_") and form.endswith("- y_i") for form in found)


def test_every_form_leaves_the_letters_asked_for_free():
    around = scope(*GRADIENT)
    families = around.model.families
    for form in closed_forms(around, frozenset("i")):
        assert free_letters(form, families) == {"i"}
