"""A drop-in for `torch.nn.functional.cross_entropy`."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import Parameter
from torch.nn.functional import cross_entropy as pytorch_cross_entropy  # as it is, if it is replaced later

from pminusy.torch.rows import Options, RowLosses

_DTYPES = (torch.float32, torch.float64)
# Up to this many logits PyTorch is faster, and its bits do not depend on the number of threads either.
_SMALL = 32_768


def cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:
    r"""Cross-entropy of softmax, as ``torch.nn.functional.cross_entropy`` computes it, in one pass over the logits.

    .. math::
        L = -\sum_k y_k \log p_k, \qquad p = \mathrm{softmax}(z), \qquad \partial L / \partial z = s\,p - y

    Parameters
    ----------
    input : Tensor (N, C), (N, C, d1, …) or (C,)
        Logits z.
    target : Tensor
        Labels of shape (N,), (N, d1, …) or (), or class probabilities y of the shape of `input`.
    weight : Tensor (C,), optional
        Weight of each class.
    size_average, reduce : bool, optional
        Deprecated in PyTorch; see there.
    ignore_index : int, default -100
        Label of rows that do not count.
    reduction : {"mean", "sum", "none"}, default "mean"
        "mean" divides by the total weight of the labels that count, or for class probabilities by their number of rows.
    label_smoothing : float in [0, 1], default 0.0
        ε in y ← (1 − ε)·y + ε/C.

    Returns
    -------
    Tensor
        The loss, of the dtype of `input`: a scalar, or for "none" one for each label.

    Raises
    ------
    RuntimeError, ValueError, IndexError
        Whatever PyTorch raises: input that is not supported here is handed over to it.

    See Also
    --------
    pminusy.CrossEntropy : the same for NumPy arrays.

    Notes
    -----
    Logits of float32 and float64 on the CPU are computed here, on the tensors' own memory if they are (N, C) and
    contiguous, and with as many threads as ``torch.get_num_threads()``. All else is handed over to PyTorch: up to
    32,768 logits, where it is faster, other devices and dtypes, subclasses of tensors, targets and weights that
    require a gradient, code that is being compiled, and forward-mode derivatives of forward-mode derivatives, which
    PyTorch does not support for functions of other packages. Only the logits are kept for the backward pass. Double
    backward, forward mode and ``torch.func`` work.
    Derivation: docs/derivations/cross_entropy.md.

    Examples
    --------
    >>> import torch
    >>> from pminusy.torch import cross_entropy
    >>> z = torch.tensor([[2.0, 1.0, 0.1]], requires_grad=True)
    >>> loss = cross_entropy(z, torch.tensor([0]))
    >>> loss.backward()
    >>> torch.allclose(z.grad, torch.softmax(z, 1) - torch.tensor([1.0, 0.0, 0.0]))
    True
    """
    if size_average is not None or reduce is not None or not _supported(input, target, weight):
        return _eager(input, target, weight, size_average, ignore_index, reduce, reduction, label_smoothing)
    masses = target.is_floating_point()
    fits = reduction in ("mean", "sum", "none") and 0 <= label_smoothing <= 1
    if not fits or (masses and ignore_index >= 0):
        return _eager(input, target, weight, size_average, ignore_index, reduce, reduction, label_smoothing)
    options = Options(weight, ignore_index, label_smoothing)
    Z = _as_rows(input)
    losses = RowLosses.apply(Z, _as_rows(target) if masses else target.reshape(-1), options)
    if reduction == "none":
        shape = input.movedim(_class_axis(input), -1).shape[:-1]
        return losses.to(input.dtype).reshape(shape)
    total = losses.sum()
    if reduction == "mean":
        total = total / (len(Z) if masses else _total_weight(target, options))
    return total.to(input.dtype)


def _eager(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None,
    size_average: bool | None,
    ignore_index: int,
    reduce: bool | None,
    reduction: str,
    label_smoothing: float,
) -> Tensor:
    return pytorch_cross_entropy(
        input, target, weight, size_average, ignore_index, reduce, reduction, label_smoothing
    )


def _supported(Z: Tensor, target: Tensor, weight: Tensor | None) -> bool:
    """Whether the kernels compute this: it pays, and is valid. PyTorch gives its own messages about what is not."""
    tensors = [tensor for tensor in (Z, target, weight) if tensor is not None]
    if torch.compiler.is_compiling() or _is_forward_mode_nested():
        return False
    if not all(type(tensor) in (Tensor, Parameter) for tensor in tensors):
        return False
    if any(tensor.device.type != "cpu" or tensor.layout != torch.strided for tensor in tensors):
        return False
    if Z.dtype not in _DTYPES or Z.dim() == 0 or Z.numel() <= _SMALL:
        return False
    n_classes = Z.shape[_class_axis(Z)]
    if weight is not None and (
        weight.dtype != Z.dtype or weight.shape != (n_classes,) or weight.requires_grad
    ):
        return False
    if target.dtype == torch.int64:
        return target.shape == Z.shape[:1] + Z.shape[2:] if Z.dim() > 1 else target.dim() == 0
    return target.dtype == Z.dtype and target.shape == Z.shape and not target.requires_grad


def _is_forward_mode_nested() -> bool:
    """Whether `torch.func` takes forward-mode derivatives of forward-mode derivatives.

    PyTorch takes what a Function's `jvp` gives for a constant there, and has no public way to find out.
    """
    stack = torch._C._functorch.get_interpreter_stack() or ()
    return [transform.key() for transform in stack].count(torch._C._functorch.TransformType.Jvp) > 1


def _class_axis(Z: Tensor) -> int:
    return min(1, Z.dim() - 1)


def _as_rows(Z: Tensor) -> Tensor:
    """(N, C), with all positions of all samples as rows; the same memory where it can be."""
    last = Z.movedim(_class_axis(Z), -1)
    return last.reshape(-1, last.shape[-1])


def _total_weight(target: Tensor, options: Options) -> Tensor:
    """What the mean over labels divides by; 0 where none counts, so that the mean is NaN as in PyTorch."""
    counted = target != options.ignore_index
    if options.weight is None:
        return counted.sum()
    weights = options.weight[torch.where(counted, target, 0)].double()
    return torch.where(counted, weights, 0).sum()
