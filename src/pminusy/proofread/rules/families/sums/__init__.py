"""Sums and products over indices."""

from pminusy.proofread.rules.families.sums import deltas, linear, products, several, splitting
from pminusy.proofread.rules.families.sums.deltas import CONTRACT, LEFT_OUT, VALUE

__all__ = ["CONTRACT", "LEFT_OUT", "RULES", "VALUE"]

RULES = (*linear.RULES, *splitting.RULES, *deltas.RULES, *several.RULES, *products.RULES)
