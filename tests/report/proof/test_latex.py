from pminusy.proofread.proof import StepVerdict
from pminusy.report.proof.latex import render_latex


def test_definitions_steps_and_the_corrected_line_stand_under_each_other(wrong):
    first, *lines, last = render_latex(wrong).splitlines()
    assert (first, lines[0], last) == ("% Line 6 is wrong", r"\begin{align*}", r"\end{align*}")
    assert lines[1] == r"  p_j &= \frac{e^{o_j}}{\sum_k e^{o_k}} \\"
    assert lines[3].startswith(
        r"  \frac{\partial L}{\partial o_i} &= {\color{red}-\left(y_i (1 - p_i) + \sum_{k \neq i}"
    )
    assert lines[3].endswith(r"&& \times \\")
    assert r"{\color{teal}= -(y_i(1 - p_i) + \sum_{k \ne i}(-p_i y_k))} && \text{corrected}" in lines[4]
    assert lines[5] == r"   &= p_i y_i - y_i + \sum_{k \neq i} p_k y_k && \checkmark \\"


def test_an_assumption_is_typeset(right):
    assert r"\checkmark\ \text{if } \sum_k y_k = 1" in render_latex(right)


def test_each_verdict_has_its_mark(wrong, right, undecided):
    marks = {r"\times": wrong, r"\checkmark": right, "?": undecided}
    for mark, proof in marks.items():
        assert f"&& {mark}" in render_latex(proof)
    assert {step.verdict for step in undecided.steps} == {StepVerdict.UNDECIDED}


def test_signs_of_alignment_are_the_renderings_own(wrong):
    for line in render_latex(wrong).splitlines()[2:-1]:
        assert line.count("&=") <= 1
