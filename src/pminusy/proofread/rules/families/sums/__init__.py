"""Sums and products over indices."""

from pminusy.proofread.rules.families.sums import deltas, linear, products, several, splitting
from pminusy.proofread.rules.families.sums.deltas import CONTRACT, LEFT_OUT, VALUE
from pminusy.proofread.rules.families.sums.linear import CONSTANTS, LINEAR
from pminusy.proofread.rules.families.sums.several import COUNTING

__all__ = ["CONSTANTS", "CONTRACT", "COUNTING", "LEFT_OUT", "LINEAR", "RULES", "VALUE"]

RULES = (*linear.RULES, *splitting.RULES, *deltas.RULES, *several.RULES, *products.RULES)
