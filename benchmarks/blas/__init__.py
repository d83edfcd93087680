"""Matrix products of one core, beside what its multiply-add units can do."""
