from __future__ import annotations

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from tests.proofread.deriving.losses import CROSS_ENTROPY, SIGMOID

from pminusy.errors import InputError
from pminusy.proofread import derive, proofread
from pminusy.proofread.proof import Verdict

LAYER_NORM = (
    r"y_i = \frac{x_i - \mu}{s}",
    r"s = \sqrt{v + \epsilon}",
    r"v = \frac{1}{n} \sum_{k=1}^n (x_k - \mu)^2",
    r"\mu = \frac{1}{n} \sum_{k=1}^n x_k",
)


@pytest.mark.parametrize(
    ("given", "by", "result"),
    [
        (CROSS_ENTROPY, "o_i", r"p_i \sum_j y_j - y_i"),
        (SIGMOID, "z", "p - y"),
        (("f = a x^2 + b x",), "x", "2 a x + b"),
        ((r"f = \sin(a x)",), "x", r"a \cos\left(a x\right)"),
        ((r"f = \sum_k a_k x_k^3",), "x_i", "3 a_i x_i^2"),
        ((r"f = \frac{x}{1 + x}",), "x", r"\left(1 - f\right)^2"),
        ((r"f = \frac{1}{2} u^2", "u = y - w x"), "w", "-u x"),
        (
            (r"f = \max(0, b - a x)",),
            "x",
            r"\begin{cases} -a & \text{if } a x < b \\ 0 & \text{otherwise} \end{cases}",
        ),
        ((r"f = |x - m|",), "m", r"-\mathrm{sign}\left(x - m\right)"),
        (LAYER_NORM, "x_j", r"\frac{\delta_{ij} - \frac{1 + y_i y_j}{n}}{s}"),
    ],
)
def test_it_ends_with_the_closed_form(given, by, result):
    derivation = derive(given, by)
    assert derivation.finished
    assert derivation.result == result


def test_an_assumption_is_the_last_thing_to_be_used():
    derivation = derive(CROSS_ENTROPY, "o_i", assume=[r"\sum_j y_j = 1"])
    assert derivation.result == "p_i - y_i"
    assert [line.latex for line in derivation.lines[-2:]] == [r"p_i \sum_j y_j - y_i", "p_i - y_i"]
    assert derivation.lines[-1].rule == "entries that sum to a number"
    assert derivation.proof.verdict is Verdict.CORRECT_IF
    assert derivation.proof.assumptions == ("sum(y)=1",)


def test_assumptions_have_a_short_form():
    assert derive(CROSS_ENTROPY, "o_i", assume=["sum(y)=1"]).result == "p_i - y_i"
    labels = derive([r"f = \frac{1}{2} t^2 x^2"], "x", assume=["t in {-1, 1}"])
    assert labels.result == "x"


def test_what_lies_between_is_derived_first():
    derivation = derive(CROSS_ENTROPY, "o_i")
    assert [part.left for part in derivation.parts] == [
        r"\frac{\partial p_j}{\partial o_i}",
        r"\frac{\partial L}{\partial o_i}",
    ]
    assert derivation.parts[0].lines[-1].latex == r"p_j \left(\delta_{ji} - p_i\right)"


@pytest.mark.parametrize("given", [CROSS_ENTROPY, SIGMOID, LAYER_NORM])
def test_the_proofreader_reads_it_back_and_finds_every_line_right(given):
    derivation = derive(given, {CROSS_ENTROPY: "o_i", SIGMOID: "z", LAYER_NORM: "x_j"}[given])
    proof = proofread(derivation.text)
    assert proof.verdict is Verdict.CORRECT
    assert len(proof.steps) == sum(len(part.lines) for part in derivation.parts)
    assert len(proof.definitions) == len(given)
    assert derivation.reasons().keys() == dict(enumerate(proof.steps)).keys()


def test_every_line_has_a_rule_and_a_sentence():
    for part in derive(CROSS_ENTROPY, "o_i").parts:
        for line in part.lines:
            assert line.rule
            assert line.sentence.endswith(".")
            assert line.sentence.count("$") % 2 == 0


def test_what_is_differentiated_may_be_chosen():
    assert derive(CROSS_ENTROPY, "o_i", of="p_j").result == r"p_j \left(\delta_{ji} - p_i\right)"
    assert derive(CROSS_ENTROPY, "o_i", of="p").result == r"p_j \left(\delta_{ji} - p_i\right)"


def test_indices_of_the_variable_are_kept_apart_from_those_of_the_function():
    derivation = derive([r"p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}"], "z_i")
    assert derivation.parts[-1].left == r"\frac{\partial p_k}{\partial z_i}"
    assert derivation.result == r"p_k \left(\delta_{ki} - p_i\right)"


def test_what_has_only_entries_is_differentiated_by_one():
    derivation = derive([r"L = \log \sum_j e^{z_j}", r"p_j = \frac{e^{z_j}}{\sum_k e^{z_k}}"], "z")
    assert derivation.parts[-1].left == r"\frac{\partial L}{\partial z_i}"
    assert derivation.result == "p_i"


def test_without_dependence_it_is_zero_and_says_so():
    derivation = derive(["L = x + y", "q = y z"], "z")
    assert derivation.finished
    assert derivation.result == "0"
    assert "does not depend on" in derivation.lines[-1].sentence


def test_where_no_rule_leads_on_it_says_how_far_it_came():
    derivation = derive([r"f = x \zeta(x)"], "x")
    assert not derivation.finished
    assert r"\zeta" in derivation.stopped
    assert derivation.lines[-1].rule.startswith("product rule")
    assert "Not finished" in derivation.text
    assert all(step.holds for step in derivation.proof.steps)


def test_a_page_is_taken_as_well_as_formulas():
    page = r"The loss is $$L = -\sum_j y_j \log p_j$$ with $$p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}.$$"
    assert derive(page, "o_i").result == derive("\n".join(CROSS_ENTROPY), "o_i").result


FORMULAS = st.recursive(
    st.sampled_from(["x", "a", "2"]),
    lambda inner: st.one_of(
        st.builds(r"\sin({})".format, inner),
        st.builds("e^{{{}}}".format, inner),
        st.builds(r"\log(1 + ({})^2)".format, inner),
        st.builds("({} + {})".format, inner, inner),
        st.builds("({}) ({})".format, inner, inner),
        st.builds(r"\frac{{{}}}{{1 + ({})^2}}".format, inner, inner),
    ),
    max_leaves=3,
)


@drawn(FORMULAS)
@settings(max_examples=25)
def test_every_line_of_any_derivation_holds(formula):
    derivation = derive([f"f = {formula} + x"], "x")
    assert derivation.finished
    assert derivation.proof.verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("given", "by", "more", "message"),
    [
        (["f = a x"], "b", {}, r"by: expected a name in the definitions \(f, a, x\), got b"),
        (["f = a x"], "2x", {}, "by: expected a name such as 'z_i', got 2x"),
        (["f = a x"], "x", {"of": "g"}, r"of: expected one of what is defined \(f\), got g"),
        (["f = a x"], "x", {"assume": ["perhaps"]}, "assume: expected"),
        ([r"f = \frac{x"], "x", {}, r"given: expected a formula, got '\\\\frac\{x'"),
        ("nothing at all", "x", {}, "given: expected definitions such as 'L = …', found none"),
        ([], "x", {}, "given: expected definitions such as 'L = …', found none"),
    ],
)
def test_bad_input_is_refused(given, by, more, message):
    with pytest.raises(InputError, match=message):
        derive(given, by, **more)
