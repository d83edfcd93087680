import pickle

from pminusy.proofread import proofread
from pminusy.proofread.readings.doubts.asked import Asked


def test_a_question_is_a_text_with_its_choices():
    question = Asked("Is it a call?", ("f(…)",))
    assert question == "Is it a call?"
    assert question.choices == ("f(…)",)


def test_what_a_step_asks_is_plain_text():
    (step,) = proofread("$$u = 4 t$$ $$2 u(t - 1) + 0 = 8 t - 8$$").steps
    assert type(step.question) is str
    assert pickle.loads(pickle.dumps(step.question)) == step.question
