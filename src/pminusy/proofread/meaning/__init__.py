"""What the symbols of a page are: indices and their ranges, shapes, definitions, free quantities."""
