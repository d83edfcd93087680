r"""Random quantities taken to be independent where the page does not say that they are, nor that they are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.meaning.model.model import Model


def independent(model: Model) -> Iterator[tuple[Model, str]]:
    """The model with independent quantities, then with independent ones that are distributed alike; and its words.

    A page that speaks of covariances takes its quantities to be dependent.
    """
    several = sorted(family for family in model.random if model.own_entries(family))
    if model.independent or model.dependent or not (several or len(model.random) > 1):
        return
    names = ", ".join(sorted(model.random))
    yield replace(model, independent=True), f"{names} independent"
    if several and not model.identical:
        alike = replace(model, independent=True, identical=True)
        yield alike, f"{names} independent and identically distributed"
