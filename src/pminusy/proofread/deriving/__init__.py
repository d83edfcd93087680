"""Derivatives derived from definitions: which rule comes next, and when the form that it leads to is the shortest."""
