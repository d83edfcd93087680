import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_array
from sklearn.metrics import confusion_matrix

from pminusy.report.confusion import confusion_counts, summarise_confusion
from pminusy.report.naming import MAX_CLASSES

_LABELS = st.integers(1, 50).flatmap(
    lambda n: st.tuples(*[arrays(np.int64, n, elements=st.integers(0, 4)) for _ in range(2)])
)


@given(_LABELS)
def test_counts_agree_with_scikit_learn(drawn):
    labels, predicted = drawn
    expected = confusion_matrix(labels, predicted, labels=range(5))
    np.testing.assert_array_equal(confusion_counts(labels, predicted, 5).toarray(), expected)


def test_shares_are_of_the_true_class_and_zero_without_rows():
    confusion = summarise_confusion(csr_array([[3, 1], [0, 0]]), ("a", "b"))
    assert confusion.shares == ((0.75, 0.25), (0.0, 0.0))


def test_pairs_come_most_frequent_first_and_leave_right_answers_out():
    counts = np.array([[9, 1, 0], [4, 0, 0], [0, 2, 5]])
    pairs = summarise_confusion(csr_array(counts), ("a", "b", "c")).pairs
    assert [(p.true, p.predicted, p.count) for p in pairs] == [("b", "a", 4), ("c", "b", 2), ("a", "b", 1)]
    assert pairs[0].share == 1.0


def test_rare_classes_are_pooled_and_no_row_is_lost():
    K = MAX_CLASSES + 5
    counts = np.random.default_rng(0).integers(0, 9, size=(K, K))
    counts[[3, 10, 20, 30, 40]] = 0
    counts[3, 7] = 1
    confusion = summarise_confusion(csr_array(counts), tuple(map(str, range(K))))
    assert len(confusion.classes) == MAX_CLASSES + 1
    assert confusion.classes[-1] == "all others"
    assert not {"3", "10", "20", "30", "40"} & set(confusion.classes)
    assert np.sum(confusion.counts) == counts.sum()
    assert confusion.counts[-1][confusion.classes.index("7")] == 1
    assert confusion.counts[0][0] == counts[0, 0]


def test_pairs_that_do_not_occur_take_no_memory():
    K = 10**6  # as a dense matrix, 8 terabytes
    labels, predicted = np.array([0, K - 1, K - 1, 5]), np.array([0, 7, 7, 6])
    confusion = summarise_confusion(confusion_counts(labels, predicted, K), tuple(map(str, range(K))))
    assert [(p.true, p.predicted, p.count) for p in confusion.pairs] == [(str(K - 1), "7", 2), ("5", "6", 1)]
    assert np.sum(confusion.counts) == 4
