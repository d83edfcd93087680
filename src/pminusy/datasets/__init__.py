"""Data files in, one reader per format; column roles inferred; one scikit-learn preprocessor out."""

from pminusy.datasets.dataset import Dataset, Role
from pminusy.datasets.loading import as_features, header_hint, load, locate, read_features, read_labelled
from pminusy.datasets.matrices import match_width
from pminusy.datasets.names import check_columns
from pminusy.datasets.pieces.found import Sources, find_sources
from pminusy.datasets.places import RowError
from pminusy.datasets.preprocess import make_network_preprocessor, make_preprocessor
from pminusy.datasets.readers.bundled import BUNDLED
from pminusy.datasets.reading import Reading
from pminusy.datasets.unseen import describe_unseen, unseen_by, unseen_in

__all__ = [
    "BUNDLED",
    "Dataset",
    "Reading",
    "Role",
    "RowError",
    "Sources",
    "as_features",
    "check_columns",
    "describe_unseen",
    "find_sources",
    "header_hint",
    "load",
    "locate",
    "make_network_preprocessor",
    "make_preprocessor",
    "match_width",
    "read_features",
    "read_labelled",
    "unseen_by",
    "unseen_in",
]
