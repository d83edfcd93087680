"""A column of texts: TF-IDF of its words and word pairs, or of pieces of its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pminusy.datasets.encoders.encoder import Encoder, check_vectors
from pminusy.datasets.transforms import name_feature, texts

Array = NDArray[Any]

_PARTS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "words": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"\b\w+\b"},
        "pieces": {"analyzer": "char_wb", "ngram_range": (2, 4)},
    }
)


@dataclass
class Text(Encoder):
    """A column of texts to a CSR matrix of float32, each row of the length 1.

    Attributes
    ----------
    column : str
    parts : {"words", "pieces"}
        What is counted; a count n becomes 1 + log n.
    least : int
        Parts of fewer training rows are left out.
    vocabulary : array of str (V,)
        The parts, in order.
    idf : array of float32 (V,)
        log((1 + N)/(1 + rows with the part)) + 1.
    """

    column: str
    parts: str
    least: int
    vocabulary: Any = None
    idf: Any = None

    def fit_transform(self, X: pl.DataFrame, y: Any = None) -> Any:
        """See `Encoder`."""
        vectorizer = self._vectorizer(min_df=self.least)
        encoded = vectorizer.fit_transform(texts(X[:, [self.column]]))
        self.vocabulary, self.idf = vectorizer.get_feature_names_out(), vectorizer.idf_
        return encoded

    def transform(self, X: pl.DataFrame) -> Any:
        """See `Encoder`."""
        vectorizer = self._vectorizer(vocabulary=self.vocabulary.tolist())
        vectorizer.idf_ = self.idf
        return vectorizer.transform(texts(X[:, [self.column]]))

    def names(self, columns: Sequence[str] | None = None) -> list[str]:
        """See `Encoder`."""
        return [name_feature(self.column, part) for part in self.vocabulary]

    def check(self) -> None:
        """See `Encoder`."""
        if self.parts not in _PARTS:
            raise ValueError(f"parts: expected {' or '.join(_PARTS)}, got {self.parts!r}")
        vocabulary = self.vocabulary.tolist()
        if not all(type(part) is str for part in vocabulary) or len(set(vocabulary)) != len(vocabulary):
            raise ValueError("vocabulary: expected different strings")
        check_vectors(len(vocabulary), idf=self.idf)

    def _vectorizer(self, **options: Any) -> Any:
        from sklearn.feature_extraction.text import (
            TfidfVectorizer,
        )  # takes longer to import than all else of a predict

        return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **_PARTS[self.parts], **options)
