"""Grounds for doubt: each file knows a kind of question that a step leaves open."""
