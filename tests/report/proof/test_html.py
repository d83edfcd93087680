from dataclasses import replace

from pminusy.proofread.proof import Reason
from pminusy.report.proof.html import render_html


def _text(element):
    return " ".join("".join(element.itertext()).split())


def _of_class(root, name):
    return [each for each in root.iter() if name in each.get("class", "").split()]


def test_the_wrong_term_alone_is_marked_and_the_repair_in_what_it_should_be(wrong, standalone):
    root = standalone(render_html(wrong))
    (marked,) = _of_class(root, "wrong")
    assert _text(marked) == "pk"
    (repaired,) = _of_class(root, "repaired")
    assert _text(repaired) == "pi"


def test_the_names_of_the_numbers_are_typeset_whole(wrong, standalone):
    (values,) = _of_class(standalone(render_html(wrong)), "values")
    assert [_text(each) for each in values.iter("dt")] == ["o", "y^", "lse"]


def test_without_a_repair_the_whole_right_side_is_marked(wrong, standalone):
    bare = replace(wrong, first_wrong=replace(wrong.first_wrong, suggestions=()))
    (marked,) = _of_class(standalone(render_html(bare)), "wrong")
    assert _text(marked).startswith("−(yi")


def test_formulas_are_typeset(wrong, standalone):
    root = standalone(render_html(wrong))
    tags = {each.tag for each in root.iter()}
    assert {"math", "mfrac", "munder", "msub", "msup"} <= tags
    # Only the page that derives the right form is code, and the command that prints it.
    assert [_text(each) for each in root.iter("code")] == [
        "docs/derivations/cross_entropy.md",
        "pminusy docs cross_entropy",
    ]


def test_the_page_says_what_the_text_says(wrong, standalone):
    root = standalone(render_html(wrong))
    assert [_text(each) for each in root.iter("h1")] == ["Line 6 is wrong"]
    assert [_text(each) for each in _of_class(root, "mark")] == ["def", "def", "✗", "✓", "✓"]
    assert [_text(each) for each in _of_class(root, "line")] == ["2", "3", "5", "7", "8"]
    (mistake,) = _of_class(root, "mistake")
    for phrase in (
        "pk should be pi (wrong index)",
        "The cross term is −pi: it keeps",
        "the left side is 0.25",
        "(0.5, −1.25)",
    ):
        assert phrase in _text(mistake)
    assert "The final answer is wrong" in _text(root)


def test_assumptions_and_notes_are_shown(right, standalone):
    text = _text(standalone(render_html(right)))
    assert "Every step holds if ∑kyk=1" in text
    assert "The final answer is correct if ∑kyk=1" in text
    assert r"\delta is Kronecker's" in text


def test_assumptions_of_repairs_and_simpler_forms_are_typeset(wrong, standalone):
    (first, *_) = wrong.first_wrong.suggestions
    told = replace(
        wrong,
        first_wrong=replace(wrong.first_wrong, suggestions=(replace(first, assumption="one-hot(t)"),)),
        final_answer=replace(
            wrong.final_answer, correct_if="t>=0", simpler="p_i", simpler_if="sum(t)=3 and norm(u)=1"
        ),
    )
    root = standalone(render_html(told))
    text = _text(root)
    for phrase in (
        "The corrected step holds if t is one-hot.",
        "If t≥0, it should be",
        "only if ∑ktk=3 and ‖u‖=1, to",
    ):
        assert phrase in text
    assert not [each for each in root.iter("code") if "=" in _text(each) or ">" in _text(each)]


def test_the_title_of_the_page_is_text(right, standalone):
    (title,) = standalone(render_html(right)).iter("title")
    assert _text(title) == "Every step holds if sum(y)=1"


def test_what_cannot_be_read_is_shown_as_written_and_escaped(undecided, standalone):
    page = render_html(undecided)
    assert "<b>" not in page
    root = standalone(page)
    assert r"\weird{<b>}" in {_text(each) for each in root.iter("code")}
    assert "\\weird is unknown" in _text(root)


def test_the_same_proof_gives_the_same_bytes(wrong):
    assert render_html(wrong) == render_html(wrong)


def test_reasons_unfold_in_their_place(right, standalone):
    tree = right.steps[0].rhs_tree
    reasons = (
        Reason("expand", "Multiplied out: $a$.", "a", tree),
        Reason("reorder", "Reordered.", "b", tree),
    )
    root = standalone(render_html(right, {0: reasons}))
    (unfolded,) = (each for each in root.iter("details") if each.get("class") == "why")
    assert [_text(each)[:7] for each in unfolded.iter("li")] == ["expand:", "reorder"]


def test_a_step_without_a_known_way_says_so(right, standalone):
    root = standalone(render_html(right, {0: ()}))
    assert "equal at all points tried, but I don't see by which step" in _text(root)
