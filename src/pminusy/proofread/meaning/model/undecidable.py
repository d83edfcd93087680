"""What cannot be decided, and why."""

from pminusy.errors import PminusyError


class Undecidable(PminusyError):
    """Something that cannot be evaluated; the message says why, as the end of "cannot be decided: …"."""


class NoTerms(Undecidable):
    """A sum or product without terms at the sizes of a point; other points may do."""
