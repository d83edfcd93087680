from pminusy.report.derivation import words


def test_the_headline_is_the_result(loss, unfinished):
    assert words.headline(loss) == r"$\frac{\partial L}{\partial o_i} = p_i - y_i$"
    assert words.headline(unfinished) == "Not finished"


def test_what_it_rests_on_is_said(loss, unfinished):
    assert words.checked(loss).endswith("if sum(y)=1.")
    assert words.checked(unfinished).startswith("Every line was evaluated")


def test_where_it_stops_is_said(loss, unfinished):
    assert words.stopped(loss) == ""
    assert words.stopped(unfinished).startswith("It stops here: no rule is known for")
