from pminusy.proofread.meaning.shapes.options import Option, by_cost, ranked, rows_first


def test_ranks_cost_as_much_as_their_places():
    assert ranked(2, 0) == [Option(2, 0), Option(0, 1)]


def test_choices_come_by_their_cost_and_each_once():
    options = [ranked(0, 1), [Option(0, 0), Option(2, 3), Option(1, 1, is_row=True)]]
    found = list(by_cost(options))
    assert [cost for cost, _ in found] == [0, 1, 1, 2, 3, 4]
    assert len({choice for _, choice in found}) == 6
    assert all(sum(options[n][k].cost for n, k in enumerate(choice)) == cost for cost, choice in found)


def test_rows_may_come_before_columns():
    options = [Option(0, 0), Option(1, 1), Option(2, 3), Option(1, 2.5, is_row=True)]
    assert [option.cost for option in rows_first(options)] == [0, 2.5, 3, 1]
    assert rows_first(ranked(2, 0)) == ranked(2, 0)
