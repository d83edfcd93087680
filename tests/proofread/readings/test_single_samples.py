import pytest
from tests.proofread.reading import page, verdicts

from pminusy.proofread.readings.contexts import near
from pminusy.proofread.readings.single_samples import with_single_samples
from pminusy.proofread.syntax.latex import to_latex

LOSS = r"J = \sum_{i=1}^m (w^T x^{(i)} - y^{(i)})^2"
GRADIENT = r"\frac{\partial J}{\partial w_j} = 2 (w^T x - y) x_j"


@pytest.mark.parametrize(
    "words",
    [
        "For just one training example",
        "Consider a single sample",
        "Für ein einziges Beispiel",
        "Pour un seul exemple",
        "Para una sola muestra",
        "假设只有一个训练样本",
    ],
)
def test_a_sum_over_samples_is_of_one_where_the_text_says_so(words):
    own = page(text=f"$${LOSS}$$ {words}: $${GRADIENT}$$")
    part = with_single_samples(near(own, own.chains[-1]), own)
    assert part is not None
    assert to_latex(part[0].chains[0].members[1].tree) == r"\left(w^T x - y\right)^2"


def test_nothing_changes_without_such_words():
    own = page(text=f"$${LOSS}$$ For all training examples: $${GRADIENT}$$")
    assert with_single_samples(near(own, own.chains[-1]), own) is None


def test_a_line_with_sums_of_its_own_keeps_them():
    own = page(text=f"$${LOSS}$$ Consider a single sample of $$J = \\sum_i z_i$$")
    assert with_single_samples(near(own, own.chains[-1]), own) is None


def test_only_the_gradient_of_one_term_holds():
    text = f"$${LOSS}$$ Consider a single sample. Then"
    assert verdicts(GRADIENT, text=text)[-1] == "holds"
    assert verdicts(GRADIENT.replace("2 (w", "(w"), text=text)[-1] != "holds"
