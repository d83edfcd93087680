"""A drop-in for `torch.nn.CrossEntropyLoss`."""

from __future__ import annotations

from torch import Tensor, nn

from pminusy.torch.cross_entropy import cross_entropy


class CrossEntropyLoss(nn.CrossEntropyLoss):
    """``torch.nn.CrossEntropyLoss`` that calls :func:`cross_entropy`; the parameters are the same.

    Parameters
    ----------
    weight : Tensor (C,), optional
        Weight of each class.
    size_average, reduce : bool, optional
        Deprecated in PyTorch; see there.
    ignore_index : int, default -100
    reduction : {"mean", "sum", "none"}, default "mean"
    label_smoothing : float in [0, 1], default 0.0
        See :func:`cross_entropy`.

    Examples
    --------
    >>> import torch
    >>> from pminusy.torch import CrossEntropyLoss
    >>> CrossEntropyLoss(label_smoothing=0.1)(torch.zeros(2, 4), torch.tensor([0, 3]))
    tensor(1.3863)
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss of logits and targets."""
        return cross_entropy(
            input,
            target,
            self.weight,
            ignore_index=self.ignore_index,
            reduction=self.reduction,
            label_smoothing=self.label_smoothing,
        )
