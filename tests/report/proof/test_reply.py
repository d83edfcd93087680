from dataclasses import replace

from pminusy.report.proof.reply import render_reply


def test_a_mistake_is_named_corrected_and_shown_at_a_point(wrong):
    reply = render_reply(wrong)
    assert reply.startswith(
        "**Line 6 is wrong.**\n\nThis step doesn't follow:\n\n$$\n\\frac{\\partial L}{\\partial o_i} = "
    )
    assert (
        "$p_k$ should be $p_i$ (wrong index). The cross term is $-p_i$: it keeps the index of the logit."
        in reply
    )
    assert r"= -(y_i(1 - p_i) + \sum_{k \ne i}(-p_i y_k))" in reply
    assert r"At i = 2 and $o = (0.5, −1.25)$, $\hat{y} = (1.5, 2)$, $lse = 3$, the left side is 0.25" in reply
    assert "The correct answer is\n\n$$\np_i \\sum_k y_k - y_i\n$$" in reply


def test_without_a_repair_there_is_the_point_alone(wrong):
    bare = replace(wrong, first_wrong=replace(wrong.first_wrong, suggestions=()))
    reply = render_reply(bare)
    assert "should be" not in reply
    assert "the left side is 0.25" in reply


def test_what_a_right_page_rests_on_is_said(right):
    reply = render_reply(right)
    assert reply.startswith(r"**Every step holds if $\sum_k y_k = 1$.**")
    assert r"The final answer is correct if $\sum_k y_k = 1$:" in reply


def test_what_could_not_be_decided_is_shown_with_the_reason(undecided):
    reply = render_reply(undecided)
    assert r"\weird is unknown" in reply
    assert reply.startswith("**No mistake found, but line")
