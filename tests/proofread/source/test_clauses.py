import pytest

from pminusy.proofread.source.clauses import REMARK, clauses
from pminusy.proofread.syntax.lexer import tokenize


def found(text):
    return clauses(tokenize(text))


def parts(text):
    return [["".join(token.text for token in part) for part in clause.parts] for clause in found(text)]


def test_a_chain_is_cut_at_its_equals_signs_and_no_others():
    assert parts(r"a = (b = c) = d") == [["a", "(b=c)", "d"]]


@pytest.mark.parametrize("gap", [",", r"\quad", ";", r"\text{ and }", r"\\"])
def test_separators_part_two_claims(gap):
    assert parts(f"a = b {gap} c = d") == [["a", "b"], ["c", "d"]]


def test_layout_is_dropped_and_rows_that_begin_with_equals_go_on():
    first, second = found(r"\begin{align} a &= b \\ &= c \end{align}")
    assert (first.continues, second.continues) == ("", "=")
    assert second.new_row
    assert parts(r"\begin{align} a &= b \\ &= c \end{align}") == [["a", "b"], ["c"]]


def test_a_row_that_ends_in_an_operator_dangles():
    first, second = found(r"a = b + \\ c")
    assert first.dangling == "operator"
    assert not second.relation


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        (r"a = b \text{ if } i = j", "if"),
        (r"a = b \text{ for all } k \ne i", "for"),
        (r"a = b \text{ so that } c = d", "text"),
    ],
)
def test_the_word_before_a_clause_is_its_cue(text, cue):
    assert found(text)[-1].cue == cue


def test_a_condition_in_brackets_at_the_end_is_one():
    claim, condition = found(r"a_i = b_i \quad (i \ne j)")
    assert (condition.cue, condition.relation) == ("if", r"\ne")
    assert claim.relation == "="


def test_a_remark_in_brackets_is_left_out():
    assert parts(r"a = b (\text{because } c = d)") == [["a", "b"]]
    assert REMARK == "("


def test_numbers_that_lines_were_given_by_hand_are_left_out():
    assert parts("a = b    (3)") == [["a", "b"]]
    assert parts("a = b(3)") == [["a", "b(3)"]]


def test_relations_are_noted_in_order():
    (clause,) = found(r"a = b \le c")
    assert (clause.relation, clause.others) == (r"\le", ["=", r"\le"])


@pytest.mark.parametrize("text", ["x = y^*", "x = y^+", "x = c_-"])
def test_a_mark_on_a_name_is_no_operator_that_dangles(text):
    assert not found(text)[0].dangling


def test_runs_are_what_equals_signs_join():
    def runs(text):
        return [len(run) for run in found(text)[0].runs()]

    assert runs("a = b = c") == [3]
    assert runs(r"a = b \le c = d = e < f") == [2, 3, 1]
    assert runs(r"\le c = d") == runs("= c = d") == [2]
    assert runs(r"a \le b = ") == [1, 1]


def test_a_clause_bounds_by_its_last_sign_that_is_no_equals_sign():
    assert found(r"a = b \le c = d")[0].bounds
    assert not found("a = b")[0].bounds
    assert not found(r"i \ne j")[0].bounds
