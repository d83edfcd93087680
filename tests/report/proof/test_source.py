from dataclasses import replace

from pminusy.proofread.syntax.tree import Span
from pminusy.report.proof.source import Marked, place_in_text, right_side


def test_a_wrong_term_is_cut_out_of_a_side_that_runs_over_lines(wrong):
    step = wrong.steps[0]
    side = right_side(wrong, step, place_in_text(wrong, wrong.first_wrong))
    assert side.found == "p_k"
    assert side.before == r"-\left(y_i (1 - p_i) + \sum_{k \neq i} -"
    assert side.after == r" y_k\right)"


def test_without_a_place_in_it_a_side_is_whole(wrong):
    step = wrong.steps[1]
    whole = Marked(r"p_i y_i - y_i + \sum_{k \neq i} p_k y_k", "", "")
    assert right_side(wrong, step, None) == whole
    assert right_side(wrong, step, place_in_text(wrong, wrong.first_wrong)) == whole


def test_a_place_is_counted_from_the_start_of_its_line(wrong):
    start, end = place_in_text(wrong, wrong.first_wrong)
    assert wrong.text[start:end] == "p_k"


def test_blanks_beside_the_term_are_kept(wrong):
    text = "a + b  c\n d"
    step = replace(wrong.steps[0], span=Span(2, len(text)))
    assert right_side(replace(wrong, text=text), step, (6, 7)) == Marked("+ b ", " ", "c d")
