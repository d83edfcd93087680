"""The section of a Debian package from TF-IDF of the words and word pairs of its name and description."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import train_test_split

from benchmarks.classifiers.problems.problem import Data, data_file


def load(folder: Path) -> Data:
    from pminusy.datasets import read_features

    table = read_features(str(data_file(folder, "debian_packages.parquet")))
    texts = (table["package"] + " " + table["description"]).to_list()
    sections = np.unique(table["section"].to_numpy(), return_inverse=True)[1]
    tfidf = TfidfVectorizer(sublinear_tf=True, min_df=2, ngram_range=(1, 2), dtype=np.float32)
    X = tfidf.fit_transform(texts)
    X_train, X_test, y_train, y_test = train_test_split(X, sections, test_size=0.2, random_state=0)
    return Data(X_train, y_train, X_test, y_test)
