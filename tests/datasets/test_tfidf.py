import pickle
from io import BytesIO
from zipfile import ZipFile

import numpy as np
import pytest
import skops.io
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer

from pminusy.datasets.tfidf import Tfidf

TEXTS = ["Ein grüner Frosch", "frosch und fisch", "𝔣isch\x00 und naïve Æpfel", ""]
NAME = "pminusy.datasets.tfidf.Tfidf"


@pytest.mark.parametrize("options", [{}, {"analyzer": "char_wb", "ngram_range": (2, 4)}, {"min_df": 2}])
def test_it_is_scikit_learns_before_and_after_it_was_saved(options):
    expected = TfidfVectorizer(**options).fit(TEXTS)
    model = Tfidf(**options).fit(TEXTS)
    for found in (model, pickle.loads(pickle.dumps(model)), through_skops(model)):
        assert found.vocabulary_ == expected.vocabulary_
        assert (found.transform(TEXTS) != expected.transform(TEXTS)).nnz == 0
        assert found.get_feature_names_out().tolist() == expected.get_feature_names_out().tolist()


def through_skops(model):
    content = skops.io.dumps(model)
    return skops.io.loads(content, trusted=[NAME])


def test_every_vocabulary_takes_the_same_few_files():
    texts = [" ".join(f"w{i}" for i in range(n)) for n in (10, 500)]
    archives = [ZipFile(BytesIO(skops.io.dumps(Tfidf().fit([text])))) for text in texts]
    few, many = (len(archive.namelist()) for archive in archives)
    assert few == many < 10


def test_one_that_is_not_fitted_is_saved_too():
    model = pickle.loads(pickle.dumps(Tfidf(min_df=3)))
    assert model.min_df == 3
    assert not hasattr(model, "vocabulary_")
    assert clone(model).get_params() == model.get_params()


@given(st.sets(st.text(st.characters(exclude_categories=["Cs"]), min_size=1)))
def test_any_words_come_back(words):
    model = Tfidf()
    model.vocabulary_ = {word: place for place, word in enumerate(sorted(words))}
    assert pickle.loads(pickle.dumps(model)).vocabulary_ == model.vocabulary_


@pytest.mark.parametrize("lengths", [[2, 2], [-1, 4], [3, 1]])
def test_arrays_that_do_not_fit_together_are_refused(lengths):
    state = Tfidf().fit(["ab c"]).__getstate__()
    state["vocabulary_words_"] = np.frombuffer("aé".encode(), np.uint8)
    state["vocabulary_lengths_"] = np.array(lengths)
    with pytest.raises(ValueError, match=r"vocabulary|decode"):
        Tfidf().__setstate__(state)
