"""Raw features to the numbers that a classifier takes: one encoder for each kind of column or array."""
