"""A derivation shown: in a terminal, as a page, in a notebook."""
