"""A page as something that can be evaluated."""
