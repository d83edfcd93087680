"""pminusy: softmax classifiers from the derivative up.

The public names, each loaded when it is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
