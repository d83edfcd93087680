"""Tables in many files, or beyond memory: read in pieces, typed as they would be at once, and kept on disk."""
