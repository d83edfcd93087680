import pytest

from pminusy.proofread.source.clauses import clauses
from pminusy.proofread.source.conditions import condition_of, inner_rows, is_condition, is_range
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.tree import Relation, Symbol
from pminusy.proofread.syntax.vocabulary import Vocabulary

INDICES = Vocabulary(indices=frozenset("ijk"))


def clause(text):
    return clauses(tokenize(text))[0]


@pytest.mark.parametrize(
    ("text", "conditional", "expected"),
    [
        (r"i \ne j", False, True),
        ("i = j", False, True),
        ("k = n - 1", False, False),
        ("a = 1", False, False),
        ("a = 1", True, True),
        ("a_i = 0", True, True),
        ("a = b", True, False),
        (r"x > 0", False, True),
        (r"x \approx 0", True, False),
        (r"a = b > 0", False, False),
    ],
)
def test_relations_of_indices_and_what_stands_behind_an_if_are_conditions(text, conditional, expected):
    assert is_condition(clause(text), INDICES, conditional) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [(r"i = 1, \dots, n", True), (r"x = 0, 1, 2, \dots", True), ("i = 1, j = 2", False)]
)
def test_ranges_restrict_nothing(text, expected):
    first, *following = clauses(tokenize(text))
    assert is_range(first, following) is expected


def test_the_tree_of_a_condition():
    assert condition_of(clause(r"i \le j"), INDICES) == Relation(r"\le", Symbol("i"), Symbol("j"))
    assert condition_of(clause(r"i = \frac{1"), INDICES) is None


def test_cases_whose_rows_are_equalities_are_claims_of_their_own():
    rows = inner_rows(clause(r"\begin{cases} a = b & i = j \\ a = c & i \ne j \end{cases}"))
    assert len(rows) == 2
    assert [token.kind for token in rows[0]].count("gap") == 1
    assert inner_rows(clause("a = b")) == []
