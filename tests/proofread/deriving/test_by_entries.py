from pminusy.proofread import derive
from pminusy.proofread.deriving.by_entries import definitions_by_entries
from pminusy.proofread.deriving.problem import read_problem
from pminusy.proofread.proof import Verdict

LOSS = [r"L = -y^T \log p", r"p = \mathrm{softmax}(z)"]


def test_products_of_vectors_become_sums_over_entries():
    setting = read_problem(LOSS, "z", None, ()).setting
    assert definitions_by_entries(setting) == [
        r"L = -\sum_k y_k \log\left(p_k\right)",
        r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}",
    ]


def test_what_has_no_entries_that_are_seen_is_left():
    setting = read_problem([r"L = \mathrm{tr}(\exp(X)) + a^T X b", "u = X b"], "X", None, ()).setting
    assert definitions_by_entries(setting) is None


def test_a_gradient_that_no_differential_leads_to_is_derived_by_entries():
    derivation = derive(LOSS, "z", assume=["sum(y)=1"])
    assert derivation.result == "p_i - y_i"
    assert derivation.parts[-1].left == r"\frac{\partial L}{\partial z_i}"
    assert derivation.proof.verdict is Verdict.CORRECT_IF
