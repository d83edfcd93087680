from dataclasses import replace

from pminusy.report.proof.rows import rows


def test_definitions_and_steps_are_in_the_order_of_the_text(wrong):
    found = rows(wrong)
    assert [row.entry.line for row in found] == sorted(row.entry.line for row in found)
    assert [row.entry for row in found[:2]] == list(wrong.definitions)
    assert [row.entry for row in found[2:]] == list(wrong.steps)


def test_of_one_line_definitions_come_first(wrong):
    moved = replace(wrong, definitions=tuple(replace(each, line=5) for each in wrong.definitions))
    assert [row.entry for row in rows(moved)][:2] == list(moved.definitions)


def test_a_left_side_is_shown_where_it_is_not_the_right_side_before(wrong):
    first, second, third = wrong.steps
    chained = replace(
        wrong, steps=(first, replace(second, lhs=first.rhs), replace(third, lhs="something else"))
    )
    assert [row.shows_left for row in rows(chained)[2:]] == [True, False, True]
    apart = replace(wrong, steps=(first, replace(second, lhs=first.rhs, chain=1), third))
    assert rows(apart)[3].shows_left


def test_the_first_wrong_step_carries_what_is_wrong(wrong):
    assert [row.wrong for row in rows(wrong)] == [None, None, wrong.first_wrong, None, None]
