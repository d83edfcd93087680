"""The right answer is given in a short form, with what it rests on."""

import pytest

from pminusy.proofread import proofread

SOFTMAX = r"$$p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}$$ $$L = -\sum_j y_j \log p_j$$" + "\n"
TEMPERED = r"$$p_j = \frac{e^{o_j / T}}{\sum_k e^{o_k / T}}$$ $$L = -\sum_j y_j \log p_j$$" + "\n"
GRADIENT = r"$$\frac{\partial L}{\partial o_i} = "
CROSS_TERM = GRADIENT + r"-\left( y_i(1-p_i) + \sum_{k\neq i} -p_k y_k \right)$$"


def test_the_closed_form_is_given_and_what_it_becomes_under_an_assumption():
    answer = proofread(SOFTMAX + CROSS_TERM).final_answer
    assert (answer.right, answer.correct, answer.correct_if) == (False, r"p_i \sum_k y_k - y_i", None)
    assert (answer.simpler, answer.simpler_if) == ("p_i - y_i", "sum(y)=1")


@pytest.mark.parametrize(
    "text",
    [
        SOFTMAX + GRADIENT + r"p_i \sum_k y_k + y_i$$",
        TEMPERED + GRADIENT + r"-\frac{1}{T} \left( y_i(1-p_i) + \sum_{k\neq i} -p_k y_k \right)$$",
    ],
)
def test_every_form_that_is_given_is_right(text):
    answer = proofread(text).final_answer
    start = text[: text.rindex("= ")] + "= "
    assert proofread(f"{start}{answer.correct}$$").verdict == "correct"
    simpler = proofread(f"{start}{answer.simpler}$$")
    assert (simpler.verdict, simpler.assumptions) == ("correct_if", (answer.simpler_if,))


def test_a_repair_that_cannot_be_shortened_stays():
    answer = proofread(r"$$f(x) = x^3$$ $$f'(x) = 2 x^2$$").final_answer
    assert (answer.correct, answer.simpler) == ("3 x^2", None)


def test_a_definition_given_beside_the_text_has_no_line():
    proof = proofread(SOFTMAX.splitlines()[0] + GRADIENT + "a p_i - y_i$$", define=[r"a = \sum_k y_k"])
    assert [definition.line for definition in proof.definitions] == [0, 1, 1]
    assert proof.verdict == "correct"


@pytest.mark.parametrize("wrong", [r"2 p_i - 7 y_i^2", r"\tanh(o_i) + 3"])
def test_what_is_far_from_right_gives_way_to_the_right_answer(wrong):
    page = r"$$p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}, \qquad L = -\sum_j y_j \log p_j$$" "\n"
    proof = proofread(page + rf"$$\frac{{\partial L}}{{\partial o_i}} = {wrong}$$")
    right = r"p_i \sum_j y_j - y_i"
    assert proof.final_answer.correct == right
    assert proof.first_wrong.suggestions[0].repair == right
    assert (proof.final_answer.simpler, proof.final_answer.simpler_if) == ("p_i - y_i", "sum(y)=1")
