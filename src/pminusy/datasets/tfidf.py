"""TF-IDF whose vocabulary is saved as two arrays: one small file for each word would take longer than the fit."""

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

_WORDS, _LENGTHS = "vocabulary_words_", "vocabulary_lengths_"


class Tfidf(TfidfVectorizer):
    """scikit-learn's, but for the state that is saved.

    The words stand one after another as UTF-8 in a (bytes,) array of uint8, in the order of their features, beside the
    number of bytes of each. A word has no half of a surrogate pair, since it comes from a text that was decoded.

    Examples
    --------
    >>> from pminusy.datasets.tfidf import Tfidf
    >>> model = Tfidf().fit(["red fish", "blue fish"])
    >>> model.__getstate__()["vocabulary_lengths_"]
    array([4, 4, 3])
    """

    def __getstate__(self) -> dict[str, Any]:
        """The attributes; of the vocabulary, its two arrays."""
        state = dict(super().__getstate__())
        vocabulary = state.pop("vocabulary_", None)
        if vocabulary is None:
            return state
        words = [word.encode() for word in sorted(vocabulary, key=vocabulary.__getitem__)]
        return {
            **state,
            _WORDS: np.frombuffer(b"".join(words), np.uint8),
            _LENGTHS: np.array([len(word) for word in words], np.int64),
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take what `__getstate__` gave."""
        state = dict(state)
        if _WORDS in state:
            words = _split(state.pop(_WORDS), state.pop(_LENGTHS))
            state["vocabulary_"] = {word: place for place, word in enumerate(words)}
        super().__setstate__(state)


def _split(words: NDArray[np.uint8], lengths: NDArray[np.int64]) -> list[str]:
    """The words of such a pair; a ValueError where they don't fit together."""
    if lengths.min(initial=0) < 0 or int(lengths.sum()) != words.size:
        raise ValueError(f"vocabulary: expected words of {words.size} bytes, got {lengths.sum()}")
    content, stops = words.tobytes(), np.cumsum(lengths).tolist()
    return [content[start:stop].decode() for start, stop in pairwise([0, *stops])]
