"""A proofread derivation shown: as text, and as a page."""
