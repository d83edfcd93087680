"""One file per competitor: `prepare(Z, targets, n_threads)` gives a function that does the work once.

`copy` is the do-nothing baseline: it reads Z and writes as much, which any value and gradient must do too.
"""
