"""Named rewrites of formulas, and the way by them from one line of a derivation to the next."""
