"""One file for each library: `fit(problem)` gives the solutions at every strength of a problem."""
