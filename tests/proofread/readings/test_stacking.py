from tests.proofread.reading import read, verdicts

from pminusy.proofread.readings.stacking import ways

LOSS = r"E(w) = \frac12 \sum_{i=1}^n (w^T x_i - y_i)^2"
ROWS = r"\nabla E(w) = \sum_{i=1}^n (w^T x_i - y_i) x_i = X^T (X w - Y)"


def test_the_way_in_which_vectors_lie_in_a_matrix():
    of = read(r"L = \|X w - t\|^2", r"\nabla_w L = 2 \sum_i x_i (x_i^T w - t_i)")
    assert ways(of.model, (of.tree("X w"),)) == {"X": True}
    assert ways(of.model, (of.tree("w^T w"), None)) == {}


def test_either_way_is_right_by_itself():
    assert verdicts(LOSS, ROWS) == ["holds", "holds"]
    assert verdicts(LOSS, ROWS, r"\sum_{i=1}^n x_i x_i^T = X^T X")[-1] == "holds"
    assert verdicts(LOSS, r"\sum_{i=1}^n x_i x_i^T w = X X^T w")[-1] == "holds"


def test_two_lines_that_need_different_ways_are_undecided():
    found = verdicts(LOSS, ROWS, r"\sum_{i=1}^n x_i x_i^T w = X X^T w")
    assert "undecided" in found
    assert found[-1] != "holds"


def test_a_list_that_is_transposed_is_one_of_rows():
    text = "Let $X = (x_1, x_2, \\dots, x_n)^T$."
    assert verdicts(LOSS, r"\sum_{i=1}^n x_i x_i^T = X^T X", text=text) == ["holds"]
    assert verdicts(LOSS, r"\sum_{i=1}^n x_i x_i^T = X X^T", text=text) == ["undecided"]
