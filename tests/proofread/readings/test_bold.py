from tests.proofread.reading import page

from pminusy.proofread.readings.bold import with_bars_as_vectors, with_plain_names
from pminusy.proofread.readings.contexts import by_itself
from pminusy.proofread.syntax.latex import to_latex


def test_a_plain_name_is_another_one_than_that_in_bold():
    own = page(r"\mathbf{t} = A w", "c t = t_1 + t")
    part = with_plain_names(by_itself(own, own.chains[1]), own)
    assert part is not None
    left, right = (to_latex(member.tree) for member in part[1].members)
    assert left == r"c \mathrm{t}"
    assert right == r"t_1 + \mathrm{t}"


def test_nothing_changes_where_names_are_plain_only():
    own = page("t = t_1 + b")
    assert with_plain_names(by_itself(own, own.chains[0]), own) is None


def test_a_plain_name_on_one_side_only_is_no_new_one():
    own = page(r"\mathbf{t} = A w", "c = a + t")
    assert with_plain_names(by_itself(own, own.chains[1]), own) is None


def test_bars_are_marks_of_vectors_where_what_has_one_is_transposed():
    own = page(r"L = \overline{w}^T \overline{x}", "L = w_j + c")
    part = with_bars_as_vectors(by_itself(own, own.chains[0]), own)
    assert part is not None
    assert to_latex(part[1].members[1].tree) == "w^T x"


def test_bars_are_no_marks_of_vectors_where_the_text_speaks_of_means():
    own = page(r"L = \overline{w}^T \overline{x}", text="Let $\\overline{x}$ be the mean.")
    assert with_bars_as_vectors(by_itself(own, own.chains[0]), own) is None
    own = page(r"L = \overline{x} + 1")
    assert with_bars_as_vectors(by_itself(own, own.chains[0]), own) is None
