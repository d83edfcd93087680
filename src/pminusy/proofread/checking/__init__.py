"""Whether a step holds: evaluation with dual numbers at random points, assumptions, verdicts."""
