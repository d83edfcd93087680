"""Data files in, one reader per format; column roles inferred; one scikit-learn preprocessor out."""

from pminusy.datasets.dataset import Dataset, Role
from pminusy.datasets.loading import load, read_features
from pminusy.datasets.matrices import match_width
from pminusy.datasets.names import check_columns
from pminusy.datasets.preprocess import make_network_preprocessor, make_preprocessor
from pminusy.datasets.readers.bundled import BUNDLED
from pminusy.datasets.reading import Reading
from pminusy.datasets.tables import labelled_rows
from pminusy.datasets.transforms import STORED_TYPES

__all__ = [
    "BUNDLED",
    "STORED_TYPES",
    "Dataset",
    "Reading",
    "Role",
    "check_columns",
    "labelled_rows",
    "load",
    "make_network_preprocessor",
    "make_preprocessor",
    "match_width",
    "read_features",
]
