from pminusy.proofread import proofread

SPLIT = r"$$\sum_i (v_i - \bar v)^2 = \sum_i (v_i - \hat v_i)^2 + {} \sum_i (\hat v_i - \bar v)^2$$"


def test_residuals_may_be_orthogonal_to_what_was_fitted():
    step = proofread(SPLIT.replace("{}", "")).steps[0]
    assert step.verdict == "undecided"
    assert "regression" in step.question


def test_what_does_not_hold_for_them_either_is_another_question():
    assert "regression" not in (proofread(SPLIT.replace("{}", "2")).steps[0].question or "")
