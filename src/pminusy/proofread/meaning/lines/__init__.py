"""What kind of line a formula is: a definition, an assumption, an update, a claim."""
