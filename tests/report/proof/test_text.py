import io
from dataclasses import replace
from itertools import pairwise

from rich.console import Console

from pminusy.proofread.proof import Reason, StepVerdict
from pminusy.report.proof.text import render_text


def _render(proof, width=80, reasons=None, **options):
    buffer = io.StringIO()
    options = {"markup": False, "highlight": False, "emoji": False} | options
    render_text(proof, Console(file=buffer, width=width, **options), reasons)
    return buffer.getvalue()


def _marked(text):
    """What stands above carets, line by line."""
    pairs = pairwise(text.splitlines())
    return [
        above[below.index("^") : below.rindex("^") + 1]
        for above, below in pairs
        if set(below.strip()) == {"^"}
    ]


def test_without_colours_carets_stand_under_the_wrong_term(wrong):
    text = _render(wrong)
    assert _marked(text) == ["p_k"]
    assert "\x1b" not in text


def test_no_color_takes_the_colours_from_a_terminal(wrong, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    text = _render(wrong, force_terminal=True)
    assert "[31m" not in text
    assert "^^^" in text


def test_with_colours_the_wrong_term_is_red_and_underlined(wrong):
    text = _render(wrong, force_terminal=True, color_system="standard")
    assert "\x1b[1;4;31mp_k\x1b[0m" in text
    assert "^" not in text.replace("^{", "")


def test_a_wrong_term_that_a_line_break_cuts_is_marked_on_both_lines(wrong):
    start = wrong.text.index("y_i (1 - p_i)") - wrong.text.rindex("\n", 0, wrong.text.index("y_i (1")) - 1
    first = replace(wrong.first_wrong, line=5, start=start, end=start + 40, suggestions=())
    text = _render(replace(wrong, first_wrong=first), width=44)
    assert len(_marked(text)) == 2
    assert " ".join(_marked(text)).startswith("y_i (1 - p_i) + \\sum_{k \\neq i}")


def test_a_failing_step_has_its_repair_reason_and_numbers(wrong):
    text = " ".join(_render(wrong).split())
    for phrase in (
        "Line 6 is wrong",
        "Read 2 definitions; checked 3 steps",
        "p_k should be p_i (wrong index)",
        r"= -\left(y_i (1 - p_i) + \sum_{k \neq i} -p_i y_k\right) The cross",
        "The cross term is -p_i: it keeps the index of the logit.",
        "See docs/derivations/cross_entropy.md (pminusy docs cross_entropy)",
        "or: -p_i y_k instead of -p_k y_k",
        "At i = 2 and the values below, the left side is 0.25 and the right side −0.5.",
        r"o = (0.5, −1.25) \hat{y} = (1.5, 2) lse = 3",
        "inherits the earlier error i is bound in the sum and free outside",
        r"Final answer: wrong \left(\sum_i p_i y_i\right) - y_i",
        r"Correct answer: p_i \sum_k y_k - y_i",
    ):
        assert phrase in text


def test_a_shorter_answer_is_shown_with_what_it_rests_on(wrong):
    answer = replace(wrong.final_answer, simpler="p_i - y_i", simpler_if="sum(y)=1")
    text = " ".join(_render(replace(wrong, final_answer=answer)).split())
    assert "Simplified, valid only if sum(y)=1: p_i - y_i" in text
    assert "Correct answer if sum(y)=1: p_i" in " ".join(
        _render(replace(wrong, final_answer=replace(answer, correct_if="sum(y)=1"))).split()
    )


def test_a_definition_given_beside_the_text_has_no_number(wrong):
    given = replace(wrong.definitions[0], line=0)
    lines = _render(replace(wrong, definitions=(given,))).splitlines()
    assert [line.split()[1] for line in lines if line.startswith("def")] == ["p_j"]


def test_the_lines_are_in_the_order_of_the_text_and_marked(wrong):
    rows = [line.split()[:2] for line in _render(wrong).splitlines() if line[:1] in "d✓✗?" and line.strip()]
    assert rows == [["def", "2"], ["def", "3"], ["✗", "5"], ["✓", "7"], ["✓", "8"]]


def test_a_terminal_without_ticks_gets_words(wrong, right):
    for proof, marks in ((wrong, ["NO", "ok", "ok"]), (right, ["if", "ok"])):
        stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace")
        render_text(proof, Console(file=stream, width=80))
        stream.flush()
        lines = stream.buffer.getvalue().decode().splitlines()
        assert [line[:2] for line in lines if line[:2] in ("ok", "if", "NO")] == marks


def test_the_left_side_is_shown_once_for_a_chain_and_again_where_it_is_restated(wrong):
    assert _render(wrong).count(r"\frac{\partial L}{\partial o_i}") == 1
    restated = replace(wrong.steps[2], lhs=wrong.steps[0].lhs, lhs_tree=wrong.steps[0].lhs_tree)
    again = replace(wrong, steps=(*wrong.steps[:2], restated))
    assert _render(again).count(r"\frac{\partial L}{\partial o_i}") == 2


def test_an_assumption_is_named(right):
    text = " ".join(_render(right).split())
    assert text.startswith("Every step holds if sum(y)=1")
    assert "✓ if" in text
    assert "holds if sum(y)=1" in text
    assert "Final answer: correct if sum(y)=1" in text
    assert r"Interpretation: \delta is Kronecker's" in text


def test_what_could_not_be_decided_says_why(undecided):
    text = " ".join(_render(undecided).split())
    assert text.startswith("No mistake found, but line 5 could not be decided")
    assert "\\weird is unknown" in text
    assert "Final answer: undecided" in text


def test_what_is_undecided_is_not_said_to_follow(wrong):
    last = replace(wrong.steps[2], verdict=StepVerdict.UNDECIDED, reason="unknown", warnings=())
    text = _render(replace(wrong, steps=(wrong.steps[0], last)))
    assert "unknown" in text
    assert "carries" not in text


def test_every_line_fits(wrong, right, undecided):
    for proof in (wrong, right, undecided):
        for width in (80, 50):
            assert max(map(len, _render(proof, width).splitlines())) <= width


def test_a_repair_elsewhere_than_in_the_right_side_is_shown_as_it_was_put_together(wrong):
    elsewhere = replace(wrong.first_wrong, line=1, start=0, end=3)
    assert r"= -(y_i(1 - p_i) + \sum_{k \ne i}(-p_i y_k))" in _render(replace(wrong, first_wrong=elsewhere))


def test_reasons_stand_under_their_step(right):
    tree = right.steps[0].rhs_tree
    reasons = (
        Reason("expand", "Multiplied out: $a$.", "a + b", tree),
        Reason("reorder", "Reordered.", "b", tree),
    )
    lines = [line.strip() for line in _render(right, reasons={0: reasons}).splitlines()]
    start = lines.index("expand: Multiplied out: a.")
    assert lines[start + 1 : start + 3] == ["= a + b", "reorder: Reordered."]


def test_a_step_without_a_known_way_says_so(right):
    assert "I don't see by which step" in " ".join(_render(right, reasons={0: ()}).split())
