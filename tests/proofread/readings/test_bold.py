from tests.proofread.reading import page

from pminusy.proofread.readings.bold import with_plain_names
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
