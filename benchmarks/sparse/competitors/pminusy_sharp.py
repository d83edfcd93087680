"""The same at a hundredth of the default tolerance, for comparison at gaps as small as a peer's."""

from functools import partial

from benchmarks.sparse.competitors import pminusy

is_installed = pminusy.is_installed
fit = partial(pminusy.fit, tol=1e-6)
