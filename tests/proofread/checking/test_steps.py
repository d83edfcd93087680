"""What is said of a step: witness, assumption, inherited errors, what cannot be decided."""

from __future__ import annotations

import pytest

from pminusy.errors import InputError
from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict

SOFTMAX = r"$p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}$, $L = -\sum_j y_j \log p_j$"
FOUNDING = (
    SOFTMAX
    + r"""
\begin{align}
\frac{\partial L}{\partial o_i} &= -\left( y_i(1-p_i) + \sum_{k\neq i} -p_k y_k \right) \\
&= p_i y_i - y_i + \sum_{k\neq i} p_k y_k \\
&= \left(\sum_i p_i y_i\right) - y_i
\end{align}"""
)


def test_the_founding_case() -> None:
    proof = proofread(FOUNDING)
    assert proof.verdict is Verdict.WRONG
    assert proof.first_wrong is not None
    assert proof.first_wrong.line == 3
    verdicts = [(step.verdict, step.inherited) for step in proof.steps]
    assert verdicts == [(StepVerdict.FAILS, False), (StepVerdict.HOLDS, True), (StepVerdict.HOLDS, True)]
    assert "summed over here but is free" in proof.steps[2].warnings[0]
    assert proof.final_answer is not None
    assert proof.final_answer.right is False


def test_the_witness_is_a_difference() -> None:
    witness = proofread(FOUNDING).steps[0].witness
    assert witness is not None
    assert witness.indices.keys() == {"i"}
    assert witness.left != pytest.approx(witness.right, rel=1e-6)
    assert {"o", "y"} <= witness.values.keys()


def test_the_weakest_assumption_is_named() -> None:
    proof = proofread(SOFTMAX + r"$$\frac{\partial L}{\partial o_i} = p_i - y_i$$")
    assert proof.verdict is Verdict.CORRECT_IF
    assert proof.assumptions == ("sum(y)=1",)


def test_special_values_do_not_excuse() -> None:
    proof = proofread(r"$p = e^{z/T}$ $$\frac{dp}{dz} = e^{z/T}$$")
    assert proof.verdict is Verdict.WRONG


def test_assume_and_define() -> None:
    text = r"$$\frac{d}{dx} (a x + b) = 2$$"
    assert proofread(text).verdict is not Verdict.CORRECT
    assert proofread(text, assume=["a=2"]).assumptions == ("a=2",)
    assert proofread(text, define=["a = 2"]).verdict is Verdict.CORRECT


def test_nothing_is_claimed_of_what_is_not_known() -> None:
    proof = proofread(
        r"$$\frac{\partial L}{\partial z_i} = p_i - y_i, \quad \frac{\partial p}{\partial x} = 0$$"
    )
    assert proof.verdict is not Verdict.WRONG


def test_a_line_that_cannot_be_read_is_said_so() -> None:
    proof = proofread(r"$$f = x^2$$ $$\frac{df}{dx} = \begin{cases} 2x = 2x$$")
    assert proof.verdict is Verdict.UNDECIDED
    assert "cannot be read" in (proof.steps[0].reason or "")


def test_an_unknown_assumption_is_refused() -> None:
    with pytest.raises(InputError, match="assume: expected"):
        proofread("$$a = b$$", assume=["the moon is full"])


def test_an_unusual_reading_is_shown() -> None:
    proof = proofread(r"$f = (x + 1) y$ $$\frac{df}{dx} = \frac{d}{dx}(x + 1) y = y$$")
    assert proof.verdict is Verdict.CORRECT
    narrow = proofread(r"$f = x^2 e^x$ $$\frac{df}{dx} = \frac{d}{dx}(x^2) e^x + x^2 e^x$$")
    assert narrow.verdict is Verdict.CORRECT
    assert any(warning.startswith("read as") for warning in narrow.steps[0].warnings)


def test_a_series_written_with_dots_holds_up_to_what_follows_where_it_is_not_plain_how_it_goes_on() -> None:
    text = r"$$e^x = 1 + x + \frac{x^2}{2} + \frac{x^3}{6} + \cdots = \sum_{n=0}^\infty \frac{x^n}{n!}$$"
    assert proofread(text).verdict is Verdict.CORRECT
    assert proofread(text.replace("e^x", "e^{2x}")).verdict is Verdict.UNDECIDED
    assert proofread(text.replace("6}", "5}")).verdict is Verdict.UNDECIDED


def test_a_series_written_with_dots_is_wrong_only_if_three_terms_say_how_it_goes_on() -> None:
    text = r"$$e^x = 1 + x + \frac{x^2}{2!} + \frac{x^3}{3!} + \cdots$$"
    assert proofread(text).verdict is Verdict.CORRECT
    assert proofread(text.replace("e^x", "e^{2x}")).verdict is Verdict.WRONG
    assert proofread(text.replace("1 + x", "1 - x")).verdict is Verdict.UNDECIDED


def test_a_probability_is_differentiated_by_its_parameter():
    page = r"$$p(y \mid \eta) = \int p(y, w \mid \eta) dw$$ $$0 + \frac{\partial}{\partial \eta} p(y \mid \eta) = {} $$"
    right = r"\int \frac{\partial}{\partial \eta} p(y, w \mid \eta) dw"
    assert proofread(page.replace("{}", right)).steps[-1].verdict is StepVerdict.HOLDS
    assert not proofread(page.replace("{}", "2 " + right)).steps[-1].holds


def test_what_only_seems_to_vanish_does_not_hold():
    page = r"$$v = 2 c$$ $$g = v^2$$ $$\frac{\partial g}{\partial m} = {} v \frac{\partial v}{\partial m}$$"
    for factor in ("2", "3"):
        step = proofread(page.replace("{}", factor)).steps[-1]
        assert step.verdict is StepVerdict.UNDECIDED
        assert "does not say how" in step.reason


def test_a_congruence_is_set_aside():
    proof = proofread(r"$$2^{10} = 1024 \equiv 4 = 2^2 \pmod{10}$$")
    assert not proof.steps
    assert all("congruence" in note for note in proof.notes)


@pytest.mark.parametrize(("right", "verdict"), [("1.67", "correct"), ("0.67", "wrong"), ("166.7", "correct")])
def test_a_number_that_rounding_does_not_explain_is_wrong(right, verdict):
    assert proofread(rf"$$\frac{{15}}{{9}} = \frac{{5}}{{3}} = {right}$$").verdict == verdict


def test_what_follows_an_unreadable_side_is_checked():
    text = r"It is $\foo{a = \text{and} = 1 | } = 0.5 \cdot 0.5 = {}$ here, and $1 + 1 = 2$."
    assert proofread(text.replace("{}", "0.25")).verdict is Verdict.CORRECT
    assert proofread(text.replace("{}", "0.75")).verdict is Verdict.WRONG


def test_labels_of_which_the_page_does_not_speak_leave_a_step_open():
    page = r"{} $$z_k = y_k w^T x_k$$ $$q = \sum_k y_k u_k y_k v_k = \sum_k u_k v_k$$"
    open_step = proofread(page.replace("{}", "Let the rows be given.")).steps[-1]
    assert (open_step.verdict, open_step.reason) == (
        StepVerdict.UNDECIDED,
        "the text does not say that y^2=1",
    )
    told = proofread(page.replace("{}", r"The labels are $\pm 1$.")).steps[-1]
    assert (told.verdict, told.assumption) == (StepVerdict.HOLDS_IF, "y^2=1")
    other = proofread(page.replace("{}", "").replace("u_k v_k$", "u_k w_k$")).steps[-1]
    assert not other.holds


def test_a_step_over_a_side_that_cannot_be_read_is_never_wrong():
    text = r"$$1 + 2 = 3 = \frac{{}} x = {} = 2 + 3$$"
    assert [s.verdict.value for s in proofread(text.format("4 - 1")).steps[:3]] == [
        "holds",
        "undecided",
        "holds",
    ]
    steps = proofread(text.format("1 + 4")).steps
    assert [s.verdict.value for s in steps] == ["holds", "undecided", "undecided", "holds"]
    assert steps[2].reason == "what stands between the two sides cannot be read"
