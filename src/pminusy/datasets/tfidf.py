"""TF-IDF as models of old formats hold it: scikit-learn's, with a vocabulary of two arrays."""

from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer

from pminusy.array_file import parted

_WORDS, _LENGTHS = "vocabulary_words_", "vocabulary_lengths_"


class Tfidf(TfidfVectorizer):
    """scikit-learn's, but for the state that is read."""

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the attributes, with the words as `joined` gives them."""
        state = dict(state)
        if _WORDS in state:
            words = parted(state.pop(_WORDS), state.pop(_LENGTHS))
            state["vocabulary_"] = {word: place for place, word in enumerate(words)}
        super().__setstate__(state)
