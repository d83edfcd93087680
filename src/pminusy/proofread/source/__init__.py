"""From a page to its statements: displays, rows, chains of equalities, conditions, definitions."""
