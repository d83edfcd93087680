import pytest

from pminusy.proofread import proofread

ASKED = [
    (r"$$G_n = G_{n-1} + 2 G_{n-2}$$ $$G_{n+2} G_n - G_{n+1}^2 = (-2)^n$$", "recursion of G"),
    (
        r"$$J = \sum_i (t^{(i)} - q^{(i)})^2$$ $$q = v^T x$$"
        r"$$\sum_i q^{(i)} t^{(i)} = \sum_i t^{(i)} \sum_k v_k x_k^{(i)}$$",
        "definition of q",
    ),
]


@pytest.mark.parametrize(("page", "question"), ASKED)
def test_what_indices_leave_open_is_asked(page, question):
    questions = [step.question or "" for step in proofread(page).steps]
    assert any(question in each for each in questions)


def test_a_derivative_in_a_recursion_may_leave_the_past_fixed():
    page = r"$$s_t = \tanh(r s_{t-1} + x_t)$$ $$\frac{\partial s_t}{\partial r} = (1 - s_t^2) s_{t-1}$$"
    step = proofread(page).steps[-1]
    assert not step.holds
    assert "earlier s" in (step.question or "")


def test_an_entry_of_what_is_defined_as_a_whole_is_asked_about():
    page = r"$$a = c u + d$$ $$J = \frac{1}{2} \sum_i (a_i - t_i)^2$$"
    page += r"$$\frac{\partial J}{\partial d} = \sum_i (a_i - t_i)$$"
    step = proofread(page).steps[-1]
    assert not step.holds
    assert step.verdict != "fails"
