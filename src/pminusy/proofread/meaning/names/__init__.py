"""What names stand for: families with their indices, definitions, what depends on what."""
