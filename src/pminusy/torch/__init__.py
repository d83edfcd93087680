"""The loss for PyTorch's tensors, and networks to and from PyTorch.

Nothing else in this package imports PyTorch.
"""

try:
    import torch as _torch  # noqa: F401
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        'pminusy.torch needs PyTorch: pip install "pminusy[torch]"', name="torch"
    ) from error

from pminusy.torch.cross_entropy import cross_entropy
from pminusy.torch.loss import CrossEntropyLoss
from pminusy.torch.sequential import from_sequential, to_sequential

__all__ = ["CrossEntropyLoss", "cross_entropy", "from_sequential", "to_sequential"]
