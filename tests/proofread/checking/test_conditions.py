import numpy as np
import pytest
from tests.proofread.reading import condition, model, tree

from pminusy.proofread.checking.compare import environment
from pminusy.proofread.checking.conditions import holds
from pminusy.proofread.checking.evaluate import Evaluator
from pminusy.proofread.checking.sampling import points
from pminusy.proofread.meaning.model.undecidable import Undecidable


def truth(latex):
    """Where a condition on i and j holds, [i, j]; both run from 1 to the same n."""
    of = model("a_{ij} = m_i + m_j")
    point = next(points(of, "real", (), range(1), 1))
    env, letters = environment(of, (tree("m_i m_j"),), point, None)
    n = letters["i"].size
    found = np.broadcast_to(holds(condition(latex), env, Evaluator()), (n, n, 1, 1, 1))
    return found[..., 0, 0, 0].T


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("i = j", np.equal),
        (r"i \ne j", np.not_equal),
        ("i < j", np.less),
        (r"i \ge j", np.greater_equal),
        ("i > 2", lambda i, j: (i > 2) & (j > 0)),
        (r"i \ne j, j = 1", lambda i, j: (i != j) & (j == 1)),
        (r"i < j < 3", lambda i, j: (i < j) & (j < 3)),
        (r"i \in \{1, 3\}", lambda i, j: np.isin(i, [1, 3]) & (j > 0)),
    ],
)
def test_comparisons_of_indices(latex, expected):
    found = truth(latex)
    i, j = np.meshgrid(*[np.arange(1, len(found) + 1)] * 2, indexing="ij")
    np.testing.assert_array_equal(found, expected(i, j))


def test_a_named_set_is_some_set_and_its_complement():
    inside, outside = truth(r"i \in S"), truth(r"i \notin S")
    np.testing.assert_array_equal(inside, ~outside)


def test_other_relations_are_undecided():
    with pytest.raises(Undecidable, match="a condition with"):
        truth(r"i \approx j")
    with pytest.raises(Undecidable, match="not a comparison"):
        holds(tree("i"), None, Evaluator())
