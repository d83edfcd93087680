import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from pminusy.array_file import joined
from pminusy.datasets.tfidf import Tfidf

TEXTS = ["Ein grüner Frosch", "frosch und fisch", "𝔣isch\x00 und naïve Æpfel", ""]


def as_it_was_saved(model):
    state = dict(model.__getstate__())
    words = sorted(state.pop("vocabulary_"), key=model.vocabulary_.__getitem__)
    state["vocabulary_words_"], state["vocabulary_lengths_"] = joined(words)
    return state


@pytest.mark.parametrize("options", [{}, {"analyzer": "char_wb", "ngram_range": (2, 4)}, {"min_df": 2}])
def test_what_was_saved_is_scikit_learns(options):
    expected = TfidfVectorizer(**options).fit(TEXTS)
    found = Tfidf()
    found.__setstate__(as_it_was_saved(expected))
    assert found.vocabulary_ == expected.vocabulary_
    assert (found.transform(TEXTS) != expected.transform(TEXTS)).nnz == 0


@pytest.mark.parametrize("lengths", [[2, 2], [-1, 4], [3, 1]])
def test_arrays_that_do_not_fit_together_are_refused(lengths):
    state = as_it_was_saved(TfidfVectorizer().fit(["ab c"]))
    state["vocabulary_words_"] = np.frombuffer("aé".encode(), np.uint8)
    state["vocabulary_lengths_"] = np.array(lengths)
    with pytest.raises(ValueError, match=r"strings|decode"):
        Tfidf().__setstate__(state)
