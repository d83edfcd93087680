import pytest

from pminusy.report.mathml.elements import (
    element,
    fenced,
    identifier,
    limits,
    operator,
    row,
    scripts,
    separated,
)

A, B, C = (identifier(name) for name in "abc")


def test_leaves_and_attributes_are_escaped():
    assert identifier("<b>") == "<mi>&lt;b&gt;</mi>"
    assert element("mo", class_='"x"') == '<mo class="&quot;x&quot;"></mo>'


def test_one_child_needs_no_row():
    assert row(A) == A
    assert row(A, B) == f"<mrow>{A}{B}</mrow>"


def test_empty_fences_are_left_out():
    assert fenced("{", A, "") == f"<mrow>{operator('{', form='prefix', fence='true')}{A}</mrow>"


def test_a_list_has_separators_between_its_members():
    comma = operator(",", separator="true")
    assert (separated([]), separated([A]), separated([A, B])) == ("", A, f"<mrow>{A}{comma}{B}</mrow>")


@pytest.mark.parametrize(
    ("put", "both", "low", "high"),
    [(scripts, "msubsup", "msub", "msup"), (limits, "munderover", "munder", "mover")],
)
def test_what_is_missing_below_or_above_leaves_no_gap(put, both, low, high):
    assert put(A, B, C) == f"<{both}>{A}{B}{C}</{both}>"
    assert put(A, B) == f"<{low}>{A}{B}</{low}>"
    assert put(A, "", C) == f"<{high}>{A}{C}</{high}>"
    assert put(A) == A
