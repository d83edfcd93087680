"""Find where a derivation goes wrong: `proofread(text)` reads a page of formulas and checks every step."""

from __future__ import annotations

from pminusy.proofread.checking.check import as_proof, check
from pminusy.proofread.meaning.assumptions import read_assumption
from pminusy.proofread.proof import Proof
from pminusy.proofread.source.page import read_page

__all__ = ["Proof", "proofread"]


def proofread(text: str, *, define: tuple[str, ...] = (), assume: tuple[str, ...] = ()) -> Proof:
    """Proofread a derivation."""
    page = read_page("".join(f"$${line}$$\n" for line in define) + text)
    return as_proof(check(page, tuple(map(read_assumption, assume))))
