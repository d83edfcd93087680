"""From characters to trees: tokens, names, the parser, and back to LaTeX."""
