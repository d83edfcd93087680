from tests.proofread.repair.failing import SOFTMAX, problem

from pminusy.proofread.readings.check import check
from pminusy.proofread.repair.places import Edit, Repair, places
from pminusy.proofread.repair.problem import problem_of
from pminusy.proofread.repair.reasons import Because
from pminusy.proofread.repair.slips import SIGN, WRONG_INDEX
from pminusy.proofread.repair.style import Style
from pminusy.proofread.repair.wording import suggestion
from pminusy.proofread.source.reader import read_page
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Negative, Number, substitute


def suggested(found, old, new, slip=SIGN, assumption=None):
    node = next(place.node for place in places(found.right) if to_latex(place.node) == old)
    edit = Edit(node, new(node), slip)
    return suggestion(
        found,
        Repair((edit,), substitute(found.right, node, edit.new), assumption),
        Because(found, Style(found)),
    )


def test_the_smallest_stretch_of_the_line_is_replaced():
    found = problem(*SOFTMAX, r"\frac{\partial L}{\partial o_i} = p_i \sum_k y_k + y_i")
    line, made = suggested(found, "y_i", Negative)
    text = found.text.splitlines()[line - 1]
    assert text[made.start : made.end] == made.found == "+ y_i"
    assert made.repair == "- y_i"
    assert made.repaired == r"p_i \sum_k y_k - y_i"
    assert (made.slip, made.explanation, made.link) == (SIGN.name, SIGN.sentence, SIGN.link)


def test_what_the_repair_rests_on_is_said():
    found = problem(*SOFTMAX, r"\frac{\partial L}{\partial o_i} = p_i + y_i")
    _, made = suggested(found, "y_i", Negative, assumption="sum(y)=1")
    assert made.assumption == "sum(y)=1"
    assert made.explanation.endswith("It then holds if sum(y)=1.")


def test_a_place_in_a_later_row_is_on_its_own_line():
    text = "$f = x^2$\n\\begin{align}\n\\frac{df}{dx} &= x + x \\\\\n &= 3 x\n\\end{align}"
    checked = check(read_page(text))
    found = problem_of(checked, checked.steps[-1])
    line, made = suggested(found, "3", lambda node: Number("2"), WRONG_INDEX)
    assert (line, made.found, made.repair) == (4, "3", "2")
