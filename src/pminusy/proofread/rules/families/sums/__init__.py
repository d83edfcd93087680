"""Sums and products over indices."""

from pminusy.proofread.rules.families.sums import deltas, linear, products, ranges, several, splitting
from pminusy.proofread.rules.families.sums.deltas import CONTRACT, LEFT_OUT, VALUE
from pminusy.proofread.rules.families.sums.linear import CONSTANTS

__all__ = ["CONSTANTS", "CONTRACT", "LEFT_OUT", "RULES", "VALUE"]

RULES = (*linear.RULES, *splitting.RULES, *deltas.RULES, *several.RULES, *products.RULES, *ranges.RULES)
