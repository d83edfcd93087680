import numpy as np
import polars as pl
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from pminusy.datasets.encoders.text import Text

TEXTS = ["Ein grüner Frosch", "frosch und fisch", "𝔣isch und naïve Æpfel", None]


@pytest.mark.parametrize(
    ("parts", "options"),
    [
        ("words", {"ngram_range": (1, 2), "token_pattern": r"\b\w+\b"}),
        ("pieces", {"analyzer": "char_wb", "ngram_range": (2, 4)}),
    ],
)
@pytest.mark.parametrize("least", [1, 2])
def test_it_is_scikit_learns(parts, options, least):
    expected = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, min_df=least, **options)
    strings = [text or "" for text in TEXTS]
    encoder, frame = Text("t", parts, least), pl.DataFrame({"t": TEXTS, "other": range(4)})
    first = encoder.fit_transform(frame)
    assert (first != expected.fit_transform(strings)).nnz == 0
    assert (encoder.transform(frame[1:]) != expected.transform(strings[1:])).nnz == 0
    assert encoder.names() == [f"t: {part}" for part in expected.get_feature_names_out()]
    encoder.check()


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"parts": "(a+)+$"}, "parts: expected words or pieces"),
        ({"vocabulary": np.array(["a", "a"], object)}, "vocabulary: expected different strings"),
        ({"vocabulary": np.array([1, 2], object)}, "vocabulary: expected different strings"),
        ({"idf": np.ones(7)}, "idf: expected 2 numbers"),
        ({"idf": np.array([1, np.inf])}, "idf: expected finite numbers"),
    ],
)
def test_fields_that_no_fit_gives_are_refused(changes, match):
    encoder = Text("t", "words", 1, np.array(["a", "b"], object), np.ones(2, np.float32))
    encoder.check()
    for name, value in changes.items():
        setattr(encoder, name, value)
    with pytest.raises(ValueError, match=match):
        encoder.check()
