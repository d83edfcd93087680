import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.metrics import precision_recall_fscore_support

from pminusy.report.confusion import confusion_counts
from pminusy.report.per_class import score_classes


def test_scores_agree_with_scikit_learn():
    rng = np.random.default_rng(3)
    labels, predicted = rng.integers(0, 4, size=(2, 200))
    precision, recall, f1, support = precision_recall_fscore_support(labels, predicted)
    for scores in score_classes(confusion_counts(labels, predicted, 4), tuple("0123")):
        k = int(scores.name)
        assert scores.precision == pytest.approx(precision[k])
        assert scores.recall == pytest.approx(recall[k])
        assert scores.f1 == pytest.approx(f1[k])
        assert scores.support == support[k]


def test_what_has_no_rows_has_no_score():
    counts = csr_array([[2, 0, 0], [1, 0, 0], [0, 0, 0]])
    scores = {s.name: s for s in score_classes(counts, ("a", "b", "c"))}
    assert (scores["b"].precision, scores["b"].recall, scores["b"].f1) == (None, 0.0, 0.0)
    assert (scores["c"].precision, scores["c"].recall, scores["c"].f1) == (None, None, None)


def test_the_hardest_class_comes_first_and_the_larger_of_two_equally_hard():
    counts = csr_array([[5, 0, 0, 0], [1, 0, 0, 0], [3, 0, 0, 0], [0, 0, 0, 0]])
    assert [s.name for s in score_classes(counts, tuple("abcd"))] == ["c", "b", "a", "d"]
