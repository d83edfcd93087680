"""The encoders, and what their fields consist of, by the names that files have for them."""

from pminusy.datasets.encoders.arrays import AsTheyAre, ForNetwork, Pixels, SparsePeaks, Standardised
from pminusy.datasets.encoders.numbers import Dates, Numbers
from pminusy.datasets.encoders.one_hot import Categories, DateParts
from pminusy.datasets.encoders.table import Table
from pminusy.datasets.encoders.text import Text
from pminusy.datasets.notation import Notation

_ENCODERS = (
    AsTheyAre,
    Categories,
    DateParts,
    Dates,
    ForNetwork,
    Numbers,
    Pixels,
    SparsePeaks,
    Standardised,
    Table,
    Text,
)

KINDS: dict[str, type] = {kind.__name__: kind for kind in (*_ENCODERS, Notation)}
